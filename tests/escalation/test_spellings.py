"""Words in disguise are read as what they say, and look-alikes stay what they are."""

import pytest

from escalation.normalise import words
from escalation.spelling import meant


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("mslf", "myself"),
        ("kllng", "killing"),
        ("tblts", "tablets"),
        ("unalv", "unalive"),
        ("kilign", "killing"),
        ("suicidal", None),
        ("abs", None),
        ("ding", None),
        ("relaxed", None),
    ],
)
def test_dropped_vowels_and_jumbled_letters_are_read_as_a_crucial_word(
    written: str, means: str | None
) -> None:
    assert meant(written) == means


@pytest.mark.parametrize(
    "written",
    [
        "Every. Single. Day. I. Want. To. Die.",
        "im going to end. my. life.",
        "cut. ting. my. legs.",
    ],
)
def test_sentences_of_one_word_each_are_read_in_one_breath(written: str) -> None:
    assert [word[0] for word in words(written)].count("|") == 2


def test_two_ordinary_sentences_stay_two() -> None:
    assert [word[0] for word in words("I came home. It was late.")].count("|") == 3


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("k. i. l. l. myself", "kill"),
        ("#wanttodie", "die"),
        ("nobodywouldcareifidied", "died"),
        ("ki ll myself", "kill"),
        ("s£lf", "self"),
        ("svicide", "suicide"),
        ("i wa nt to d ie", "die"),
        ("dont want to l i v e", "live"),
        ("kill m y s3lf", "my"),
        ("no i wont d*e", "hiddendie"),
        ("eb ereh t'nod tnaw ot", "backwards"),
        ("my🪽soon", "🪽"),
        ("죽고 싶어", "죽고"),
    ],
)
def test_a_word_in_disguise_is_found(written: str, means: str) -> None:
    assert means in {way for word in words(written) for way in word}


@pytest.mark.parametrize(
    ("written", "is_not"),
    [
        ("sell", "self"),
        ("odd", "overdose"),
        ("wasnt", "wants"),
        ("hee hee", "he"),
        ("still", "slit"),
        ("stil", "slit"),
        ("also wantDDD", "dead"),
        ("where are u ah", "i"),
        ("def coming", "death"),
        ("next wk", "wake"),
        ("one mth", "mouth"),
        ("itself", "self"),
        ("chicken cutlet", "cut"),
        ("#scd", "suicide"),
        ("go home da", "dad"),
        ("can go ma", "mum"),
        ("eat di", "die"),
        ("1 hr", "here"),
        ("sui", "suicide"),
        ("my sd card", "stepdad"),
        ("hrm not sure", "harm"),
        ("nds", "nudes"),
        ("she grazed her knee", "graped"),
        ("waists", "wrists"),
    ],
)
def test_a_word_of_its_own_is_not_read_as_another(written: str, is_not: str) -> None:
    assert is_not not in {way for word in words(written) for way in word}


@pytest.mark.parametrize(
    ("written", "means"),
    [("just ODd", "overdosed"), ("0d'd", "overdosed"), ("ah dinnae ken", "i")],
)
def test_capitals_and_dialect_still_tell_what_is_meant(
    written: str, means: str
) -> None:
    assert means in {way for word in words(written) for way in word}


def test_a_live_gig_is_not_joined_into_one_word() -> None:
    assert "alive" not in {way for word in words("a live gig") for way in word}


SENTENCE = "i just want to be dead so its quiet"


@pytest.mark.parametrize(
    "written",
    [
        "ijustwanttobedeadsoitsquiet",
        "IJustWantToBeDeadSoItsQuiet",
        "i j u s t w a n t t o b e d e a d s o i t s q u i e t",
        "i  j u s t  w a n t  t o  b e  d e a d  s o  i t s  q u i e t",
        " \u2728 ".join(SENTENCE.split()),
        "i ju(s)t wa-nt to be dead so its qui/et",
    ],
)
def test_a_whole_sentence_in_disguise_is_read(written: str) -> None:
    read = " ".join(word[0] for word in words(written) if word[0] != "|")

    assert read == SENTENCE


def test_stars_in_place_of_vowels_are_read_as_any_word_they_may_be() -> None:
    read = words("i j*st w*nt to b* d*ad")[1:-1]

    wanted = ["i", "just", "want", "to", "be", "dead"]
    assert all(word in ways for word, ways in zip(wanted, read, strict=True))


def test_words_without_their_vowels_are_read_as_any_word_they_may_be() -> None:
    read = words("jst wnt thnk")[1:-1]

    wanted = ["just", "want", "think"]
    assert all(word in ways for word, ways in zip(wanted, read, strict=True))


