"""Whatever is said gets an answer with a next step, through the real Rasa."""

import pytest

from bot.words import Words
from gateway.commands import CommandWords
from tests.bot.conftest import YoungPerson

pytestmark = pytest.mark.slow

# Written as young people write, and not among the examples Rasa is trained on.
SAID = [
    ("heya", "welcome.hello"),
    ("thank u so so much", "welcome.thanks"),
    ("right im off bye", "welcome.goodbye"),
    ("r u actually a real person or a bot", "about.are_you_real"),
    ("where do all my messages go who sees them", "about.what_happens"),
    ("pls dont tell my mum will u", "about.will_you_tell"),
    ("can i see what data you have on me", "about.my_data"),
    ("delete all of my data please", "about.delete_my_data"),
    ("can i speak to a real human person pls", "handover.ask_reach"),
    ("i need 2 speak 2 someone real", "handover.ask_reach"),
    ("i feel really lonely and ive no friends left", "feelings.lonely"),
    ("soooo bored rn nothing to do", "feelings.bored"),
    ("im so angry i want to scream at my mum", "feelings.angry"),
    ("still awake at 4am cant sleep", "feelings.cant_sleep"),
    ("other people have it loads worse its not that bad", "feelings.not_that_bad"),
    ("im struggling a lot and everything is too much", "feelings.hard_time"),
    ("worried about my best friend she isnt ok", "my_world.worried_about_friend"),
    ("my brother died by suicide in march", "my_world.bereaved"),
    ("getting bullied at school every day", "my_world.school"),
    ("think im gay and scared to come out to my dad", "my_world.coming_out"),
    ("my foster placement is ending and they keep moving me", "my_world.in_care"),
    ("im autistic and its all too loud", "my_world.autistic_or_adhd"),
    ("my family are religious and would disown me", "my_world.faith"),
    ("someone online is threatening to share my nudes", "my_world.online_harm"),
    ("been on the camhs waiting list over a year", "finding_help.waiting"),
    ("last time i asked for help it went wrong and they judged me",
     "finding_help.bad_experience"),
    ("got no credit is it free to ring", "finding_help.no_money"),
    ("live in a village with no bus theres nothing near me", "finding_help.rural"),
    ("what do i even say when i ring them", "finding_help.what_to_say"),
    ("what happens if i ring samaritans", "finding_help.what_to_expect"),
    ("idk what i need tbh", "finding_help.not_sure"),
    ("i just want to talk for a bit", "feelings.just_want_to_talk"),
    ("shut up you stupid useless bot", "about.swearing"),
    ("just testing this", "about.testing"),
    ("do you speak polish", "about.other_language"),
    ("show me the menu pls", "menu.main"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "key"), SAID)
def test_what_is_said_is_understood(
    young_person: YoungPerson, said: str, key: str
) -> None:
    young_person.says(said)

    young_person.was_told(key)


def test_who_is_open_is_answered_on_both_channels(
    young_person: YoungPerson, young_person_texting: YoungPerson
) -> None:
    young_person.says("whos open rn")
    young_person_texting.says("who can i text at this time")

    for replies in (young_person.replies, young_person_texting.replies):
        assert replies[0]["key"].startswith("signposting.")
        assert replies[-1]["choices"]


@pytest.mark.parametrize("said", ["😭😭", "🫠", "...", "?!", "<3 🖤"])
def test_pictures_and_marks_alone_are_asked_for_a_word(
    young_person: YoungPerson, said: str
) -> None:
    young_person.says(said)

    asked = {"answers.emoji", "answers.marks", "not_understood.noise"}
    assert young_person.replies[0]["key"] in asked
    assert young_person.choices


def test_what_is_not_understood_is_asked_then_a_person_is_offered(
    young_person: YoungPerson,
) -> None:
    young_person.says("wibble fnord xkcd")

    young_person.was_told("not_understood.noise")
    assert young_person.choices[-1] == "talk to a person"
    assert not any("delete" in each or "share" in each for each in young_person.choices)

    young_person.says("frobnicate grault")

    young_person.was_told("not_understood.again")
    assert young_person.choices[:2] == ["talk to a person", "who is open now"]


