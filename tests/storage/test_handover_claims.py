"""Two people can never both take a case, on either database, however many try."""

import asyncio

import pytest
from sqlalchemy import func, select

from bot.languages import Languages
from bot.words import Words
from foundations.ids import HandoverCaseId, OrganisationId
from handover import InformationSet, ItemKind, Organisations, SharedItem, agree, propose
from runtime.wiring.handover import HandoverSide, handover_side
from signposting import load as load_directory
from storage import Database, Keys, UnitOfWork
from storage.records import Owner
from storage.staff.records import StaffRole
from storage.tables.core import handover_steps
from tests.storage.keeping import Records, Someone, arrives

DEMO = OrganisationId("demo")
REACH = InformationSet((SharedItem(ItemKind.HOW_TO_REACH, "How to reach you: here"),))


def side(records: Records) -> HandoverSide:
    return handover_side(
        records.database,
        Organisations.load(),
        Languages.load(Words.load()),
        load_directory(sample=True),
        records.watch,
        "http://127.0.0.1",
    )


def shares(unit: UnitOfWork, someone: Someone) -> HandoverCaseId:
    draft = propose(
        unit.consents,
        young_person=someone.id,
        conversation=someone.conversation,
        organisation=DEMO,
        information=REACH,
    )
    case = agree(
        unit.consents,
        unit.handovers,
        young_person=someone.id,
        conversation=someone.conversation,
        draft=draft,
        also_draft=None,
        now=unit.clock(),
        waits_from=None,
    )
    unit.conversations.set_owner(someone.conversation, Owner.WAITING, case)
    return case


def test_of_a_hundred_claims_at_once_one_wins(records: Records, keys: Keys) -> None:
    someone = records.write(arrives)
    case = records.write(lambda unit: shares(unit, someone))
    moves = side(records).moves
    workers = records.write(
        lambda unit: [
            unit.staff.add(name=f"Worker {n}", role=StaffRole.WORKER, organisation=DEMO)
            for n in range(100)
        ]
    )
    # Two gateways on the same records, so that more than one writer is in the race.
    other = Database(records.url, keys, records.watch)

    async def all_at_once() -> list[bool]:
        gateways = (records.database, other)
        tries = (
            gateways[n % 2].write(
                lambda unit, worker=worker: moves.claim(
                    unit, unit.handovers.get(case), worker
                )
            )
            for n, worker in enumerate(workers)
        )
        found = await asyncio.gather(*tries)
        await other.close()
        return list(found)

    won = asyncio.run(all_at_once())

    assert sorted(won) == [False] * 99 + [True]
    winner = workers[won.index(True)]
    assert records.read(lambda unit: unit.handovers.get(case).claimed_by) == winner
    steps = select(func.count()).where(handover_steps.c.handover_case == case)
    assert records.read(lambda unit: unit.connection.execute(steps).scalar()) == 2
    told = records.read(
        lambda unit: unit.messages.after(someone.conversation, None, 1000)
    )
    assert [message.key for message in told] == ["handover.claimed"]


@pytest.mark.parametrize("move", ["release", "hand_back", "close"])
def test_only_the_first_of_two_moves_counts(records: Records, move: str) -> None:
    someone = records.write(arrives)
    case = records.write(lambda unit: shares(unit, someone))
    moves = side(records).moves
    worker = records.write(
        lambda unit: unit.staff.add(
            name="Kim Day", role=StaffRole.WORKER, organisation=DEMO
        )
    )
    records.write(lambda unit: moves.claim(unit, unit.handovers.get(case), worker))
    held = records.read(lambda unit: unit.handovers.get(case))
    done = records.write_together(
        *(lambda unit: getattr(moves, move)(unit, held, worker) for _ in range(5))
    )

    assert sorted(done) == [False] * 4 + [True]
