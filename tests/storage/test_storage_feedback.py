"""Feedback is kept by month and by nobody, sealed, for a year."""

from datetime import UTC, datetime

from sqlalchemy import select

from foundations.ids import new_id
from gateway.feedback.digest import digest
from storage.feedback import Helped, Month
from storage.tables.feedback import feedback
from tests.storage.keeping import Records

LINE = "less reading please"
SEVERAL = 10
"""Rows: one random id in a hundred reads as a time of these years, ten never do."""


def test_a_row_holds_no_person_no_time_and_no_clear_words(records: Records) -> None:
    for _ in range(SEVERAL):
        records.write(lambda unit: unit.feedback.say(LINE))
    rows = records.read(lambda unit: unit.connection.execute(select(feedback)).all())

    assert len(rows) == SEVERAL
    for row in rows:
        assert set(row._mapping) == {"id", "month", "helped", "words"}
        assert len(row.month) == 7
        assert LINE.encode() not in row.words
    assert not all(_tells_a_time_of_these_years(row.id) for row in rows)
    assert all(_tells_a_time_of_these_years(new_id()) for _ in range(SEVERAL))


def _tells_a_time_of_these_years(id: str) -> bool:
    made_s = int(id[:12], 16) / 1000
    return abs(made_s - datetime.now(UTC).timestamp()) < 50 * 365 * 24 * 3600


def test_a_month_comes_back_whole(records: Records) -> None:
    def give(unit: object) -> None:
        unit.feedback.answer(Helped.A_BIT)  # type: ignore[attr-defined]
        unit.feedback.say(LINE)  # type: ignore[attr-defined]

    # In London the month has begun an hour ago.
    records.watch.now = datetime(2026, 8, 31, 23, 30, tzinfo=UTC)
    records.write(give)
    said = records.read(lambda unit: unit.feedback.of("2026-09"))

    assert said == Month("2026-09", (Helped.A_BIT,), (LINE,))


def test_what_is_over_a_year_old_goes_with_the_next(records: Records) -> None:
    records.watch.now = datetime(2025, 9, 3, 12, tzinfo=UTC)
    records.write(lambda unit: unit.feedback.answer(Helped.YES))
    records.watch.now = datetime(2026, 10, 3, 12, tzinfo=UTC)
    records.write(lambda unit: unit.feedback.answer(Helped.YES))

    assert records.read(lambda unit: unit.feedback.of("2025-09")).helped == ()
    assert len(records.read(lambda unit: unit.feedback.of("2026-10")).helped) == 1


def a_month(yes: int, a_bit: int, no: int, lines: int = 0) -> Month:
    helped = [Helped.YES] * yes + [Helped.A_BIT] * a_bit + [Helped.NO] * no
    return Month("2027-01", tuple(helped), tuple(f"line {n}" for n in range(lines)))


def test_counts_are_bands_and_none_is_exact() -> None:
    page = digest(a_month(12, 7, 0, lines=10))

    assert "| yes | 10 to 14 |" in page
    assert "| a bit | under 10 |" in page
    assert "| no | under 10 |" in page
    assert "| all | 15 to 19 |" in page
    assert "- line 4" in page


def test_a_few_lines_are_not_shown_at_all() -> None:
    assert "line 0" not in digest(a_month(20, 0, 0, lines=9))


def test_months_that_differ_by_a_few_people_are_the_same_page() -> None:
    assert digest(a_month(2, 1, 1)) == digest(a_month(0, 0, 0))
    assert digest(a_month(10, 1, 0)) == digest(a_month(12, 0, 2))
