"""Shares of a plan: nothing before the yes, one token, gone when taken back."""

from datetime import timedelta

import pytest

from foundations.ids import new_id
from safety_plans.plan import SectionId
from safety_plans.sharing import (
    PlanShareId,
    Preview,
    SharedPlan,
    SharedSection,
    ShareStatus,
    take_back_all,
)
from tests.storage.keeping import Records, Someone, arrives, statements


@pytest.fixture
def someone(records: Records) -> Someone:
    return records.write(arrives)


def previewed(
    records: Records, someone: Someone, recipient: str = "Nan 🐶"
) -> PlanShareId:
    now = records.watch.now
    part = SharedSection(SectionId.LIFT_OR_CALM, "Calm", ("tea",))
    preview = Preview(
        recipient, SharedPlan(None, now, (part,)), 1, now + timedelta(days=30)
    )
    return records.write(
        lambda unit: unit.plan_shares.preview(someone.id, preview, now)
    )


def agrees(records: Records, share: PlanShareId) -> str | None:
    now = records.watch.now
    return records.write(lambda unit: unit.plan_shares.agree(share, now))


def opens(records: Records, token: str) -> str | None:
    now = records.watch.now
    found = records.write(lambda unit: unit.plan_shares.opened_by(token, now))
    return found and found.recipient


def test_a_preview_shows_nothing_until_it_is_agreed_to(
    records: Records, someone: Someone
) -> None:
    share = previewed(records, someone)
    token = agrees(records, share)

    assert token is not None
    assert opens(records, token) == "Nan 🐶"
    assert opens(records, token + "x") is None
    (kept,) = records.read(lambda unit: unit.plan_shares.of_person(someone.id))
    assert kept.status(records.watch.now) is ShareStatus.OPEN
    assert kept.last_opened_at == records.watch.now
    assert kept.shown.sections[0].lines == ("tea",)


def test_agreeing_twice_makes_no_second_link(
    records: Records, someone: Someone
) -> None:
    share = previewed(records, someone)

    assert agrees(records, share) is not None
    assert agrees(records, share) is None
    assert agrees(records, PlanShareId(new_id())) is None


def test_an_expired_share_shows_nothing(records: Records, someone: Someone) -> None:
    token = agrees(records, previewed(records, someone))
    records.watch.move(days=30)

    assert opens(records, token) is None


def test_a_share_taken_back_shows_nothing_and_its_words_are_gone(
    records: Records, someone: Someone
) -> None:
    token = agrees(records, previewed(records, someone))
    previewed(records, someone, "Ms Khan")

    def unshares(unit: object) -> int:
        return take_back_all(unit.plan_shares, someone.id, now=records.watch.now)

    assert records.write(unshares) == 1
    assert records.write(unshares) == 0
    assert opens(records, token) is None
    for kept in records.read(lambda unit: unit.plan_shares.of_person(someone.id)):
        assert kept.content is None
        assert kept.status(records.watch.now) is ShareStatus.TAKEN_BACK


def test_a_forgotten_persons_shares_are_gone(
    records: Records, someone: Someone
) -> None:
    token = agrees(records, previewed(records, someone))
    records.write(lambda unit: unit.people.forget(someone.id))

    assert opens(records, token) is None


def test_every_kind_of_no_is_one_and_the_same_look_and_writes_nothing(
    records: Records, someone: Someone
) -> None:
    back, over = (previewed(records, someone) for _ in range(2))
    taken_back, too_old = agrees(records, back), agrees(records, over)
    now = records.watch.now
    records.write(lambda unit: unit.plan_shares.take_back(back, now))
    assert opens(records, str(too_old)) is not None
    records.watch.move(days=31)
    done = {}
    for kind, token in {
        "unknown": "A" * 22,
        "no token at all": "x",
        "too old": str(too_old),
        "taken back": str(taken_back),
    }.items():
        with statements() as seen:
            assert opens(records, token) is None, kind
        done[kind] = [each for each in seen if "plan_shares" in each]

    assert len(done["unknown"]) == 1
    assert all(work == done["unknown"] for work in done.values()), done
