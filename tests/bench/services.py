"""Starts what is measured, as real processes, each in a folder below var/bench."""

import asyncio
import os
import secrets
import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from pydantic import SecretStr

from runtime import model
from runtime.model import RASA_PYTHON
from runtime.settings import ROOT, Settings
from runtime.supervisor import free_port, gateway, rasa, with_free_choices
from runtime.watched import Pace, Watched
from tests.bench.people import Line
from tests.bench.records import Records

BENCH: Final = ROOT / "var" / "bench"
STOCK: Final = BENCH / "stock"
NUMBER: Final = "+447700900000"
STARTS_WITHIN_S: Final = 300.0
LENIENT: Final = Pace(probe_timeout_s=60, misses=100)
"""A service that is busy being measured is not replaced for it."""
QUIET: Final = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "PYTHONWARNINGS": "ignore",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
}


class DidNotStart(Exception):
    """A service under test did not come up; its log says why."""


class Restarted(Exception):
    """A service under test was started again in the middle: the figures are void."""


@dataclass(frozen=True)
class Running:
    """Handrail with a fresh database: where it is and where it keeps things.

    `process` is the gateway's process id.
    """

    line: Line
    home: Path
    records: Records
    process: int = 0

    @property
    def port(self) -> int:
        """The gateway's port."""
        return self.line.port


def make_stock_project() -> None:
    """Make and train Rasa's template once; a second call finds it there."""
    if list((STOCK / "models").glob("*.tar.gz")):
        return
    shutil.rmtree(STOCK, ignore_errors=True)
    STOCK.mkdir(parents=True)
    command = [str(RASA_PYTHON), "-m", "rasa", "init", "--no-prompt"]
    with (BENCH / "stock-training.log").open("w") as lines:
        subprocess.run(
            [*command, "--init-dir", str(STOCK)],
            cwd=STOCK,
            env={**os.environ, **QUIET},
            stdout=lines,
            stderr=lines,
            check=True,
        )


@asynccontextmanager
async def stock_rasa() -> AsyncIterator[int]:
    """Run the template bot with its REST channel, and give its port."""
    port = free_port()
    trained = max((STOCK / "models").glob("*.tar.gz"))
    command = [str(RASA_PYTHON), "-m", "rasa", "run"]
    command += ["--interface", "127.0.0.1", "--port", str(port)]
    command += ["--credentials", str(STOCK / "credentials.yml")]
    command += ["--endpoints", str(STOCK / "endpoints.yml"), "--model", str(trained)]
    watched = Watched(
        name="stock",
        command=command,
        environment={**os.environ, **QUIET, "PYTHONPATH": str(ROOT)},
        probe=f"http://127.0.0.1:{port}/",
        output=BENCH / "stock.log",
        start_within_s=STARTS_WITHIN_S,
        pace=LENIENT,
    )
    async with kept(watched):
        yield port


@asynccontextmanager
async def handrail(
    twilio_port: int, *, with_rasa: bool, **more: str
) -> AsyncIterator[Running]:
    """Run the gateway on an empty SQLite file, with Rasa or with Rasa stopped.

    `more` is more of its environment.
    """
    home = BENCH / ("handrail" if with_rasa else "handrail-without-rasa")
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    settings = with_free_choices(settings_for(home, twilio_port))
    own = {**environment_of(settings), **more}
    parts = [gateway(settings, home)]
    if with_rasa:
        parts.append(rasa(settings, home, await asyncio.to_thread(model.make_ready)))
    parts = [lenient(part, own) for part in parts]
    async with kept(*parts):
        token = settings.twilio_auth_token.get_secret_value()
        line = Line(settings.port, settings.twilio_account_sid, token, NUMBER)
        process = parts[0].process
        records = Records(f"sqlite:///{home / 'handrail.sqlite3'}")
        yield Running(line, home, records, process.pid if process else 0)


def settings_for(home: Path, twilio_port: int) -> Settings:
    """Give a gateway with an account of its own at a far end of texts."""
    return Settings(
        home=home,
        PORT=free_port(),
        twilio_account_sid="AC" + secrets.token_hex(16),
        twilio_auth_token=SecretStr(secrets.token_hex(16)),
        twilio_numbers=NUMBER,
        twilio_api=f"http://127.0.0.1:{twilio_port}",
    )


def environment_of(settings: Settings) -> dict[str, str]:
    """Say the same in the environment of a process."""
    return {
        "HANDRAIL_HOME": str(settings.home),
        "HANDRAIL_TWILIO_ACCOUNT_SID": settings.twilio_account_sid,
        "HANDRAIL_TWILIO_AUTH_TOKEN": settings.twilio_auth_token.get_secret_value(),
        "HANDRAIL_TWILIO_NUMBERS": settings.twilio_numbers,
        "HANDRAIL_TWILIO_API": settings.twilio_api,
    }


def lenient(part: Watched, own: dict[str, str]) -> Watched:
    """Give a process its environment, and time: it is busy being measured."""
    return replace(
        part,
        environment={**part.environment, **own},
        start_within_s=STARTS_WITHIN_S,
        pace=LENIENT,
    )


@asynccontextmanager
async def kept(*parts: Watched, may_be_replaced: bool = False) -> AsyncIterator[None]:
    """Keep the processes running, and see that none was replaced meanwhile."""
    keeping = [asyncio.create_task(part.keep_alive()) for part in parts]
    try:
        for part in parts:
            await _ready(part)
        yield
        if not may_be_replaced and any(part.starts != 1 for part in parts):
            raise Restarted([part.name for part in parts if part.starts != 1])
    finally:
        for task in keeping:
            task.cancel()
        await asyncio.gather(*keeping, return_exceptions=True)


async def _ready(part: Watched) -> None:
    try:
        async with asyncio.timeout(STARTS_WITHIN_S):
            await part.ready.wait()
    except TimeoutError:
        raise DidNotStart(f"{part.name}: see {part.output}") from None
