"""The lead's view counts without content, and no small number can leave it."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.staff.counted import Counted, counted, grouped, percentile, summed
from channels.staff.csv_file import csv_of, safe_cell
from gateway.desk.figures import count_quarter
from gateway.desk.quarters import Quarter, finished
from handover.cases import CaseStatus
from storage.staff.figures import CaseTimes
from storage.staff.records import Outcome, StaffRole
from tests.journeys.handrail import Handrail
from tests.staff.people import StaffBrowser, joined
from tests.storage.keeping import Watch

MOST = 16
FEW = {1, 2, 3, 4}
OCTOBER = datetime(2026, 10, 20, 12, tzinfo=UTC)
Table = tuple[int, ...]
Seen = tuple[tuple[str, ...], ...]


@pytest.mark.parametrize("exact", [(7, 7), (0, 4), (5, 9), (12, 16), (10, 12), (0, 5)])
def test_a_count_that_is_no_band_cannot_be_made(exact: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="as a band"):
        Counted(*exact)


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "under 10"), (9, "under 10"), (10, "10 to 14"), (14, "10 to 14")],
)
def test_a_count_is_said_as_its_band(number: int, said: str) -> None:
    assert str(counted(number)) == said


def tables(rows: int, people: int) -> Iterator[Table]:
    """Give every table of so many rows and people."""
    if rows == 1:
        yield (people,)
        return
    for first in range(people + 1):
        for others in tables(rows - 1, people - first):
            yield (first, *others)


def published(*numbers: Sequence[int]) -> Seen:
    """Give all that leaves the house, as it is written."""
    return tuple(tuple(str(counted(one)) for one in table) for table in numbers)


def quantities(people: int, first: Table, second: Table) -> Table:
    """Give every row, and the total less each row of either table."""
    return (people, *first, *second, *(people - one for one in (*first, *second)))


def test_nobody_can_be_sure_that_a_count_is_between_one_and_four() -> None:
    """Try every pair of small tables of the same people, with their total beside them.

    Whoever knows how figures are made, and has all of them, is left with everything
    that could have been: never with one to four people in a row, or in a total less a
    row, and nothing else.
    """
    could_be: dict[Seen, list[set[int]]] = {}
    for people in range(MOST + 1):
        for first in tables(3, people):
            for second in tables(2, people):
                seen = published((people,), first, second)
                known = quantities(people, first, second)
                sets = could_be.setdefault(seen, [set() for _ in known])
                for possible, number in zip(sets, known, strict=True):
                    possible.add(number)

    sure = [seen for seen, sets in could_be.items() if any(one <= FEW for one in sets)]
    assert sure == []
    assert len(could_be) > 10


def test_a_table_is_its_rows_in_bands() -> None:
    assert [str(one.count) for one in grouped({"a": 3, "b": 11})] == list(
        published((3, 11))[0]
    )


@given(st.lists(st.integers(0, 60), min_size=1, max_size=12))
def test_a_longer_period_says_nothing_that_its_parts_do_not(numbers: list[int]) -> None:
    bands = [counted(number) for number in numbers]
    whole = summed(bands)

    assert whole.at_least == sum(band.at_least for band in bands)
    assert whole.at_least <= sum(numbers) <= whole.at_most


def test_the_periods_on_offer_are_over_and_do_not_overlap() -> None:
    now = datetime(2026, 11, 25, 16, tzinfo=UTC)
    on_offer = finished(now)

    assert [str(one) for one in on_offer] == ["2026-3", "2026-2", "2026-1", "2025-4"]
    assert on_offer[0].ends <= now
    for newer, older in pairwise(on_offer):
        assert older.ends == newer.begins


def test_what_happens_after_a_quarter_changes_none_of_its_figures() -> None:
    quarter = Quarter(2026, 3)
    opened = quarter.ends - timedelta(hours=1)

    def cases(after: datetime | None) -> list[CaseTimes]:
        outcome = None if after is None else Outcome.TALKED
        status = CaseStatus.CLOSED
        one = CaseTimes(opened, after, after, "sms", status, outcome, after)
        return [one] * 12

    before = count_quarter(quarter, cases(None), {})
    within = cases(opened + timedelta(minutes=5))
    assert count_quarter(quarter, cases(quarter.ends), {}) == before
    assert count_quarter(quarter, within, {}) != before


def test_a_percentile_needs_ten_and_is_the_nearest_rank() -> None:
    spans = [timedelta(minutes=n) for n in (9, 1, 3, 5, 7, 2, 4, 6, 8, 10)]

    assert percentile(spans[:9], 50) is None
    assert percentile(spans, 50) == timedelta(minutes=5)
    assert percentile(spans, 90) == timedelta(minutes=9)


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+44",
        "-1",
        "@SUM(A1)",
        "\tx",
        "\rx",
        "\n=1",
        "＝1",
        "＋1",
        " =1",
        "\u00a0=1",
        "|x",
        "%x",
    ],
)
def test_no_cell_is_a_formula(cell: str) -> None:
    written = csv_of([(cell, "Hilltop")])
    read = next(csv.reader(io.StringIO(written, newline="")))

    assert read == [f"'{cell}", "Hilltop"]
    assert safe_cell("Hilltop") == "Hilltop"


def eleven_are_asked_claimed_and_answered(
    handrail: Handrail, watch: Watch, lead: StaffBrowser
) -> None:
    for minutes in range(1, 12):
        web = handrail.web_chat()
        web.asks_for_a_person()
        watch.move(minutes=minutes)
        (case,) = handrail.record(lambda unit: unit.handovers.waiting())
        lead.posts(f"/staff/cases/{case.id}/claim")
        watch.move(minutes=1)
        lead.posts(f"/staff/cases/{case.id}/say", text="hello, a canary kazoo")
        lead.posts(f"/staff/cases/{case.id}/close", outcome="talked")


def rows_of(lead: StaffBrowser, period: str = "") -> dict[tuple[str, str], str]:
    file = lead.http.get(f"/staff/figures/export.csv?period={period}")
    return {(row[0], row[1]): row[2] for row in csv.reader(io.StringIO(file.text))}


def test_the_lead_sees_how_many_and_how_fast_and_no_word_that_was_said(
    handrail: Handrail, watch: Watch
) -> None:
    watch.now = OCTOBER
    lead = joined(handrail, StaffRole.LEAD)
    eleven_are_asked_claimed_and_answered(handrail, watch, lead)
    asked = lead.http.get("/staff/figures/export.csv")
    lead.posts("/staff/prove", code=lead.code())
    rows = rows_of(lead)
    watch.now = OCTOBER + timedelta(days=80)
    late = joined(handrail, StaffRole.LEAD, name="Sam Example")
    page = late.http.get("/staff/figures?period=2026-4").text
    then = rows_of(late, "2026-4")

    assert asked.headers["location"].startswith("/staff/prove")
    assert rows["minutes to claim, last 28 days", "p50"] == "6"
    assert rows["minutes to first reply, last 28 days", "p90"] == "11"
    assert then["asked for a person", "Oct to Dec 2026"] == "10 to 14"
    assert then["how far it came", "answered"] == "10 to 14"
    assert then["asked, by link", "Demo (demo)"] == "10 to 14"
    assert then["closed, by outcome", "talked"] == "10 to 14"
    assert then["closed, by outcome", "no_answer"] == "under 10"
    assert "10 to 14" in page
    assert "kazoo" not in page + str(then)


def test_no_figure_of_the_days_that_run_is_given_out(handrail: Handrail) -> None:
    lead = joined(handrail, StaffRole.LEAD)
    before = rows_of(lead)
    for _ in range(3):
        handrail.web_chat().asks_for_a_person()

    assert rows_of(lead) == before
    counts = {said for what, said in before.items() if what[0] != "what"}
    assert counts == {"under 10", "under 10 cases"}


def test_whoever_holds_no_cases_is_not_told_how_many_wait(handrail: Handrail) -> None:
    handrail.web_chat().asks_for_a_person()
    alex = joined(handrail, StaffRole.ADMINISTRATOR, name="Alex Example")
    page = alex.http.get("/staff/figures")

    assert page.status_code == 200
    assert "Waiting now" not in page.text


def test_looking_and_exporting_are_in_the_audit_trail(handrail: Handrail) -> None:
    lead = joined(handrail, StaffRole.LEAD)
    lead.http.get("/staff/figures")
    lead.http.get("/staff/figures/export.csv")
    did = [row.action for row in handrail.record(lambda unit: unit.audit.rows())]

    assert did[-2:] == ["figures_read", "figures_exported"]
