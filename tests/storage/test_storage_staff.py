"""Staff come in once by each token; shifts, agreements and chat links are plain."""

import threading
from datetime import date, timedelta

import pytest
from sqlalchemy import select, text

from foundations.ids import OrganisationId, StaffMemberId
from foundations.saying import Channel
from storage import Database, Keys, UnitOfWork
from storage.records import EscalationRecord
from storage.staff.records import ChatLink, Credentials, StaffMember, StaffRole
from storage.tables.staff import staff_sessions, staff_sign_ins
from tests.storage.keeping import SATURDAY_NIGHT, Records, arrives, statements

DEMO = OrganisationId("demo")
NAME = "Sam Example"


@pytest.fixture
def sam(records: Records) -> StaffMemberId:
    return records.write(
        lambda unit: unit.staff.add(name=NAME, role=StaffRole.WORKER, organisation=DEMO)
    )


def signs_in(records: Records, sam: StaffMemberId) -> str:
    return records.write(lambda unit: unit.sessions.start(sam, "Firefox on Android"))


def keeps(records: Records, token: str) -> bool:
    def work(unit: UnitOfWork) -> bool:
        found = unit.sessions.find(token)
        if found is not None:
            unit.sessions.keep(found.id)
        return found is not None

    return records.write(work)


def test_a_one_time_sign_in_works_once(records: Records, sam: StaffMemberId) -> None:
    token = records.write(lambda unit: unit.staff.one_time_sign_in(sam))
    first = records.write(lambda unit: unit.staff.redeem(token))
    again = records.write(lambda unit: unit.staff.redeem(token))

    assert (first, again) == (sam, None)
    member = StaffMember(sam, NAME, StaffRole.WORKER, DEMO)
    assert records.read(lambda unit: unit.staff.get(sam)) == member
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
    token = signs_in(records, sam)
    records.watch.move(minutes=14)
    assert keeps(records, token)
    records.watch.move(minutes=14)
    assert records.read(lambda unit: unit.sessions.find(token))
    records.watch.move(minutes=1)

    assert records.read(lambda unit: unit.sessions.find(token)) is None
    assert not keeps(records, token)


def test_a_session_ends_after_twelve_hours_whatever_is_done(
    records: Records, sam: StaffMemberId
) -> None:
    token = signs_in(records, sam)
    for _ in range(72):
        assert keeps(records, token)
        records.watch.move(minutes=10)

    assert not keeps(records, token)


def test_a_session_is_ended_by_its_owner_and_by_nobody_else(
    records: Records, sam: StaffMemberId
) -> None:
    token = signs_in(records, sam)
    alex = records.write(
        lambda unit: unit.staff.add(
            name="Alex", role=StaffRole.WORKER, organisation=DEMO
        )
    )
    found = records.read(lambda unit: unit.sessions.of_member(sam))

    assert [one.device for one in found] == ["Firefox on Android"]
    assert not records.write(lambda unit: unit.sessions.end(alex, found[0].id))
    assert records.write(lambda unit: unit.sessions.end(sam, found[0].id))
    assert records.read(lambda unit: unit.sessions.find(token)) is None


def test_who_has_left_is_out_at_once(records: Records, sam: StaffMemberId) -> None:
    token = signs_in(records, sam)
    records.write(lambda unit: unit.staff.set_active(sam, False))

    assert records.read(lambda unit: unit.sessions.find(token)) is None


@pytest.mark.parametrize("token", ["", "guess", "\0", "\ud800", "a" * 10_000])
def test_a_token_nobody_gave_opens_nothing(
    records: Records, sam: StaffMemberId, token: str
) -> None:
    signs_in(records, sam)

    assert records.write(lambda unit: unit.staff.redeem(token)) is None
    assert records.read(lambda unit: unit.sessions.find(token)) is None
    assert records.read(lambda unit: unit.invitations.find(token)) is None


def test_tokens_are_kept_as_hashes_and_names_sealed(
    records: Records, sam: StaffMemberId
) -> None:
    token = signs_in(records, sam)

    rows = records.read(
        lambda unit: (
            unit.connection.execute(select(staff_sessions)).all()
            + unit.connection.execute(select(staff_sign_ins)).all()
            + unit.connection.execute(text("SELECT name FROM staff_members")).all()
        )
    )
    assert token not in str(rows)
    assert NAME not in str(rows)


def account(records: Records, sam: StaffMemberId) -> Credentials:
    given = Credentials(sam, "Sam@Example.org", "a hash", "a secret", 7)
    records.write(lambda unit: unit.accounts.put(given))
    return given


def test_an_account_is_found_by_its_address_however_it_is_written(
    records: Records, sam: StaffMemberId
) -> None:
    given = account(records, sam)
    find = "  sam@EXAMPLE.org "

    assert records.read(lambda unit: unit.accounts.by_email(find)) == given
    assert records.read(lambda unit: unit.accounts.of_member(sam)) == given
    assert records.read(lambda unit: unit.accounts.by_email("alex@example.org")) is None


def test_a_step_of_the_second_factor_is_used_up_once_and_never_goes_back(
    records: Records, sam: StaffMemberId
) -> None:
    account(records, sam)

    def uses(step: int) -> bool:
        return records.write(lambda unit: unit.accounts.use_totp_step(sam, step))

    assert [uses(8), uses(8), uses(7), uses(9)] == [True, False, False, True]


