"""What an ordinary text asks of the records: written down, read, answered, no more."""

from collections.abc import Callable
from typing import Any

import pytest

from storage import Database
from tests.journeys.handrail import Sms
from tests.journeys.readable_dialogue import ReadableDialogue

SENDING = ("OutboxWorker", "AlertWorker", "DueWorker", "SmsPipelineDoor")
KEEPING = ("CoverKeeping", "ForgettingElsewhere", "Reconciler", "Sweeper")
TESTS = ("Handrail", "Settling")
BESIDE = (*SENDING, *KEEPING, *TESTS)
"""Works of those who send, who look now and then, and of the tests themselves."""


def works_of(sms: Sms, text: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Name what was asked of the records for a text, in order."""
    seen: list[str] = []

    def noted(does: Callable[..., Any]) -> Callable[..., Any]:
        async def work_is_noted(
            database: Database, work: Callable[..., Any], **how: Any
        ) -> Any:
            seen.append(work.__qualname__.partition(".<locals>")[0])
            return await does(database, work, **how)

        return work_is_noted

    for way in ("read", "write"):
        monkeypatch.setattr(Database, way, noted(getattr(Database, way)))
    sms.young_person_says(text)
    return [one for one in seen if not one.startswith((*BESIDE, "Sms."))]


@pytest.mark.parametrize(
    "text", ["are you a real person", "my sister is called sam and so on"]
)
def test_an_ordinary_text_is_written_down_read_once_and_answered(
    sms: Sms, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sms.young_person_says("hello")

    works = works_of(sms, text, monkeypatch)

    assert works == ["Pipeline.record", "Pipeline._read_turn", "Pipeline._say"]


def test_a_line_of_a_plan_writes_nothing_about_the_search_before_it(
    sms: Sms, dialogue: ReadableDialogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialogue.away = True
    for said in ("WHO", "make a safety plan", "yes"):
        sms.young_person_says(said)

    works = works_of(sms, "loud music", monkeypatch)

    assert "HelpStep._may_be_about_an_answer" in works
    assert "HelpStep._follow" not in works
