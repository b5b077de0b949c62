"""Plans, consents and handover cases: added to, never edited, one worker at most."""

import threading
from datetime import timedelta

import pytest

from foundations.ids import (
    ConsentId,
    HandoverCaseId,
    OrganisationId,
    PlanLineId,
    StaffMemberId,
    new_id,
)
from handover.cases import CaseStatus
from safety_plans.plan import ChangeKind, PlanChange, SectionId
from storage import Database, Keys, NotFound, RecordConflict, UnitOfWork
from storage.records import ConsentStatus
from tests.storage.keeping import Records, Someone, arrives

DEMO = OrganisationId("demo")
SAM, ALEX = StaffMemberId("sam"), StaffMemberId("alex")


@pytest.fixture
def someone(records: Records) -> Someone:
    return records.write(arrives)


def line(records: Records, words: str) -> PlanChange:
    return PlanChange(
        id=new_id(),
        kind=ChangeKind.LINE_ADDED,
        at=records.watch.now,
        line=PlanLineId(new_id()),
        section=SectionId.GETTING_THROUGH,
        words=words,
        position=3,
        undoes=new_id(),
    )


def drafts(unit: UnitOfWork, someone: Someone, items: str = "[]") -> ConsentId:
    return unit.consents.draft(
        young_person=someone.id,
        conversation=someone.conversation,
        organisation=DEMO,
        purpose="warm_handover",
        items_json=items,
    )


def opens(unit: UnitOfWork, someone: Someone, shared: bytes = b"x") -> HandoverCaseId:
    consent = drafts(unit, someone)
    unit.consents.confirm(consent, shared)
    return unit.handovers.open(
        young_person=someone.id,
        conversation=someone.conversation,
        organisation=DEMO,
        consent=consent,
        payload=shared,
        at=unit.clock(),
    )


def test_a_plans_changes_come_back_whole_and_in_order(
    records: Records, someone: Someone
) -> None:
    first = [line(records, "walk the dog"), line(records, "tea \0 \ud83e")]
    second = [PlanChange(new_id(), ChangeKind.BUILDING_PAUSED, records.watch.now)]
    records.write(lambda unit: unit.plans.append(someone.id, first))
    records.write(lambda unit: unit.plans.append(someone.id, second))
    records.write(lambda unit: unit.plans.append(someone.id, []))

    changes = records.read(lambda unit: unit.plans.changes(someone.id))
    assert list(changes) == first + second


@pytest.mark.parametrize("kind", list(ChangeKind))
def test_every_kind_of_change_is_kept(
    records: Records, someone: Someone, kind: ChangeKind
) -> None:
    change = PlanChange(new_id(), kind, records.watch.now)
    records.write(lambda unit: unit.plans.append(someone.id, [change]))

    assert list(records.read(lambda unit: unit.plans.changes(someone.id))) == [change]


def test_plan_changes_are_kept_all_or_none(records: Records, someone: Someone) -> None:
    once = line(records, "once")
    with pytest.raises(RecordConflict):
        records.write(
            lambda unit: unit.plans.append(
                someone.id, [line(records, "other"), once, once]
            )
        )

    assert list(records.read(lambda unit: unit.plans.changes(someone.id))) == []