def test_letters_in_another_order_are_read_as_the_word_they_make() -> None:
    read = words("wtih myslef taht nihgt")[1:-1]

    wanted = ["with", "myself", "that", "night"]
    assert all(word in ways for word, ways in zip(wanted, read, strict=True))


def test_a_run_of_letters_that_is_hardly_words_stays_one() -> None:
    written = "xkqzvbnwrtpmflgjhdcs"

    assert [word[0] for word in words(written)] == ["|", written, "|"]


@pytest.mark.parametrize("name", ["McDonalds", "YouTube", "NHS", "MySeLf", "SpoNgEbOb"])
def test_a_name_with_capitals_is_not_cut_apart(name: str) -> None:
    assert len(words(name)) == 3


def test_a_picture_that_says_something_stays() -> None:
    read = words("him \U0001f52b me and then what")

    assert "\U0001f52b" in [word[0] for word in read]


def test_what_a_pictures_person_is_like_does_not_part_two_pictures() -> None:
    assert words("👋🏼🌎") == words("👋🌎")
    assert words("🚶‍♀️🌉") == words("🚶🌉")


def test_two_letters_that_stand_apart_from_a_word_stay_letters() -> None:
    written = "i got a b in art and a d in pe"
    assert " ".join(word[0] for word in words(written)[1:-1]) == written


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("me da hits me", "dad"),
        ("da hits me", "dad"),
        ("ma hits me", "mum"),
        ("since ma left", "mum"),
        ("my hooyo hits me", "mum"),
        ("my sd hits me", "stepdad"),
        ("wanna di", "die"),
        ("i want to fie", "die"),
        ("dont want 2 b hr", "here"),
        ("sui thoughts", "suicide"),
        ("my mate is sui", "suicide"),
        ("i want to hrm myself", "harm"),
    ],
)
def test_what_stands_beside_a_spelling_tells_what_it_means(
    written: str, means: str
) -> None:
    assert means in {way for word in words(written) for way in word}


@pytest.mark.parametrize(
    "word",
    [
        "initiation",
        "misunderstanding",
        "presentation",
        "constellations",
        "authentication",
        "therapeutically",
        "indie",
        "slither",
        "urination",
        "toronto",
        "tonight",
        "iphone",
        "notable",
        "overall",
    ],
)
def test_a_long_word_is_not_cut_into_little_ones(word: str) -> None:
    assert [way[0] for way in words(word)] == ["|", word, "|"]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("wantto", "want to"),
        ("wakeup", "wake up"),
        ("kilmyself", "kil myself"),
        ("killmyslef", "kill myslef"),
        ("imsotiredofitall", "im so tired of it all"),
        ("ihate", "i hate"),
        ("mylegs", "my legs"),
        ("chasingme", "chasing me"),
        ("thewater", "the water"),
        ("idontwanttobehere", "i dont want to be here"),
    ],
)
def test_words_that_were_run_together_are_cut_apart(written: str, said: str) -> None:
    assert " ".join(way[0] for way in words(written)[1:-1]) == said


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("soosyde", "suicide"),
        ("swuiside", "suicide"),
        ("sewersidal", "suicidal"),
        ("zuwisydle", "suicidal"),
    ],
)
def test_a_word_written_as_it_sounds_is_read(written: str, means: str) -> None:
    assert meant(written) == means


@pytest.mark.parametrize("word", ["seaside", "subside", "suede", "sunday", "swayed"])
def test_a_word_that_sounds_otherwise_is_not(word: str) -> None:
    assert meant(word) is None


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("k\U0001f52all myself", "kill"),
        ("ki\U0001f52all myself", "kill"),
        ("sui\U0001f494cide", "suicide"),
        ("cu\u2764\ufe0ftting", "cutting"),
        ("br\U0001f62deathing", "breathing"),
        ("collapsd", "collapsed"),
        ("mach etes", "machetes"),
        ("p*trol", "petrol"),
        ("b a l c o n y", "balcony"),
        ("ws stbbng her", "stabbing"),
    ],
)
def test_a_word_of_danger_is_read_with_pictures_stars_and_gaps_in_it(
    written: str, means: str
) -> None:
    assert means in {way for word in words(written) for way in word}


@pytest.mark.parametrize(
    "written", ["i✨want✨to", "at\U0001f3e0alone", "lo\U0001f602l"]
)
def test_a_picture_between_two_words_parts_them(written: str) -> None:
    assert len(words(written)) > 4
