"""Private links: few uses, a day, a PIN; and every kind of no is the same no."""

import pytest
from sqlalchemy import select

from foundations.ids import new_id
from foundations.saying import Channel
from storage.plan_links import MOST_OPENED, MOST_WRONG_PINS
from storage.retention import read_periods
from storage.retention_rules import Kind
from storage.tables.pages import plan_copies, plan_links, plan_pins, plan_visits
from tests.storage.keeping import Records, Someone, arrives, statements


@pytest.fixture
def robin(records: Records) -> Someone:
    return records.write(arrives)


def asks_for_a_link(records: Records, someone: Someone) -> str:
    return records.write(lambda unit: unit.plan_links.make(someone.id, Channel.SMS))


def opens(records: Records, token: str, pin: str = "") -> str | None:
    """Open a link and say whose plan the visit shows."""
    visit = records.write(lambda unit: unit.plan_links.open(token, pin))
    if visit is None:
        return None
    return records.read(lambda unit: unit.plan_visits.visitor(visit))


def chooses(records: Records, someone: Someone, pin: str) -> None:
    records.write(lambda unit: unit.plan_links.set_pin(someone.id, pin))


def test_a_link_opens_a_few_times_and_then_no_more(
    records: Records, robin: Someone
) -> None:
    token = asks_for_a_link(records, robin)

    assert [opens(records, token) for _ in range(MOST_OPENED)] == [robin.id] * 3
    assert opens(records, token) is None


def test_a_link_ends_after_a_day(records: Records, robin: Someone) -> None:
    token = asks_for_a_link(records, robin)
    records.watch.move(hours=23)
    assert opens(records, token) == robin.id
    records.watch.move(hours=1)

    assert opens(records, token) is None


def test_a_new_link_takes_the_place_of_the_one_before(
    records: Records, robin: Someone
) -> None:
    old, new = asks_for_a_link(records, robin), asks_for_a_link(records, robin)

    assert opens(records, old) is None
    assert opens(records, new) == robin.id


def test_with_a_pin_only_the_right_one_opens(records: Records, robin: Someone) -> None:
    chooses(records, robin, "2468")
    token = asks_for_a_link(records, robin)

    assert opens(records, token) is None
    assert opens(records, token, "1357") is None
    assert opens(records, token, "2468") == robin.id


def test_five_wrong_pins_lock_a_link_even_for_the_right_one(
    records: Records, robin: Someone
) -> None:
    chooses(records, robin, "2468")
    token = asks_for_a_link(records, robin)
    guesses = [opens(records, token, f"{n}000") for n in range(MOST_WRONG_PINS)]

    assert guesses == [None] * MOST_WRONG_PINS
    assert opens(records, token, "2468") is None


def test_guesses_sent_together_are_counted_one_by_one(
    records: Records, robin: Someone
) -> None:
    chooses(records, robin, "0019")
    token = asks_for_a_link(records, robin)
    found = records.write_together(
        *(
            lambda unit, pin=f"{n:04}": unit.plan_links.open(token, pin)
            for n in range(20)
        )
    )

    assert found == [None] * 20


def test_after_a_lock_a_link_asked_for_anew_opens_without_the_pin(
    records: Records, robin: Someone
) -> None:
    chooses(records, robin, "2468")
    token = asks_for_a_link(records, robin)
    for _ in range(MOST_WRONG_PINS):
        opens(records, token, "1357")

    assert opens(records, asks_for_a_link(records, robin)) == robin.id
    assert not records.read(lambda unit: unit.plan_links.has_pin(robin.id))


def test_a_pin_of_one_person_is_not_the_same_hash_for_another(
    records: Records, robin: Someone
) -> None:
    sam = records.write(arrives)
    chooses(records, robin, "2468")
    chooses(records, sam, "2468")
    kept = records.read(lambda unit: unit.connection.execute(select(plan_pins)).all())

    assert len({row.pin_hash for row in kept}) == 2


def test_every_kind_of_no_does_the_same_work_and_gives_the_same_answer(
    records: Records, robin: Someone
) -> None:
    used = asks_for_a_link(records, robin)
    for _ in range(MOST_OPENED):
        opens(records, used)
    sam, kim, lee = (records.write(arrives) for _ in range(3))
    chooses(records, sam, "2468")
    wrong_pin = asks_for_a_link(records, sam)
    chooses(records, kim, "2468")
    locked = asks_for_a_link(records, kim)
    for _ in range(MOST_WRONG_PINS):
        opens(records, locked, "1357")
    old = asks_for_a_link(records, lee)
    records.watch.move(hours=24)
    wrong_pin = asks_for_a_link(records, sam)
    done = {}
    for kind, token in {
        "guessed": new_id(),
        "not even a token": "x",
        "used": used,
        "locked": locked,
        "old": old,
        "wrong pin": wrong_pin,
    }.items():
        with statements() as seen:
            assert opens(records, token, "9999") is None, kind
        done[kind] = [each for each in seen if "plan_" in each]

    assert len(done["guessed"]) == 2
    assert all(work == done["guessed"] for work in done.values()), done


