"""Works that are written together stay apart: each is kept or refused by itself."""

import asyncio
import threading
from collections.abc import Callable

import pytest

from foundations.saying import Reply
from storage import (
    Database,
    DatabaseUnavailable,
    Keys,
    Outage,
    RecordConflict,
    UnitOfWork,
)
from storage.staff.records import ChatLink
from tests.storage.keeping import Records, Someone, Watch, arrives, hears, says


class Blocked:
    """A work that holds the writer until it is let go, so that others pile up."""

    def __init__(self) -> None:
        self.started = threading.Event()
        self.may_end = threading.Event()

    def __call__(self, unit: UnitOfWork) -> None:
        self.started.set()
        self.may_end.wait(5)


def puts(slug: str) -> Callable[[UnitOfWork], None]:
    return lambda unit: unit.chat_links.put(ChatLink(slug, "demo", True))


def fails_after_putting(slug: str) -> Callable[[UnitOfWork], None]:
    def work(unit: UnitOfWork) -> None:
        unit.chat_links.put(ChatLink(slug, "demo", True))
        raise LookupError("on purpose")

    return work


def breaks_a_rule_after_putting(slug: str) -> Callable[[UnitOfWork], None]:
    def work(unit: UnitOfWork) -> None:
        unit.chat_links.put(ChatLink(slug, "demo", True))
        nobody = Someone("nobody", "nowhere")
        hears(unit, nobody, "hello")

    return work


def test_a_work_that_fails_undoes_itself_and_nobody_else(records: Records) -> None:
    outcomes = records.write_together(
        puts("first"),
        fails_after_putting("second"),
        puts("third"),
        breaks_a_rule_after_putting("fourth"),
        puts("fifth"),
    )

    kept = {
        slug: records.read(lambda unit, slug=slug: unit.chat_links.get(slug))
        for slug in ("first", "second", "third", "fourth", "fifth")
    }
    assert [slug for slug, link in kept.items() if link] == ["first", "third", "fifth"]
    assert isinstance(outcomes[1], LookupError)
    assert isinstance(outcomes[3], RecordConflict)
    assert outcomes[0] is outcomes[2] is outcomes[4] is None


def test_a_single_work_that_fails_undoes_itself(records: Records) -> None:
    with pytest.raises(LookupError):
        records.write(fails_after_putting("alone"))

    records.write(puts("next"))
    assert records.read(lambda unit: unit.chat_links.get("alone")) is None
    assert records.read(lambda unit: unit.chat_links.get("next")) is not None


def test_works_that_wait_are_written_in_the_order_they_came(records: Records) -> None:
    someone = records.write(arrives)
    texts = [str(number) for number in range(200)]
    records.write_together(
        *(
            lambda unit, text=text: says(unit, someone, Reply("key", text))
            for text in texts
        )
    )

    said = records.read(
        lambda unit: unit.messages.after(someone.conversation, None, limit=500)
    )
    assert [message.text for message in said] == texts
    assert [message.sequence for message in said] == list(range(1, 201))


def test_what_was_asked_for_after_the_commit_is_done_only_after_it(
    records: Records,
) -> None:
    seen: list[bool] = []

    def work(unit: UnitOfWork) -> None:
        unit.chat_links.put(ChatLink("later", "demo", True))
        unit.after_commit(
            lambda: seen.append(bool(records.read(lambda u: u.chat_links.get("later"))))
        )

    records.write(work)

    assert seen == [True]


def test_what_was_asked_for_after_the_commit_is_left_out_when_the_work_fails(
    records: Records,
) -> None:
    seen: list[str] = []

    def work(unit: UnitOfWork) -> None:
        unit.after_commit(lambda: seen.append("called"))
        raise LookupError("on purpose")

    with pytest.raises(LookupError):
        records.write(work)

    assert seen == []


def test_each_of_many_works_has_what_it_asked_for_done_once(records: Records) -> None:
    seen: list[str] = []

    def notes(what: str, *, fails: bool = False) -> Callable[[UnitOfWork], None]:
        def work(unit: UnitOfWork) -> None:
            unit.after_commit(lambda: seen.append(what))
            if fails:
                raise LookupError("on purpose")

        return work

    for _ in range(3):
        records.write_together(notes("first"), notes("no", fails=True), notes("last"))

    assert seen == ["first", "last"] * 3


def test_a_hook_that_fails_harms_neither_its_work_nor_the_next(
    records: Records,
) -> None:
    def work(unit: UnitOfWork) -> str:
        unit.after_commit(lambda: 1 / 0)
        return "kept"

    assert records.write(work) == "kept"
    assert records.write(lambda unit: "next") == "next"


def test_a_wait_has_an_end_and_the_work_is_taken_back(
    database_url: str, keys: Keys, records: Records
) -> None:
    impatient = Records(
        Database(database_url, keys, longest_wait_s=0.2), records.watch, database_url
    )
    blocked = Blocked()
    outcomes = impatient.write_together(blocked, puts("too-late"))
    blocked.may_end.set()

    assert all(isinstance(outcome, DatabaseUnavailable) for outcome in outcomes)
    assert impatient.write(lambda unit: unit.chat_links.get("nothing")) is None
    impatient.close()


def test_a_read_cannot_write(records: Records) -> None:
    with pytest.raises(DatabaseUnavailable) as refused:
        records.read(puts("sneaky"))

    assert refused.value.code is Outage.READ_ONLY


def test_after_closing_nothing_is_accepted_silently(
    database_url: str, keys: Keys
) -> None:
    records = Records(Database(database_url, keys), Watch(), database_url)
    records.close()

    for use in (records.write, records.read):
        with pytest.raises(DatabaseUnavailable) as refused:
            use(puts("late"))
        assert refused.value.code is Outage.CLOSED


def test_what_takes_a_message_in_is_written_before_what_answers_one(
    records: Records,
) -> None:
    blocked, order = Blocked(), list[str]()

    def notes(what: str) -> Callable[[UnitOfWork], None]:
        return lambda unit: unit.after_commit(lambda: order.append(what))

    async def all_of_them() -> None:
        write = records.database.write
        holding = asyncio.create_task(write(blocked))
        await asyncio.to_thread(blocked.started.wait, 5)
        others = [write(notes(f"answers {n}")) for n in range(100)]
        first = [write(notes(f"accepts {n}"), first=True) for n in range(100)]
        waiting = asyncio.gather(*others, *first)
        await asyncio.sleep(0)
        blocked.may_end.set()
        await asyncio.gather(holding, waiting)

    asyncio.run(all_of_them())

    accepted = [one for one in order if one.startswith("accepts")]
    answered = [one for one in order if one.startswith("answers")]
    assert accepted == [f"accepts {n}" for n in range(100)]
    assert answered == [f"answers {n}" for n in range(100)]
    # And a few answers go with every lot: they do not wait for the last one accepted.
    assert order[0] == "accepts 0"
    assert order.index("answers 0") < order.index("accepts 99")
    assert order.index("accepts 99") < order.index("answers 50")
