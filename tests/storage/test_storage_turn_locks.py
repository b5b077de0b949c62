"""One person's turn is one gateway's, until it is given back or its holder is gone."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg
import pytest

from storage import DatabaseUnavailable, Outage
from storage.turn_locks import TurnLocks
from tests.storage.postgres import Postgres

pytestmark = pytest.mark.slow


@asynccontextmanager
async def two_gateways(
    url: str, longest_wait_s: float = 30
) -> AsyncIterator[tuple[TurnLocks, TurnLocks]]:
    here, there = TurnLocks(url, longest_wait_s), TurnLocks(url, longest_wait_s)
    try:
        yield here, there
    finally:
        await here.close()
        await there.close()


def holders(postgres: Postgres) -> list[int]:
    """The server's own list of who holds a turn, as process numbers."""
    found = postgres.run_sql(
        "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted"
    )
    return [row[0] for row in found]  # type: ignore[index]


def test_a_turn_is_waited_for_until_it_is_given_back(postgres_url: str) -> None:
    async def check() -> None:
        async with two_gateways(postgres_url) as (here, there):
            await here.take("robin")
            waiting = asyncio.ensure_future(there.take("robin"))
            await there.take("sam")

            assert not waiting.done()
            await here.let_go("robin")
            async with asyncio.timeout(10):
                await waiting

    asyncio.run(check())


def test_the_turn_of_a_gateway_that_is_gone_is_free(
    postgres_url: str, postgres: Postgres
) -> None:
    async def check() -> None:
        async with two_gateways(postgres_url) as (here, there):
            await here.take("robin")
            for pid in holders(postgres):
                postgres.run_sql(f"SELECT pg_terminate_backend({pid})")
            async with asyncio.timeout(10):
                await there.take("robin")

            # Whoever lost it gives back nothing that is another's.
            await here.let_go("robin")
            assert len(holders(postgres)) == 1

    asyncio.run(check())


def test_a_connection_that_was_cut_is_replaced(
    postgres_url: str, postgres: Postgres
) -> None:
    async def check() -> None:
        async with two_gateways(postgres_url) as (here, _there):
            await here.take("robin")
            for pid in holders(postgres):
                postgres.run_sql(f"SELECT pg_terminate_backend({pid})")
            await here.take("sam")

            assert len(holders(postgres)) == 1

    asyncio.run(check())


def test_nobody_waits_for_a_turn_for_ever(postgres_url: str) -> None:
    async def check() -> None:
        async with two_gateways(postgres_url, longest_wait_s=0) as (here, there):
            await here.take("robin")
            with pytest.raises(DatabaseUnavailable) as refused:
                await there.take("robin")

            assert refused.value.code is Outage.LOCKED

    asyncio.run(check())


def test_without_a_server_it_is_unavailable() -> None:
    async def check() -> None:
        with pytest.raises(DatabaseUnavailable):
            await TurnLocks("postgresql://nobody@127.0.0.1:1/none").take("robin")

    asyncio.run(check())


def test_no_turn_names_whose_it_is(postgres_url: str, postgres: Postgres) -> None:
    async def check() -> None:
        async with two_gateways(postgres_url) as (here, _there):
            await here.take("robin")
            with psycopg.connect(postgres_url) as connection:
                found = connection.execute(
                    "SELECT query FROM pg_stat_activity WHERE query ILIKE '%robin%'"
                    " AND pid <> pg_backend_pid()"
                ).fetchall()

            assert found == []

    asyncio.run(check())