def test_a_recovery_code_works_once_and_a_new_set_ends_the_old(
    records: Records, sam: StaffMemberId
) -> None:
    def uses(code: str) -> bool:
        return records.write(lambda unit: unit.accounts.use_recovery_code(sam, code))

    records.write(lambda unit: unit.accounts.put_recovery_codes(sam, ["a", "b"]))
    assert [uses("a"), uses("a"), uses("z")] == [True, False, False]
    records.write(lambda unit: unit.accounts.put_recovery_codes(sam, ["c"]))

    assert [uses("b"), uses("c")] == [False, True]


def test_an_invitation_stands_for_three_days_and_is_used_once(
    records: Records, sam: StaffMemberId
) -> None:
    def invites() -> str:
        return records.write(
            lambda unit: unit.invitations.make(
                organisation=DEMO,
                role=StaffRole.WORKER,
                name="Alex",
                email="alex@example.org",
                totp_secret="a secret",
                invited_by=sam,
            )
        )

    token, late = invites(), invites()
    found = records.read(lambda unit: unit.invitations.find(token))
    assert found is not None
    ends = lambda unit: unit.invitations.end(DEMO, found.id)  # noqa: E731
    elsewhere = OrganisationId("elsewhere")

    assert (found.name, found.email) == ("Alex", "alex@example.org")
    assert not records.write(lambda unit: unit.invitations.end(elsewhere, found.id))
    assert [records.write(ends), records.write(ends)] == [True, False]
    assert records.read(lambda unit: unit.invitations.find(token)) is None
    records.watch.move(days=3)
    assert records.read(lambda unit: unit.invitations.find(late)) is None


def test_every_kind_of_no_to_an_invitation_is_one_and_the_same_look(
    records: Records, sam: StaffMemberId
) -> None:
    def invites() -> str:
        return records.write(
            lambda unit: unit.invitations.make(
                organisation=DEMO,
                role=StaffRole.WORKER,
                name="Alex",
                email="alex@example.org",
                totp_secret="a secret",
            )
        )

    old = invites()
    records.watch.move(days=3)
    used = invites()
    found = records.read(lambda unit: unit.invitations.find(used))
    assert found is not None
    records.write(lambda unit: unit.invitations.end(DEMO, found.id))
    done = {}
    tokens = {"guessed": "g" * 43, "short": "x", "old": old, "used": used}
    for kind, token in tokens.items():
        with statements() as seen:
            is_there = records.read(lambda u, token=token: u.invitations.find(token))
        assert is_there is None, kind
        done[kind] = [each for each in seen if "staff_invitations" in each]

    assert len(done["guessed"]) == 1
    assert all(work == done["guessed"] for work in done.values()), done


def test_a_break_and_a_forgotten_shift_promise_no_cover(
    records: Records, sam: StaffMemberId
) -> None:
    def covering() -> list[StaffMemberId]:
        return records.read(lambda unit: unit.shifts.covering(DEMO))

    assert covering() == []
    records.write(lambda unit: unit.shifts.start(sam, DEMO))
    assert covering() == [sam]
    records.write(lambda unit: unit.shifts.take_break(sam))
    assert covering() == []
    records.write(lambda unit: unit.shifts.come_back(sam))
    assert covering() == [sam]
    records.watch.move(hours=12)

    assert covering() == []
    assert records.read(lambda unit: unit.shifts.of_member(sam)) is None


def agrees(records: Records, last_day: date) -> None:
    records.write(
        lambda unit: unit.agreements.record(
            organisation=DEMO,
            lawful_basis="legitimate_interests",
            reference="DSA 12",
            expires_on=last_day,
        )
    )


def test_an_agreement_is_in_force_on_its_last_day_and_not_after(
    records: Records,
) -> None:
    def in_force() -> bool:
        return records.read(lambda unit: unit.agreements.in_force(DEMO))

    records.watch.now = SATURDAY_NIGHT
    assert not in_force()
    agrees(records, date(2026, 11, 21))
    assert in_force()
    records.watch.move(minutes=30)
    assert not in_force()
    agrees(records, date(2027, 3, 31))

    assert in_force()


def test_a_chat_link_is_found_by_its_short_name(records: Records) -> None:
    now = records.watch()
    link = ChatLink("demo", DEMO, True, "Hilltop School", "leeds", "school", now)
    records.write(lambda unit: unit.chat_links.put(link))
    elsewhere = OrganisationId("elsewhere")

    assert records.read(lambda unit: unit.chat_links.get("demo")) == link
    assert records.read(lambda unit: unit.chat_links.of_organisation(DEMO)) == [link]
    assert records.read(lambda unit: unit.chat_links.of_organisation(elsewhere)) == []


def test_a_link_is_closed_by_its_organisation_and_by_no_other(records: Records) -> None:
    records.write(lambda unit: unit.chat_links.put(ChatLink("demo", DEMO, True)))
    elsewhere = OrganisationId("elsewhere")

    def revokes(organisation: OrganisationId) -> bool:
        return records.write(lambda unit: unit.chat_links.revoke(organisation, "demo"))

    assert [revokes(elsewhere), revokes(DEMO), revokes(DEMO)] == [False, True, False]
    found = records.read(lambda unit: unit.chat_links.get("demo"))
    assert found is not None
    assert not found.active


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
