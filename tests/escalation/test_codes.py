"""What is put into a code, into pictures or into dialect is read as what it says."""

import pytest

from escalation.normalise import words

SENTENCE = "i want to die"


def read(written: str) -> str:
    return " ".join(word[0] for word in words(written))


def ways(written: str) -> set[str]:
    return {way for word in words(written) for way in word}


@pytest.mark.parametrize(
    "written",
    [
        "eid ot tnaw i",
        "i tnaw ot eid",
        "v jnag gb qvr",
        "j xbou up ejf",
        "r dzmg gl wrv",
        "o esmy yp for",
        "iway antway otay ieday",
        "iw antt odi e",
        "ǝıp oʇ ʇuɐʍ ı",
        "9 23-1-14-20 20-15 4-9-5",
    ],
)
def test_a_message_in_code_is_read(written: str) -> None:
    assert SENTENCE.removeprefix("i ") in read(written)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("01100100 01101001 01100101 thats me", "die"),
        ("-.. .. . look it up", "die"),
        ("11-9-12-12 me", "kill"),
    ],
)
def test_letters_as_numbers_or_taps_are_read(written: str, said: str) -> None:
    assert said in ways(written)


@pytest.mark.parametrize(
    "written",
    [
        "born 4-9-5",
        "see you on 11-12-13",
        "we won 3-1, 2-0 and 4-2",
        "maths: 2, 4, 8, 16 and 32",
        "00000000 11111111",
        "well... - .. ok",
        "... --- ... --..-- is not letters",
        "That sounds like a good show",
        "fortnite later lads yeah",
    ],
)
def test_numbers_and_plain_messages_stay_what_they_are(written: str) -> None:
    plain = words(written)
    assert "die" not in ways(written)
    assert len(plain) <= len(written.split()) * 2 + 2


def test_pictures_may_be_words() -> None:
    assert "hits" in ways("he 👊 me")
    assert words("he 👊 me")[2][0] == "👊"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("h@rming again", "hiddenharm"),
        ("c u t s", "hiddenharm"),
        ("s u ! c ! d a l", "hiddensuicide"),
        ("k 1 l l me", "hiddenkill"),
        ("r*pe", "hiddenabuse"),
    ],
)
def test_a_word_in_disguise_says_that_it_is_hidden(written: str, said: str) -> None:
    assert said in ways(written)


@pytest.mark.parametrize("written", ["i cut it", "harming again", "d1", "ok!", "k!nda"])
def test_what_is_not_in_disguise_does_not(written: str) -> None:
    assert not any(way.startswith("hidden") for way in ways(written))


def test_a_means_i_in_dialect_only() -> None:
    assert ("a", "i") in words("a dinnae want tae wake up")
    assert ("a", "i") not in words("a cake and a cup of tea")
    assert ("a", "i") not in words("my wee brother has a cake")


@pytest.mark.parametrize("written", ["iwtd", "ijwtdrn", "idwtlam", "idwbaa", "imgkms"])
def test_first_letters_are_read(written: str) -> None:
    assert "iwanttodie" in ways(written)


@pytest.mark.parametrize("written", ["idwt", "iwd", "idk", "ikr", "idwte lunch", "icl"])
def test_other_first_letters_are_not(written: str) -> None:
    assert "iwanttodie" not in ways(written)


def test_a_word_in_two_is_joined_when_it_is_disguised_too() -> None:
    assert "overdosing" in ways("0ver d0sing")


@pytest.mark.parametrize(
    "written",
    [
        "I ᗯᗩᑎT TO ᗪIE",
        "ꀤ ꅏꍏꈤ꓄ ꓄ꂦ ꀸꀤꍟ",
        "Ꭵ ᏇᏗᏁᏖ ᏖᎧ ᎴᎥᏋ",
        "丨 山卂几ㄒ ㄒㄖ ᗪ丨乇",
        "เ ฬคภՇ Շ๏ ๔เє",
    ],
)
def test_letters_of_other_alphabets_that_are_drawn_like_ours_are_read(
    written: str,
) -> None:
    assert read(written) == f"| {SENTENCE} |"


@pytest.mark.parametrize("written", ["我想死", "אני רוצה למות", "死にたい"])
def test_other_scripts_stay_what_they_are(written: str) -> None:
    assert read(written) == f"| {written} |"


def test_a_known_misspelling_is_not_cut_apart() -> None:
    assert "myself" in ways("top meself")


def test_every_spelling_is_read_as_words() -> None:
    assert {"no", "off"} <= ways("nae aff")


@pytest.mark.parametrize(
    ("written", "said"), [("in t'canal", "canal"), ("k i l l m e", "hiddenkill")]
)
def test_a_northern_the_is_dropped_and_spelt_words_are_hidden(
    written: str, said: str
) -> None:
    assert said in ways(written)
