"""What an ordinary text asks of the records: written down, read, answered, no more."""

from collections.abc import Callable
from typing import Any

import pytest

from storage import Database
from tests.journeys.handrail import Sms

BESIDE = ("OutboxWorker", "AlertWorker", "DueWorker", "SmsPipelineDoor", "Handrail")
"""Works of those who send and look, and of the tests themselves."""


@pytest.mark.parametrize(
    "text", ["are you a real person", "my sister is called sam and so on"]
)
def test_an_ordinary_text_is_written_down_read_once_and_answered(
    sms: Sms, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sms.young_person_says("hello")
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

    works = [one for one in seen if not one.startswith((*BESIDE, "Sms."))]
    assert works == ["Pipeline.record", "Pipeline._read_turn", "Pipeline._say"]