@pytest.mark.parametrize("said", ["purple curtains", "vaping", "my nan"])
def test_plain_words_that_nothing_is_like_are_not_called_noise(
    young_person: YoungPerson, said: str
) -> None:
    young_person.says(said)

    assert young_person.replies[0]["key"] in {
        "not_understood.words",
        "not_understood.which",
    }
    assert young_person.choices


def test_understanding_again_starts_the_count_again(young_person: YoungPerson) -> None:
    young_person.says("wibble fnord xkcd")
    young_person.says("thanks")
    young_person.says("asdfgh zxcvb")

    young_person.was_told("not_understood.noise")


def test_every_meaning_that_is_offered_is_understood_when_it_is_chosen(
    young_person: YoungPerson, words: Words
) -> None:
    missed = []
    for key in sorted(words.by_key):
        if key.startswith("meaning."):
            young_person.says("never mind")
            young_person.says(words.by_key[key][0].text.lower())
            if young_person.replies[0]["key"].startswith("not_understood"):
                missed.append(key)

    assert missed == []


def test_every_choice_in_every_text_is_understood(
    young_person: YoungPerson, words: Words
) -> None:
    """Command words such as PLAN, WHO and SHARE are the gateway's own."""
    gateways = CommandWords.load()
    values = {
        choice.value
        for key, ways in words.by_key.items()
        # Consent is the gateway's own asking; so are the words about a person.
        if not key.startswith(("plan.", "signposting.", "handover."))
        for said in ways
        for choice in said.choices
    }
    missed = []
    for value in sorted(values):
        if gateways.read(value):
            continue
        young_person.says(value)
        if young_person.replies[0]["key"].startswith("not_understood"):
            missed.append(value)

    assert missed == []


def test_what_was_said_is_said_again_whole(young_person: YoungPerson) -> None:
    young_person.says("what do i say when i ring")
    before = [(each["key"], each["text"]) for each in young_person.replies]
    young_person.says("say that again")

    assert [(each["key"], each["text"]) for each in young_person.replies] == before
    assert {each["again"] for each in young_person.replies} == {"same_words"}


def test_a_yes_to_nothing_is_asked_what_for(young_person: YoungPerson) -> None:
    young_person.says("yes")

    young_person.was_told("answers.yes_to_what")
    assert young_person.choices


def test_a_quick_no_is_fine_and_leaves_the_choices(young_person: YoungPerson) -> None:
    young_person.says("nah")

    young_person.was_told("answers.no_is_fine")
    assert young_person.choices


def test_two_requests_in_one_message_are_both_offered(
    young_person: YoungPerson,
) -> None:
    young_person.says("how do i make a safety plan n also is childline open")

    young_person.was_told("not_understood.several")
    assert young_person.choices[:2] == ["make a safety plan", "who is open now"]


def test_one_request_said_in_two_sentences_is_one_request(
    young_person: YoungPerson,
) -> None:
    young_person.says("i dont want a bot. can i talk to a real person")

    young_person.was_told("handover.ask_reach")


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("I'd like a safety plan please. I'm 17", "plan.permission"),
        ("hi im 16 and can i talk to a real person", "handover.ask_reach"),
        ("ok maybe a person then", "handover.ask_reach"),
    ],
)
def test_an_age_beside_a_wish_is_no_second_wish(
    young_person: YoungPerson, said: str, key: str
) -> None:
    young_person.says(said)

    young_person.was_told(key)


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("my nan died last night", "my_world.someone_died"),
        ("my grandad passed away", "my_world.someone_died"),
        ("k. my nan died last week and i cant stop crying", "my_world.someone_died"),
        ("my grandma passed on sunday i feel so lost", "my_world.someone_died"),
        ("my brother died by suicide", "my_world.bereaved"),
        ("they died by suicide", "my_world.bereaved"),
    ],
)
def test_a_death_is_a_suicide_only_when_it_was_said(
    young_person: YoungPerson, said: str, key: str
) -> None:
    young_person.says(said)

    young_person.was_told(key)


@pytest.mark.parametrize("said", ["lol", "haha", "hmm", "ugh"])
def test_a_laugh_or_a_sigh_is_heard_as_one(
    young_person: YoungPerson, said: str
) -> None:
    young_person.says(said)

    assert young_person.replies[0]["key"] in {"answers.sound", "answers.yes_to_what"}
    assert young_person.choices
