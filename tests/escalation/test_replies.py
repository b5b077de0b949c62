"""The fixed words: short enough, plain enough, with the pinned numbers only."""

import re
from pathlib import Path

import pytest
import yaml

import escalation.replies
from escalation.replies import REPLIES, first_key, numbers, say
from escalation.routes import SAY_FIRST, Route, Screening
from escalation.screening import screen
from foundations.gsm7 import encoding, segments
from tests.for_each import for_each

EVERY_TEXT = [
    (key, channel, band)
    for key, wording in REPLIES.items()
    for channel, band in wording.texts
]
ASKED_TO_SEND = re.compile(r"\b(STOP|YES|HELP|START|CANCEL|END|QUIT|INFO)\b")
METHOD_WORDS = re.compile(
    r"\b(overdos\w*|pill\w*|tablet\w*|cut\w*|burn\w*|hang\w*|rope|noose|jump\w*|drown\w*"
    r"|knife|knives|blade\w*|gun\w*|poison\w*|bridge\w*|committed|commit|attempt\w*"
    r"|failed|successful|kill\w*)\b",
    re.IGNORECASE,
)
LIVE_ROUTES = ("samaritans", "shout", "childline", "hopeline", "nhs_mental_health")


@for_each(EVERY_TEXT)
def test_a_text_is_gsm7_and_within_its_segments(
    key: str, channel: str, band: str | None
) -> None:
    text = REPLIES[key].texts[channel, band]
    assert encoding(text) == "GSM-7"
    if channel == "sms":
        assert segments(text) <= REPLIES[key].most_segments <= 2


@for_each(EVERY_TEXT)
def test_a_text_names_no_method_and_asks_for_no_reserved_word(
    key: str, channel: str, band: str | None
) -> None:
    text = REPLIES[key].texts[channel, band]
    assert not METHOD_WORDS.search(text)
    assert not ASKED_TO_SEND.search(text)
    assert "!" not in text
    for choice in REPLIES[key].choices:
        assert not ASKED_TO_SEND.fullmatch(choice.value.strip())


def syllables(word: str) -> int:
    """Count vowel groups, less a silent e: close enough for short plain words."""
    groups = len(re.findall(r"[aeiouy]+", word.lower()))
    return max(1, groups - (word.lower().endswith("e") and groups > 1))


def school_grade(text: str) -> float:
    """Give the Flesch-Kincaid grade of the words, numbers left out."""
    said = re.sub(r"[\d&]+", "", text)
    sentences = [s for s in re.split(r"[.?:]+(?:\s|$)", said) if s.strip()]
    words = re.findall(r"[A-Za-z']+", said)
    sounds = sum(map(syllables, words))
    return 0.39 * len(words) / len(sentences) + 11.8 * sounds / len(words) - 15.59


@for_each(EVERY_TEXT)
def test_a_text_can_be_read_at_nine_to_eleven(
    key: str, channel: str, band: str | None
) -> None:
    text = REPLIES[key].texts[channel, band]
    sentences = [s for s in re.split(r"[.?]\s", text) if s]
    assert sum(len(s.split()) for s in sentences) / len(sentences) <= 15
    assert school_grade(text) <= 6


def test_every_phone_number_comes_from_the_pinned_numbers() -> None:
    path = Path(escalation.replies.__file__).parent / "replies.yml"
    for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
        for words in (entry, entry.get("under_19", {})):
            for channel in ("sms", "web"):
                assert not re.search(r"\d{3}", words.get(channel, ""))


def test_the_pinned_numbers_are_the_ones_checked_by_hand() -> None:
    assert numbers() == {
        "emergency": "999",
        "nhs_mental_health": "111",
        "nhs_mental_health_option": "2",
        "samaritans": "116 123",
        "shout_word": "SHOUT",
        "shout": "85258",
        "childline": "0800 1111",
        "hopeline": "0800 068 4141",
        "hopeline_text": "88247",
    }


@pytest.mark.parametrize("band", [None, "under_19"])
@pytest.mark.parametrize("names_another", [False, True])
def test_the_emergency_text_is_one_segment_with_999_and_two_live_routes(
    band, names_another
) -> None:
    found = Screening(Route.EMERGENCY_NOW, ("x",), names_another=names_another)
    text = say(first_key(found), "sms", band).text
    assert segments(text) == 1
    assert "999" in text
    assert sum(numbers()[name] in text for name in LIVE_ROUTES) >= 2


@pytest.mark.parametrize("route", [r for r in Route if r is not Route.NONE])
@pytest.mark.parametrize("channel", ["sms", "web"])
def test_every_route_has_a_first_reply_that_says_it_is_a_bot(route, channel) -> None:
    for now in (False, True):
        reply = say(first_key(Screening(route, ("x",), happening_now=now)), channel)
        assert "bot" in reply.text
        assert "999" in reply.text
        assert reply.choices


@pytest.mark.parametrize(
    "text",
    [
        "my friend said she took loads of pills but shes ok now",
        "my mums took an overdose shes on the sofa snoring funny",
        "hes got a knife hes in the kitchen with mum",
        "my brothers on the roof saying hes going to jump",
    ],
)
def test_an_emergency_that_may_be_somebody_elses_is_said_for_them_too(text) -> None:
    assert "for you or for them" in say(first_key(screen(text)), "sms").text


@pytest.mark.parametrize(
    "text", ["ive taken all my tablets", "im on the bridge and im going to jump"]
)
def test_an_emergency_of_the_writer_alone_is_said_to_them(text) -> None:
    assert "I want you safe" in say(first_key(screen(text)), "sms").text


def test_under_nineteens_are_given_childline() -> None:
    assert "0800 1111" in say("escalation.suicide", "sms", "under_19").text
    assert "0800 1111" not in say("escalation.suicide", "sms").text


def test_nothing_found_has_no_reply() -> None:
    with pytest.raises(ValueError, match="nothing"):
        first_key(Screening(Route.NONE))


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(KeyError):
        say("escalation.no_such_reply", "sms")


@pytest.mark.parametrize("channel", ["sms", "web"])
@pytest.mark.parametrize("screening", [Screening(route) for route in SAY_FIRST])
def test_whoever_talks_with_a_worker_is_offered_none(screening, channel) -> None:
    said = say(first_key(screening), channel, with_worker=True)

    assert "PERSON" not in said.text
    assert "PERSON" not in [choice.value for choice in said.choices]
    assert numbers()["emergency"] in said.text
