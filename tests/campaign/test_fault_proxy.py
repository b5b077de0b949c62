"""The fault proxy does to a connection what its weather says, and nothing else."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.campaign.fault_proxy import HOST, Fault, FaultProxy, Weather

LINE = b"0123456789\n"


@asynccontextmanager
async def an_echo_behind_a_proxy() -> AsyncIterator[FaultProxy]:
    async def echo(r: asyncio.StreamReader, w: asyncio.StreamWriter) -> None:
        try:
            while line := await r.readline():
                w.write(line)
                await w.drain()
        except OSError:
            pass
        finally:
            w.close()

    server = await asyncio.start_server(echo, HOST, 0)
    proxy = FaultProxy(server.sockets[0].getsockname()[1])
    await proxy.open()
    yield proxy
    await proxy.close()
    server.close()


async def said_back(proxy: FaultProxy, within: float = 0.5) -> bytes:
    """Send one line and give what comes back until the end or the time."""
    reader, writer = await asyncio.open_connection(HOST, proxy.port)
    writer.write(LINE)
    got = b""
    try:
        async with asyncio.timeout(within):
            while len(got) < len(LINE) and (piece := await reader.read(100)):
                got += piece
    finally:
        writer.close()
    return got


def under(weather: Weather, within: float = 0.5) -> bytes:
    async def go() -> bytes:
        async with an_echo_behind_a_proxy() as proxy:
            await proxy.turn(weather)
            return await said_back(proxy, within)

    return asyncio.run(go())


def test_in_fair_weather_everything_passes() -> None:
    assert under(Weather()) == LINE


def test_a_delay_and_a_throttle_pass_everything_late() -> None:
    assert under(Weather(Fault.DELAY, seconds=0.05)) == LINE
    assert under(Weather(Fault.THROTTLE, bytes_per_s=200), within=5) == LINE


def test_a_black_hole_gives_nothing_and_no_end() -> None:
    with pytest.raises(TimeoutError):
        under(Weather(Fault.BLACK_HOLE), within=0.1)


@pytest.mark.parametrize("after", [0, 5, 15])
def test_a_reset_comes_after_exactly_so_many_bytes_of_both_directions(
    after: int,
) -> None:
    with pytest.raises(ConnectionError):
        under(Weather(Fault.RESET, after_bytes=after))


def test_a_cut_answer_ends_where_it_was_cut() -> None:
    weather = Weather(Fault.TRUNCATE, after_bytes=len(LINE) + 4)

    assert under(weather) == LINE[:4]
    assert under(Weather(Fault.HALF_CLOSE, after_bytes=len(LINE) + 4)) == LINE[:4]


def test_a_refused_door_opens_again_at_the_same_place() -> None:
    async def go() -> bytes:
        async with an_echo_behind_a_proxy() as proxy:
            await proxy.turn(Weather(Fault.REFUSE))
            with pytest.raises(ConnectionRefusedError):
                await said_back(proxy)
            await proxy.turn(Weather())
            return await said_back(proxy)

    assert asyncio.run(go()) == LINE
