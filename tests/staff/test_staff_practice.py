"""Practice is a whole handover with nobody in it, and leaves nothing behind."""

from typing import Any

import pytest
from sqlalchemy import func, select

from gateway.desk.practice import Practice
from storage.tables.core import metadata
from tests.journeys.handrail import Handrail
from tests.staff.people import StaffBrowser, joined

ROOM = "/staff/practice/room"


@pytest.fixture
def robin(handrail: Handrail) -> StaffBrowser:
    return joined(handrail)


def room(worker: StaffBrowser) -> str:
    return worker.http.get(ROOM).text


def rows(handrail: Handrail) -> dict[str, Any]:
    """Count the rows of every table but the session's own."""

    def count(unit: Any) -> dict[str, Any]:
        return {
            table.name: unit.connection.execute(
                select(func.count()).select_from(table)
            ).scalar()
            for table in metadata.sorted_tables
        }

    return handrail.record(count)  # type: ignore[no-any-return]


def test_a_whole_handover_is_rehearsed_and_nothing_of_it_is_kept(
    handrail: Handrail, robin: StaffBrowser
) -> None:
    before = rows(handrail)
    robin.posts("/staff/practice/first_talk/begin")
    waiting = room(robin)
    robin.posts(f"{ROOM}/claim")
    claimed = room(robin)
    robin.posts(f"{ROOM}/say", text="Hello, I'm Robin, a person. I read it all.")
    answered = room(robin)
    robin.posts(f"{ROOM}/finish")
    over = room(robin)
    robin.posts(f"{ROOM}/leave")

    assert "What they agreed to share" not in waiting
    assert "everything at home is a lot" in claimed
    assert "Say your first name" in claimed
    assert "think anyone would actually come" in answered
    assert "Did they choose the next step themselves?" in over
    assert "a person. I read it all" not in over
    assert robin.http.get(ROOM).headers["location"] == "/staff/practice"
    for page in (waiting, claimed, answered, over):
        assert "Nobody real is here" in page
    assert rows(handrail) == before


def test_crisis_words_and_taking_back_are_rehearsed_too(robin: StaffBrowser) -> None:
    robin.posts("/staff/practice/crisis_words/begin")
    robin.posts(f"{ROOM}/claim")
    for text in ("hello", "how is tonight"):
        robin.posts(f"{ROOM}/say", text=text)
    assert "Handrail would send its crisis message at once" in room(robin)
    robin.posts("/staff/practice/taken_back/begin")
    robin.posts(f"{ROOM}/claim")
    for text in ("hello", "you decide"):
        robin.posts(f"{ROOM}/say", text=text)

    assert "They took back what they shared" in room(robin)
    assert "sharing pictures" not in room(robin)


def test_everybody_rehearses_by_themselves(
    handrail: Handrail, robin: StaffBrowser
) -> None:
    alex = joined(handrail, name="Alex Example")
    robin.posts("/staff/practice/first_talk/begin")

    assert alex.http.get(ROOM).headers["location"] == "/staff/practice"


def test_every_script_says_what_it_is_about_and_asks_something_at_the_end() -> None:
    practice = Practice()

    assert len(practice.scripts()) >= 3
    for script in practice.scripts():
        assert script.title
        assert script.about.endswith(".")