def test_a_visit_ends_after_an_hour_unless_something_is_done(
    records: Records, robin: Someone
) -> None:
    visit = records.write(lambda unit: unit.plan_visits.begin(robin.id))
    records.watch.move(minutes=50)
    assert records.write(lambda unit: unit.plan_visits.go_on(visit)) == robin.id
    records.watch.move(minutes=59)
    assert records.read(lambda unit: unit.plan_visits.visitor(visit)) == robin.id
    records.watch.move(minutes=1)

    assert records.write(lambda unit: unit.plan_visits.go_on(visit)) is None


def test_a_visit_never_lasts_half_a_day(records: Records, robin: Someone) -> None:
    visit = records.write(lambda unit: unit.plan_visits.begin(robin.id))
    stayed = 0
    while records.write(lambda unit: unit.plan_visits.go_on(visit)):
        records.watch.move(minutes=30)
        stayed += 30

    assert stayed == 12 * 60


def test_a_phone_may_keep_its_copy_until_it_or_every_copy_is_removed(
    records: Records, robin: Someone
) -> None:
    def may_keep(token: str) -> bool:
        return records.write(lambda unit: unit.plan_visits.may_keep(token))

    first, second, third = (
        records.write(lambda unit: unit.plan_visits.keep_copy(robin.id))
        for _ in range(3)
    )
    records.write(lambda unit: unit.plan_visits.drop_copy(first))
    assert [may_keep(first), may_keep(second), may_keep(third)] == [False, True, True]
    records.write(lambda unit: unit.plan_visits.drop_copies(robin.id))

    assert not may_keep(second)
    assert records.read(lambda unit: unit.plan_visits.copies(robin.id)) == 0


def test_forgetting_a_person_ends_links_visits_and_copies(
    records: Records, robin: Someone
) -> None:
    token = asks_for_a_link(records, robin)
    chooses(records, robin, "2468")
    copy = records.write(lambda unit: unit.plan_visits.keep_copy(robin.id))
    visit = records.write(lambda unit: unit.plan_visits.begin(robin.id))
    records.write(lambda unit: unit.people.forget(robin.id))

    assert opens(records, token, "2468") is None
    assert not records.read(lambda unit: unit.plan_visits.may_keep(copy))
    assert records.read(lambda unit: unit.plan_visits.visitor(visit)) is None
    for table in (plan_links, plan_pins, plan_visits, plan_copies):
        left = records.read(
            lambda unit, t=table: unit.connection.execute(select(t)).all()
        )
        assert left == []


def test_neither_token_nor_pin_is_kept_as_it_is(
    records: Records, robin: Someone
) -> None:
    token = asks_for_a_link(records, robin)
    chooses(records, robin, "24682468")

    def everything(unit: object) -> str:
        tables = (plan_links, plan_pins)
        rows = [unit.connection.execute(select(t)).all() for t in tables]  # type: ignore[attr-defined]
        return repr(rows)

    kept = records.read(everything)
    assert token not in kept
    assert bytes.fromhex(token).hex() not in kept
    assert "24682468" not in kept
    assert len(token) == 32


def test_a_pin_and_a_link_outlive_a_phone_and_a_web_chat_becoming_one(
    records: Records,
) -> None:
    phone = records.write(lambda unit: arrives(unit, "+447700900123"))
    web = records.write(arrives)
    chooses(records, web, "2468")
    token = asks_for_a_link(records, web)
    records.write(
        lambda unit: unit.joining.join(
            stays=unit.conversations.get(phone.conversation),
            goes=unit.conversations.get(web.conversation),
            now=unit.clock(),
        )
    )

    assert opens(records, token, "1357") is None
    assert opens(records, token, "2468") == phone.id


def test_links_and_visits_that_are_over_are_not_kept(
    records: Records, robin: Someone
) -> None:
    asks_for_a_link(records, robin)
    records.write(lambda unit: unit.plan_visits.begin(robin.id))
    records.watch.move(days=3)
    gone = records.write(
        lambda unit: unit.retention.remove_some(Kind.SIGNING_IN, read_periods(), 10)
    )

    assert gone == 2
