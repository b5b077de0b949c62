"""Staff come in once by each token, chat links are plain, and the audit trail holds."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import delete, select, text, update

from foundations.ids import OrganisationId, StaffMemberId
from foundations.saying import Channel
from storage import Database, Keys
from storage.records import ChatLink, EscalationRecord, StaffMember, StaffRole
from storage.tables import audit_rows, staff_sessions, staff_sign_ins
from tests.storage.keeping import Records, arrives

DEMO = OrganisationId("demo")


@pytest.fixture
def sam(records: Records) -> StaffMemberId:
    return records.write(
        lambda unit: unit.staff.add(
            name="Sam", role=StaffRole.RESPONDER, organisation=DEMO
        )
    )


def signs_in(records: Records, sam: StaffMemberId) -> str:
    token = records.write(lambda unit: unit.staff.one_time_sign_in(sam))
    session_token = records.write(lambda unit: unit.staff.redeem(token))
    assert session_token is not None
    return session_token


def test_a_worker_signs_in_once_and_is_known(
    records: Records, sam: StaffMemberId
) -> None:
    token = records.write(lambda unit: unit.staff.one_time_sign_in(sam))
    session_token = records.write(lambda unit: unit.staff.redeem(token))
    again = records.write(lambda unit: unit.staff.redeem(token))

    assert session_token is not None
    assert again is None
    member = records.read(lambda unit: unit.staff.by_session(session_token))
    assert member == StaffMember(sam, "Sam", StaffRole.RESPONDER, DEMO)
    assert records.read(lambda unit: unit.staff.of_organisation(DEMO)) == [member]


def test_a_one_time_sign_in_lasts_ten_minutes(
    records: Records, sam: StaffMemberId
) -> None:
    token = records.write(lambda unit: unit.staff.one_time_sign_in(sam))
    records.watch.move(minutes=10)

    assert records.write(lambda unit: unit.staff.redeem(token)) is None


def test_of_twenty_who_use_one_token_at_once_one_comes_in(
    records: Records, sam: StaffMemberId, database_url: str, keys: Keys
) -> None:
    token = records.write(lambda unit: unit.staff.one_time_sign_in(sam))
    doors = [
        Records(
            Database(database_url, keys, records.watch), records.watch, database_url
        )
        for _ in range(2)
    ]
    given: list[str | None] = []
    start = threading.Barrier(20)

    def comes_in(door: Records) -> None:
        start.wait(10)
        given.append(door.write(lambda unit: unit.staff.redeem(token)))

    threads = [
        threading.Thread(target=comes_in, args=(doors[number % 2],))
        for number in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(given) == 20
    assert len([one for one in given if one]) == 1
    for door in doors:
        door.close()


def test_a_session_ends_after_a_quiet_quarter_of_an_hour_unless_it_is_kept(
    records: Records, sam: StaffMemberId
) -> None:
    session_token = signs_in(records, sam)
    records.watch.move(minutes=14)
    assert records.write(lambda unit: unit.staff.keep_session(session_token))
    records.watch.move(minutes=14)
    assert records.read(lambda unit: unit.staff.by_session(session_token))
    records.watch.move(minutes=1)

    assert records.read(lambda unit: unit.staff.by_session(session_token)) is None
    assert records.write(lambda unit: unit.staff.keep_session(session_token)) is None


def test_a_session_ends_after_twelve_hours_whatever_is_done(
    records: Records, sam: StaffMemberId
) -> None:
    session_token = signs_in(records, sam)
    for _ in range(72):
        assert records.write(lambda unit: unit.staff.keep_session(session_token))
        records.watch.move(minutes=10)

    assert records.write(lambda unit: unit.staff.keep_session(session_token)) is None


def test_signing_out_ends_the_session(records: Records, sam: StaffMemberId) -> None:
    session_token = signs_in(records, sam)
    records.write(lambda unit: unit.staff.end_session(session_token))

    assert records.read(lambda unit: unit.staff.by_session(session_token)) is None


@pytest.mark.parametrize("token", ["", "guess", "\0", "\ud800", "a" * 10_000])
def test_a_token_nobody_gave_opens_nothing(
    records: Records, sam: StaffMemberId, token: str
) -> None:
    signs_in(records, sam)

    assert records.write(lambda unit: unit.staff.redeem(token)) is None
    assert records.read(lambda unit: unit.staff.by_session(token)) is None


def test_tokens_are_kept_as_hashes_and_names_sealed(
    records: Records, sam: StaffMemberId
) -> None:
    session_token = signs_in(records, sam)

    rows = records.read(
        lambda unit: (
            unit.connection.execute(select(staff_sessions)).all()
            + unit.connection.execute(select(staff_sign_ins)).all()
            + unit.connection.execute(text("SELECT name FROM staff_members")).all()
        )
    )
    assert session_token not in str(rows)
    assert "Sam" not in str(rows)


def test_a_chat_link_is_found_by_its_short_name(records: Records) -> None:
    link = ChatLink("demo", DEMO, True)
    records.write(lambda unit: unit.chat_links.put(link))
    assert records.read(lambda unit: unit.chat_links.get("demo")) == link

    closed = ChatLink("demo", DEMO, False)
    records.write(lambda unit: unit.chat_links.put(closed))
    assert records.read(lambda unit: unit.chat_links.get("demo")) == closed


@pytest.mark.parametrize("slug", ["", "DEMO", "a b", "\0", "\ud800", "../x", "a" * 65])
def test_a_link_that_cannot_be_is_nobodys(records: Records, slug: str) -> None:
    assert records.read(lambda unit: unit.chat_links.get(slug)) is None
    with pytest.raises(ValueError, match="a chat link is"):
        records.write(lambda unit: unit.chat_links.put(ChatLink(slug, DEMO, True)))


def test_crisis_routes_are_kept_without_words(records: Records) -> None:
    someone = records.write(arrives)
    taken = [
        EscalationRecord(
            at=records.watch.now + timedelta(seconds=number),
            channel=Channel.WEB,
            route="emergency",
            phrase_ids=("phrase.one", "phrase.two"),
            reply_keys=("escalation.call_999_now",),
            conversation=someone.conversation,
            inbox_id=None,
        )
        for number in range(2)
    ]
    for one in taken:
        records.write(lambda unit, one=one: unit.escalations.record(one))

    found = records.read(
        lambda unit: unit.escalations.of_conversation(someone.conversation)
    )
    assert found == taken


def audits(records: Records, count: int) -> None:
    for number in range(count):
        records.write(
            lambda unit, number=number: unit.audit.append(
                actor="sam", action="read", subject=f"case {number}", at=unit.clock()
            )
        )


def test_an_untouched_audit_trail_is_sound(records: Records) -> None:
    assert records.read(lambda unit: unit.audit.verify()) is None
    audits(records, 5)

    assert records.read(lambda unit: unit.audit.verify()) is None
    rows = records.read(lambda unit: unit.audit.rows())
    assert [row.number for row in rows] == [1, 2, 3, 4, 5]
    assert rows[2].subject == "case 2"


@pytest.mark.parametrize(
    "change",
    [
        {"actor": "alex"},
        {"action": "export"},
        {"subject": "case 9"},
        {"chain": b"\0" * 32},
    ],
)
def test_a_changed_audit_row_is_named(
    records: Records, change: dict[str, object]
) -> None:
    audits(records, 5)
    records.write(
        lambda unit: unit.connection.execute(
            update(audit_rows).where(audit_rows.c.number == 3).values(change)
        )
    )

    assert records.read(lambda unit: unit.audit.verify()) == 3


def test_a_row_taken_out_of_the_audit_trail_is_named(records: Records) -> None:
    audits(records, 5)
    records.write(
        lambda unit: unit.connection.execute(
            delete(audit_rows).where(audit_rows.c.number == 2)
        )
    )

    assert records.read(lambda unit: unit.audit.verify()) == 2


def test_rows_cut_off_the_end_show_in_the_head(records: Records) -> None:
    audits(records, 5)
    head = records.read(lambda unit: unit.audit.head())
    records.write(
        lambda unit: unit.connection.execute(
            delete(audit_rows).where(audit_rows.c.number == 5)
        )
    )

    assert head[0] == 5
    assert records.read(lambda unit: unit.audit.head()) != head


def test_an_audit_trail_cannot_be_written_anew_without_its_key(
    records: Records, database_url: str, keys: Keys
) -> None:
    forger = Records(
        Database(database_url, Keys.generate()), records.watch, database_url
    )
    audits(forger, 3)
    forger.close()

    assert records.read(lambda unit: unit.audit.verify()) == 1


def test_two_gateways_write_one_audit_trail(
    records: Records, database_url: str, keys: Keys
) -> None:
    other = Records(Database(database_url, keys), records.watch, database_url)
    threads = [
        threading.Thread(target=audits, args=(one, 20)) for one in (records, other)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.close()

    assert records.read(lambda unit: unit.audit.verify()) is None
    assert records.read(lambda unit: unit.audit.head())[0] == 40
