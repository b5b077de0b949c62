"""A year in counts: one command, tables and pictures, and no small number in it."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.staff.counted import FEWEST
from gateway.desk.figures import count_quarter
from gateway.desk.quarters import Quarter
from gateway.desk.yearly import Year, count_year, written
from handover.cases import CaseStatus
from runtime.yearly_command import yearly_report
from storage.feedback import Helped
from storage.staff.figures import CaseTimes
from storage.staff.records import Outcome
from tests.journeys.handrail import Handrail, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue
from tests.storage.keeping import Watch

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


def a_year(asked: list[CaseTimes], helped: list[Helped]) -> Year:
    quarters = [Quarter(2026, number) for number in range(1, 5)]
    parts = [
        count_quarter(q, [c for c in asked if q.begins <= c.opened_at < q.ends], {})
        for q in quarters
    ]
    waits = [c.answered_at - c.opened_at for c in asked if c.answered_at]
    return count_year(2026, parts, waits, [helped])


@given(st.lists(cases(), max_size=60), st.lists(st.sampled_from(Helped), max_size=30))
def test_no_exact_count_is_on_the_page_and_the_bands_are_true(
    asked: list[CaseTimes], helped: list[Helped]
) -> None:
    year = a_year(asked, helped)
    tables = dict(year.tables)

    assert year.asked.at_least <= len(asked) <= year.asked.at_most
    for name in ("got", "by_month", "by_hour"):
        assert sum(g.count.at_least for g in tables[name]) <= len(asked)
        assert sum(g.count.at_most for g in tables[name]) >= len(asked)
    for cell in cells(written(year, "Somewhere")):
        assert re.fullmatch(r"under \d\d+|\d\d+ to \d\d+", cell)


def test_a_year_of_nobody_looks_like_a_year_of_a_few() -> None:
    page = written(a_year([], []), "Somewhere")

    assert "Too few were answered to give times." in page
    assert "under 37" in page
    assert [cell for cell in cells(page) if not cell.startswith("under")] == []


@pytest.fixture
def busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Handrail:
    monkeypatch.setenv("HANDRAIL_HOME", str(tmp_path))
    watch = Watch(NEW_YEAR + timedelta(days=20))
    handrail = start(tmp_path, ReadableDialogue(), clock=watch)
    for _ in range(FEWEST):
        web = handrail.web_chat()
        web.young_person_says("the lighthouse was very marmalade")
        web.asks_for_a_person()
    stop(handrail)
    return handrail


def test_one_command_writes_the_page_and_nothing_that_was_said_is_on_it(
    busy: Handrail, tmp_path: Path
) -> None:
    page = tmp_path / "year.html"
    yearly_report([str(NEW_YEAR.year), "--organisation", "demo", "--out", str(page)])
    said = page.read_text(encoding="utf-8")

    assert re.search(r"<strong>10 to \d\d</strong> requests for a person", said)
    assert said.count("<svg") == len(cells(said))
    assert "marmalade" not in said


def test_a_year_of_which_nothing_is_over_is_refused_in_words(
    busy: Handrail, tmp_path: Path
) -> None:
    with pytest.raises(SystemExit, match="no quarter of 2090 is over yet"):
        yearly_report(["2090", "--organisation", "demo", "--out", str(tmp_path / "y")])


def test_an_organisation_that_is_not_there_is_refused_in_words(
    busy: Handrail, tmp_path: Path
) -> None:
    with pytest.raises(SystemExit, match="No organisation is called nowhere"):
        yearly_report(["--organisation", "nowhere", "--out", str(tmp_path / "y")])