def test_two_gateways_add_to_one_plan_without_loss(
    records: Records, someone: Someone, database_url: str, keys: Keys
) -> None:
    other = Records(Database(database_url, keys), records.watch, database_url)

    def adds(gateway: Records) -> None:
        for _ in range(10):
            change = line(records, "words")
            gateway.write(
                lambda unit, change=change: unit.plans.append(someone.id, [change])
            )

    threads = [threading.Thread(target=adds, args=(one,)) for one in (records, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(records.read(lambda unit: unit.plans.changes(someone.id))) == 20
    other.close()


def test_a_consent_goes_from_draft_to_yes_to_taken_back(
    records: Records, someone: Someone
) -> None:
    id = records.write(lambda unit: drafts(unit, someone, '["my name"]'))
    draft = records.read(lambda unit: unit.consents.get(id))
    records.write(lambda unit: unit.consents.confirm(id, b"My name: \xff\0"))
    confirmed = records.read(lambda unit: unit.consents.get(id))
    records.write(lambda unit: unit.consents.withdraw(id))
    withdrawn = records.read(lambda unit: unit.consents.get(id))

    assert draft.status is ConsentStatus.DRAFTED
    assert (draft.id, draft.items_json, draft.preview) == (id, '["my name"]', None)
    assert (draft.organisation, draft.purpose) == (DEMO, "warm_handover")
    assert confirmed.status is ConsentStatus.CONFIRMED
    assert confirmed.preview == b"My name: \xff\0"
    assert withdrawn.status is ConsentStatus.WITHDRAWN
    assert withdrawn.preview == b"My name: \xff\0"


def test_a_consent_cannot_be_confirmed_twice_or_after_it_was_taken_back(
    records: Records, someone: Someone
) -> None:
    id = records.write(lambda unit: drafts(unit, someone))
    records.write(lambda unit: unit.consents.confirm(id, b"x"))
    with pytest.raises(RecordConflict):
        records.write(lambda unit: unit.consents.confirm(id, b"y"))
    records.write(lambda unit: unit.consents.withdraw(id))

    for move in (
        lambda unit: unit.consents.confirm(id, b"z"),
        lambda unit: unit.consents.withdraw(id),
    ):
        with pytest.raises(RecordConflict):
            records.write(move)
    assert records.read(lambda unit: unit.consents.get(id)).preview == b"x"


def test_an_unknown_consent_or_case_is_not_found(records: Records) -> None:
    with pytest.raises(NotFound):
        records.read(lambda unit: unit.consents.get(ConsentId("none")))
    with pytest.raises(NotFound):
        records.write(lambda unit: unit.consents.withdraw(ConsentId("none")))
    with pytest.raises(NotFound):
        records.read(lambda unit: unit.handovers.get(HandoverCaseId("none")))
    assert not records.write(
        lambda unit: unit.handovers.claim(HandoverCaseId("none"), SAM)
    )


def test_what_staff_see_is_what_was_agreed_byte_for_byte(
    records: Records, someone: Someone
) -> None:
    agreed = "Name: Zoë \U0001f9e1".encode()
    case = records.write(lambda unit: opens(unit, someone, agreed))

    (waiting,) = records.read(lambda unit: unit.handovers.waiting())
    assert waiting.id == case
    assert waiting.shared is not None
    assert waiting.shared.encode() == agreed
    assert waiting.status is CaseStatus.WAITING
    assert waiting.opened_at == records.watch.now
    assert waiting.claimed_by is None


def test_of_a_hundred_who_claim_at_once_one_succeeds(
    records: Records, someone: Someone, database_url: str, keys: Keys
) -> None:
    case = records.write(lambda unit: opens(unit, someone))
    desks = [
        Records(Database(database_url, keys), records.watch, database_url)
        for _ in range(2)
    ]
    told: dict[str, bool] = {}
    start = threading.Barrier(100)

    def claims(number: int) -> None:
        who = StaffMemberId(f"worker {number}")
        start.wait(20)
        told[who] = desks[number % 2].write(
            lambda unit: unit.handovers.claim(case, who)
        )

    threads = [threading.Thread(target=claims, args=(n,)) for n in range(100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    (winner,) = [who for who, succeeded in told.items() if succeeded]
    assert len(told) == 100
    kept = records.read(lambda unit: unit.handovers.get(case))
    steps = records.read(lambda unit: unit.handovers.steps(case))
    assert (kept.status, kept.claimed_by) == (CaseStatus.CLAIMED, winner)
    assert [step.staff_member for step in steps] == [None, winner]
    for desk in desks:
        desk.close()


def test_every_move_of_a_case_is_a_row(records: Records, someone: Someone) -> None:
    case = records.write(lambda unit: opens(unit, someone))
    opened = records.watch.now
    records.watch.move(minutes=1)
    assert records.write(lambda unit: unit.handovers.claim(case, SAM))
    records.watch.move(minutes=1)
    assert records.write(lambda unit: unit.handovers.hand_back(case, SAM))
    records.watch.move(minutes=1)
    assert records.write(lambda unit: unit.handovers.close(case, ALEX))

    steps = records.read(lambda unit: unit.handovers.steps(case))
    assert [(step.status, step.staff_member, step.at) for step in steps] == [
        (CaseStatus.WAITING, None, opened),
        (CaseStatus.CLAIMED, SAM, opened + timedelta(minutes=1)),
        (CaseStatus.HANDED_BACK, SAM, opened + timedelta(minutes=2)),
        (CaseStatus.CLOSED, ALEX, opened + timedelta(minutes=3)),
    ]
    assert records.read(lambda unit: unit.handovers.waiting()) == []


def test_a_case_moves_only_where_it_may(records: Records, someone: Someone) -> None:
    case = records.write(lambda unit: opens(unit, someone))

    assert not records.write(lambda unit: unit.handovers.hand_back(case, SAM))
    assert not records.write(lambda unit: unit.handovers.close(case, SAM))
    assert records.write(lambda unit: unit.handovers.claim(case, SAM))
    assert not records.write(lambda unit: unit.handovers.claim(case, ALEX))
    steps = records.read(lambda unit: unit.handovers.steps(case))
    assert [step.status for step in steps] == [CaseStatus.WAITING, CaseStatus.CLAIMED]


def test_taking_consent_back_ends_what_staff_can_see(
    records: Records, someone: Someone
) -> None:
    case = records.write(lambda unit: opens(unit, someone))
    records.write(lambda unit: unit.handovers.claim(case, SAM))
    found = records.read(
        lambda unit: unit.handovers.consent_of_open_case(someone.conversation)
    )
    assert found is not None
    assert found[0] == case
    records.write(lambda unit: unit.handovers.withdraw(case, unit.clock()))

    kept = records.read(lambda unit: unit.handovers.get(case))
    assert (kept.status, kept.shared) == (CaseStatus.WITHDRAWN, None)
    assert not records.write(lambda unit: unit.handovers.close(case, SAM))
    with pytest.raises(RecordConflict):
        records.write(lambda unit: unit.handovers.withdraw(case, unit.clock()))
    gone = records.read(
        lambda unit: unit.handovers.consent_of_open_case(someone.conversation)
    )
    assert gone is None


def test_a_conversation_lists_its_cases_newest_first(
    records: Records, someone: Someone
) -> None:
    first = records.write(lambda unit: opens(unit, someone))
    second = records.write(lambda unit: opens(unit, someone))

    found = records.read(
        lambda unit: unit.handovers.of_conversation(someone.conversation)
    )
    assert [case.id for case in found] == [second, first]
