"""A year in counts: one command, tables and pictures, and no small number in it."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.staff.counted import FEWEST
from gateway.desk.yearly import count_year, written
from handover.cases import CaseStatus
from runtime.yearly_command import yearly_report
from storage.feedback import Helped
from storage.staff.figures import CaseTimes
from storage.staff.records import Outcome
from tests.journeys.handrail import Handrail, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue

NEW_YEAR = datetime(2026, 1, 1, 0, 30, tzinfo=UTC)


@st.composite
def cases(draw: st.DrawFn) -> CaseTimes:
    opened = NEW_YEAR + timedelta(hours=draw(st.integers(0, 364 * 24)))
    minutes = st.none() | st.integers(0, 90).map(lambda n: timedelta(minutes=n))
    claimed, answered = draw(minutes), draw(minutes)
    return CaseTimes(
        opened_at=opened,
        claimed_at=None if claimed is None else opened + claimed,
        answered_at=None if None in (claimed, answered) else opened + answered,
        link="demo",
        status=CaseStatus.CLOSED,
        outcome=draw(st.none() | st.sampled_from(Outcome)),
    )


def cells(page: str) -> list[str]:
    return re.findall(r'class="count">([^<]+)<', page)


@given(st.lists(cases(), max_size=60), st.lists(st.sampled_from(Helped), max_size=30))
def test_no_count_under_five_is_on_the_page_or_can_be_worked_out(
    asked: list[CaseTimes], helped: list[Helped]
) -> None:
    counts = count_year(2026, asked, helped)
    whole = {"got": len(asked), "by_month": len(asked), "by_hour": len(asked)}
    whole["by_outcome"] = sum(case.outcome is not None for case in asked)
    whole["helped"] = len(helped)

    for name, groups in counts.tables:
        shown = [g.count.number for g in groups if g.count.number is not None]
        left = whole[name] - sum(shown)
        assert left == 0 or left >= FEWEST or not shown
    for cell in cells(written(counts, "Somewhere")):
        assert cell == "under 5" or int(cell) >= FEWEST


def test_a_year_of_nobody_is_a_page_without_a_number() -> None:
    page = written(count_year(2026, [], []), "Somewhere")

    assert set(cells(page)) == {"under 5"}
    assert "Too few were answered to give times." in page


@pytest.fixture
def busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Handrail:
    monkeypatch.setenv("HANDRAIL_HOME", str(tmp_path))
    handrail = start(tmp_path, ReadableDialogue())
    for _ in range(FEWEST):
        web = handrail.web_chat()
        web.young_person_says("the lighthouse was very marmalade")
        web.asks_for_a_person()
    stop(handrail)
    return handrail


def test_one_command_writes_the_page_and_nothing_that_was_said_is_on_it(
    busy: Handrail, tmp_path: Path
) -> None:
    page, year = tmp_path / "year.html", str(busy.clock().year)
    yearly_report([year, "--organisation", "demo", "--out", str(page)])
    said = page.read_text(encoding="utf-8")

    assert "<strong>5</strong> requests for a person" in said
    assert cells(said).count("5") == 3
    assert said.count("<svg") == len(cells(said))
    assert "marmalade" not in said
