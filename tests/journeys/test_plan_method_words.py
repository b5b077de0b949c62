"""Through the whole gateway: no text, no page and no log repeats a way of harm."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from escalation import Route, screen
from foundations.content import from_yaml
from tests.journeys.handrail import Handrail, Sms, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue
from tests.storage.keeping import Watch

SET: list[dict[str, Any]] = from_yaml(
    (Path(__file__).parents[1] / "safety_plans" / "method_words.yml").read_text("utf-8")
)
COMMANDS = (
    "yes", "PLAN", "PLAN ALL", "PLAN 1", "what helps me", "who can i ring",
    "change 1.1 to hide the razor", "undo", "call my plan the tablets plan", "PLAN ALL",
    "old versions", "PERSON", "MY DATA", "check in tomorrow at 5pm",
)  # fmt: skip


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def handrail(
    tmp_path: Path, dialogue: ReadableDialogue, watch: Watch
) -> Iterator[Handrail]:
    dialogue.away = True
    running = start(tmp_path, dialogue, clock=watch)
    yield running
    stop(running)


def test_what_is_written_about_harm_is_kept_and_said_nowhere(
    handrail: Handrail,
    sms: Sms,
    watch: Watch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    for said in ("make a safety plan", "yes"):
        sms.young_person_says(said)
    lines = [row["line"] for row in SET]
    heard = [line for line in lines if screen(line).route is Route.NONE]
    for line in lines:
        # Later than what the screen reads together with it.
        watch.move(minutes=11)
        sms.young_person_says(line)
    for said in COMMANDS:
        sms.young_person_says(said)

    told = "\n".join([*sms.texts, caplog.text]).casefold()
    never = {word.casefold() for row in SET for word in row["never"]}
    kept = handrail.record(
        lambda unit: [
            change.words
            for change in unit.plans.changes(unit.people.find_by_phone(sms.number))
        ]
    )

    assert set(heard) <= set(kept)
    assert len(heard) > 40
    assert [word for word in sorted(never) if word in told] == []
