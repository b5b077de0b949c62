"""The lead's view counts without content, and no small number can leave it."""

import csv
import io
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.staff.counted import FEWEST, Counted, counted, grouped, percentile
from channels.staff.csv_file import csv_of, safe_cell
from storage.staff.records import StaffRole
from tests.journeys.handrail import Handrail
from tests.staff.people import StaffBrowser, joined
from tests.storage.keeping import Watch

NUMBERS = st.dictionaries(st.text(max_size=5), st.integers(0, 40), max_size=30)


@pytest.mark.parametrize("number", range(FEWEST))
def test_a_small_count_cannot_be_made(number: int) -> None:
    assert counted(number).number is None
    assert str(counted(number)) == "under 5"
    with pytest.raises(ValueError, match="under five"):
        Counted(number)


@given(NUMBERS)
def test_no_small_group_is_shown_or_can_be_worked_out(numbers: dict[str, int]) -> None:
    groups = grouped(numbers)
    shown = [group.count.number for group in groups if group.count.number is not None]
    left_over = sum(numbers.values()) - sum(shown)

    assert all(number >= FEWEST for number in shown)
    assert left_over == 0 or left_over >= FEWEST or not shown


def test_a_percentile_needs_five_and_is_the_nearest_rank() -> None:
    spans = [timedelta(minutes=minutes) for minutes in (9, 1, 3, 5, 7)]

    assert percentile(spans[:4], 50) is None
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


def six_are_asked_claimed_and_answered(
    handrail: Handrail, watch: Watch, lead: StaffBrowser
) -> None:
    for minutes in range(1, 7):
        web = handrail.web_chat()
        web.asks_for_a_person()
        watch.move(minutes=minutes)
        (case,) = handrail.record(lambda unit: unit.handovers.waiting())
        lead.posts(f"/staff/cases/{case.id}/claim")
        watch.move(minutes=1)
        lead.posts(f"/staff/cases/{case.id}/say", text="hello, a canary kazoo")
        lead.posts(f"/staff/cases/{case.id}/close", outcome="talked")


def test_the_lead_sees_how_many_and_how_fast_and_no_word_that_was_said(
    handrail: Handrail, watch: Watch
) -> None:
    lead = joined(handrail, StaffRole.LEAD)
    six_are_asked_claimed_and_answered(handrail, watch, lead)
    page = lead.http.get("/staff/figures").text
    asked = lead.http.get("/staff/figures/export.csv")
    lead.posts("/staff/prove", code=lead.code())
    file = lead.http.get("/staff/figures/export.csv")
    rows = {(row[0], row[1]): row[2] for row in csv.reader(io.StringIO(file.text))}

    assert asked.headers["location"].startswith("/staff/prove")
    assert rows["asked for a person", "last 7 days"] == "6"
    assert rows["minutes to claim", "p50"] == "3"
    assert rows["minutes to claim", "p90"] == "6"
    assert rows["minutes to first reply", "p50"] == "4"
    assert rows["asked, by link", "Demo (demo)"] == "6"
    assert rows["closed, by outcome", "talked"] == "6"
    assert rows["closed, by outcome", "no_answer"] == "under 5"
    assert "3 minutes" in page
    assert "kazoo" not in page + file.text


def test_before_five_have_asked_nothing_is_counted(handrail: Handrail) -> None:
    lead = joined(handrail, StaffRole.LEAD)
    web = handrail.web_chat()
    web.asks_for_a_person()
    rows = list(
        csv.reader(io.StringIO(lead.http.get("/staff/figures/export.csv").text))
    )

    counts = {row[2] for row in rows[1:]}
    assert counts == {"under 5", "under 5 cases"}


def test_looking_and_exporting_are_in_the_audit_trail(handrail: Handrail) -> None:
    lead = joined(handrail, StaffRole.LEAD)
    lead.http.get("/staff/figures")
    lead.http.get("/staff/figures/export.csv")
    did = [row.action for row in handrail.record(lambda unit: unit.audit.rows())]

    assert did[-2:] == ["figures_read", "figures_exported"]
