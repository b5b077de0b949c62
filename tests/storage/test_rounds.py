"""Work in rounds: it is woken, and it ends when it is told to."""

import asyncio

from gateway.rounds import Rounds


class NothingToDo(Rounds):
    name = "nothing to do"
    look_every_s = 60

    def __init__(self) -> None:
        super().__init__()
        self.looks = asyncio.Semaphore(0)

    async def do_round(self) -> bool:
        self.looks.release()
        return False


def test_being_woken_is_having_another_look() -> None:
    async def looks_twice() -> None:
        rounds = NothingToDo()
        running = asyncio.create_task(rounds.run())
        async with asyncio.timeout(30):
            await rounds.looks.acquire()
            rounds.wake()
            await rounds.looks.acquire()
        running.cancel()
        await asyncio.wait([running])

    asyncio.run(looks_twice())


def test_being_woken_often_is_one_look_for_those_who_gather() -> None:
    class Gathers(NothingToDo):
        gathers_s = 0.2

    async def looks() -> int:
        rounds = Gathers()
        running = asyncio.create_task(rounds.run())
        async with asyncio.timeout(30):
            await rounds.looks.acquire()
            for _ in range(5):
                rounds.wake()
                await asyncio.sleep(0)
            await rounds.looks.acquire()
        await asyncio.sleep(0.01)
        more = 0 if rounds.looks.locked() else 1
        running.cancel()
        await asyncio.wait([running])
        return more

    assert asyncio.run(looks()) == 0


def test_it_ends_though_it_is_woken_in_that_very_moment() -> None:
    async def is_over() -> bool:
        rounds = NothingToDo()
        running = asyncio.create_task(rounds.run())
        await rounds.looks.acquire()
        await asyncio.sleep(0)
        rounds.wake()
        running.cancel()
        over, _ = await asyncio.wait([running], timeout=30)
        return running in over

    assert asyncio.run(is_over())
