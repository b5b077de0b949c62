"""What a worker can read: as much as was agreed to, for as long as it stands."""

import re

import pytest

from channels.staff import case_pages
from storage.records import Owner
from tests.journeys.handrail import Handrail
from tests.staff.people import StaffBrowser, asks, claims, joined, reads
from tests.storage.keeping import Watch


@pytest.fixture
def robin(handrail: Handrail) -> StaffBrowser:
    return joined(handrail)


def test_what_was_told_to_the_bot_while_waiting_is_no_workers_to_read(
    handrail: Handrail, robin: StaffBrowser, watch: Watch
) -> None:
    web = handrail.web_chat()
    case = asks(handrail, web)
    watch.move(seconds=1)
    web.young_person_says("a kazoo for the bot")
    watch.move(seconds=1)
    claims(robin, case)
    web.young_person_says("a drum for the worker")
    watch.move(seconds=1)
    robin.posts(f"/staff/cases/{case}/release")
    watch.move(seconds=1)
    web.young_person_says("a flute for the bot")
    watch.move(seconds=1)
    alex = joined(handrail, name="Alex Example")
    claims(alex, case)
    page = reads(alex, case)

    assert "a drum for the worker" in page
    assert "kazoo" not in page
    assert "flute" not in page


def test_after_handing_back_what_they_tell_the_bot_is_not_shown(
    handrail: Handrail, robin: StaffBrowser, watch: Watch
) -> None:
    web = handrail.web_chat()
    case = asks(handrail, web)
    claims(robin, case)
    web.young_person_says("said to the worker")
    watch.move(seconds=1)
    robin.posts(f"/staff/cases/{case}/hand-back")
    watch.move(seconds=1)
    web.young_person_says("said to the bot")
    page = reads(robin, case)

    assert "said to the worker" in page
    assert "said to the bot" not in page


def test_a_closed_case_shows_its_notes_and_outcome_and_no_conversation(
    handrail: Handrail, robin: StaffBrowser
) -> None:
    web = handrail.web_chat()
    case = asks(handrail, web)
    claims(robin, case)
    web.young_person_says("kazoo")
    robin.posts(f"/staff/cases/{case}/note", note="Prefers short messages.")
    closed = robin.posts(f"/staff/cases/{case}/close", outcome="talked")
    page, done = reads(robin, case), robin.http.get("/staff/done").text

    assert closed.status_code == 303
    assert "kazoo" not in page
    assert "How to reach" not in page
    assert "Prefers short messages." in page
    assert "that was what was needed" in done
    owner = handrail.record(lambda u: u.conversations.get(web.conversation).owner)
    assert owner is Owner.BOT


def test_what_was_taken_back_leaves_a_tombstone_for_everyone(
    handrail: Handrail, robin: StaffBrowser
) -> None:
    web = handrail.web_chat()
    case = asks(handrail, web)
    claims(robin, case)
    web.young_person_says("kazoo")
    robin.posts(f"/staff/cases/{case}/note", note="A note about a kazoo")
    web.young_person_says("UNSHARE")
    answer = robin.http.get(f"/staff/cases/{case}")
    fresh = robin.http.get(f"/staff/cases/{case}/thread?fragment=1&seen=none")

    assert (answer.status_code, fresh.status_code) == (410, 410)
    assert "was taken back" in answer.text
    assert "kazoo" not in answer.text
    assert "Taken back by the young person" in robin.http.get("/staff/done").text
    said = robin.posts(f"/staff/cases/{case}/say", text="hello")
    assert (said.status_code, "was taken back" in said.text) == (410, True)


def test_looking_at_a_thread_again_is_no_reading_until_there_is_something_new(
    handrail: Handrail, robin: StaffBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(case_pages, "WAITS_S", 0.1)
    web = handrail.web_chat()
    case = asks(handrail, web)
    claims(robin, case)
    seen = re.findall(r'data-line="(\w+)"', reads(robin, case))[-1]
    before = len(handrail.record(lambda unit: unit.audit.rows()))
    quiet = robin.http.get(f"/staff/cases/{case}/thread?fragment=1&seen={seen}")
    web.young_person_says("is anyone there")
    told = robin.http.get(f"/staff/cases/{case}/thread?fragment=1&seen={seen}")
    rows = handrail.record(lambda unit: unit.audit.rows())[before:]

    assert (quiet.status_code, quiet.text) == (204, "")
    assert "is anyone there" in told.text
    assert [row.action for row in rows] == ["case_read"]


def test_every_reading_is_in_the_audit_trail(
    handrail: Handrail, robin: StaffBrowser
) -> None:
    case = asks(handrail, handrail.web_chat())
    claims(robin, case)
    reads(robin, case)
    rows = handrail.record(lambda unit: unit.audit.rows())

    assert [(row.action, row.subject) for row in rows[-2:]] == [
        ("case_claimed", case),
        ("case_read", case),
    ]
