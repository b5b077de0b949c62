"""Crisis words in another language: as short, as complete, the same numbers."""

import re
from pathlib import Path

import pytest
import yaml

import escalation.replies
from escalation.replies import LANGUAGES, REPLIES, is_signed, numbers, say
from escalation.routes import Route
from foundations.gsm7 import encoding, segments

FOLDER = Path(escalation.replies.__file__).parent
EVERY = [
    pytest.param(code, key, id=f"{code}-{key}")
    for code, found in LANGUAGES.items()
    for key in found
]
ENGLISH = {e["key"]: e for e in yaml.safe_load((FOLDER / "replies.yml").read_text())}


def written(code: str) -> dict[str, dict[str, str]]:
    entries = yaml.safe_load((FOLDER / "languages" / f"{code}.yml").read_text())
    return {entry["key"]: entry for entry in entries}


@pytest.mark.parametrize(("code", "key"), EVERY)
@pytest.mark.parametrize("channel", ["sms", "web"])
def test_a_text_is_no_longer_than_in_english_and_says_the_same_numbers(
    code: str, key: str, channel: str
) -> None:
    text = say(key, channel, language=code).text
    assert encoding(text) == "GSM-7"
    assert "!" not in text
    if channel == "sms":
        assert segments(text) <= REPLIES[key].most_segments

    own, english = written(code)[key][channel], ENGLISH[key][channel]
    gaps = re.compile(r"\{\w+\}")
    assert set(gaps.findall(own)) == set(gaps.findall(english))
    assert not re.search(r"\d{3}", own)


@pytest.mark.parametrize(("code", "key"), EVERY)
def test_the_choices_lead_to_the_same_places(code: str, key: str) -> None:
    there = say(key, "web", language=code).choices
    here = say(key, "web").choices

    assert [choice.value for choice in there] == [choice.value for choice in here]
    assert all(a.label != b.label for a, b in zip(there, here, strict=True))


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_every_route_has_its_first_words(code: str) -> None:
    routes = {f"escalation.{route.value}" for route in Route if route is not Route.NONE}

    assert routes <= set(LANGUAGES[code])
    assert not set(LANGUAGES[code]) - set(REPLIES)


def test_what_is_missing_or_unknown_is_said_in_english(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fewer = {k: said for k, said in LANGUAGES["cy"].items() if "one_line" not in k}
    monkeypatch.setitem(LANGUAGES, "cy", fewer)  # type: ignore[arg-type]
    english = say("escalation.suicide", "sms")

    assert say("escalation.suicide", "sms", language="xx") == english
    assert say("escalation.one_line", "sms", language="cy") == say(
        "escalation.one_line", "sms"
    )
    assert numbers()["samaritans"] in say("escalation.suicide", "sms", None, "cy").text


@pytest.mark.parametrize("code", list(LANGUAGES))
@pytest.mark.parametrize("key", [k for k, e in ENGLISH.items() if "under_19" in e])
@pytest.mark.parametrize("channel", ["sms", "web"])
def test_who_is_under_19_is_told_of_childline_in_every_language(
    code: str, key: str, channel: str
) -> None:
    text = say(key, channel, "under_19", code).text

    assert numbers()["childline"] in text
    assert numbers()["samaritans"] not in text
    assert encoding(text) == "GSM-7"
    assert channel == "web" or segments(text) <= REPLIES[key].most_segments


def test_nobody_has_signed_any_yet() -> None:
    assert not any(map(is_signed, LANGUAGES))
    assert not is_signed("xx")


def test_beside_a_worker_nobody_is_told_in_any_language_to_ask_for_one() -> None:
    for language, spoken in LANGUAGES.items():
        for key in spoken:
            for channel in ("sms", "web"):
                said = say(key, channel, language=language, with_worker=True)
                english = say(key, channel, with_worker=True)

                offers = "PERSON" in said.text
                assert offers == ("PERSON" in english.text), (language, key, channel)
