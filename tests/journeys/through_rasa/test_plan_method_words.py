"""Through the real Rasa too, nothing that is written about harm is ever said back."""

import logging
import re
from datetime import timedelta

import pytest

from tests.journeys.handrail import Sms, WebChat
from tests.journeys.test_plan_method_words import COMMANDS, SET

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.mark.parametrize("door", ["sms", "web"])
def test_what_is_written_about_harm_is_kept_and_said_nowhere(
    request: pytest.FixtureRequest, door: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    robin: Sms | WebChat = request.getfixturevalue(door)
    lines = [row["line"] for row in SET]
    told: list[str] = []
    screened: set[str] = set()
    for said in ("make a safety plan", "yes", *lines, *COMMANDS):
        # Later than what the screen reads together with it.
        robin.handrail.clock.ahead += timedelta(minutes=11)
        robin.young_person_says(said)
        told += shown(robin)
        if any("escalation." in key for key in keys(robin)):
            screened.add(said)

    everything = "\n".join([*told, caplog.text]).casefold()
    never = {word.casefold() for row in SET for word in row["never"]}
    kept = robin.handrail.record(lambda unit: written(unit, robin))

    assert [word for word in sorted(never) if is_said(word, everything)] == []
    assert len(kept & set(lines)) > 40
    assert set(lines) <= kept | screened


def is_said(word: str, everything: str) -> bool:
    """Find a word, or what begins with it; "cord" is not in "record"."""
    return re.search(rf"(?<!\w){re.escape(word)}", everything) is not None


def keys(robin: Sms | WebChat) -> list[str]:
    return robin.keys if isinstance(robin, WebChat) else [m.key for m in robin.new()]


def shown(robin: Sms | WebChat) -> list[str]:
    """All that the last message brought: what is said, and what can be picked."""
    if isinstance(robin, Sms):
        return robin.texts[-1:]
    return [
        words
        for said in robin.messages
        for words in (said["text"], *(c["label"] for c in said["choices"]))
    ]


def written(unit, robin: Sms | WebChat) -> set[str]:  # type: ignore[no-untyped-def]
    """Every word that the plan keeps, held ones among them."""
    here = robin.conversation() if isinstance(robin, Sms) else robin.conversation
    person = unit.conversations.get(here).young_person
    return {change.words for change in unit.plans.changes(person) if change.words}
