"""`make run`: train if needed, start the processes, watch them, stop them all."""

import asyncio
import os
import secrets
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path

from gateway.rasa.addresses import ACTIONS_PATH
from runtime import model
from runtime.logs import set_up_logs
from runtime.settings import ROOT, Settings
from runtime.watched import Pace, Watched
from runtime.words_read import words_are_read

LOOPBACK = "127.0.0.1"


async def run(settings: Settings) -> None:
    """Run until Ctrl-C or SIGTERM; then nothing of ours is left running."""
    set_up_logs()
    settings.check()
    words_are_read(settings)
    refuse_busy_port(settings)
    trained = await asyncio.to_thread(model.make_ready, settings.model)
    settings = with_free_choices(settings)
    logs = settings.home / "log"
    logs.mkdir(parents=True, exist_ok=True)
    stopping = asyncio.Event()
    for stop in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(stop, stopping.set)
    running: list[asyncio.Task[None]] = []
    try:
        await _start(settings, logs, trained, running)
        await stopping.wait()
        print("\nStopping ...", flush=True)
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


async def _start(
    settings: Settings, logs: Path, trained: Path, running: list[asyncio.Task[None]]
) -> None:
    """Start the slowest first: Rasa needs nothing that the rest makes ready."""
    dialogue, door = rasa(settings, logs, trained), gateway(settings, logs)
    running.append(asyncio.create_task(dialogue.keep_alive()))
    sign_in = await asyncio.to_thread(lambda: asyncio.run(first_sign_in(settings)))
    running.append(asyncio.create_task(door.keep_alive()))
    running.append(asyncio.create_task(announce(settings, door, dialogue, sign_in)))


async def run_dialogue(settings: Settings) -> None:
    """Run and watch Rasa alone, until Ctrl-C or SIGTERM.

    Its port and its secret must be the ones the gateway was given.
    """
    set_up_logs()
    settings.check()
    if not settings.rasa_port or not settings.rasa_secret.get_secret_value():
        sys.exit("Set HANDRAIL_RASA_PORT and HANDRAIL_RASA_SECRET, as for the gateway.")
    trained = await asyncio.to_thread(model.make_ready, settings.model)
    logs = settings.home / "log"
    logs.mkdir(parents=True, exist_ok=True)
    keeping = asyncio.create_task(rasa(settings, logs, trained).keep_alive())
    for stop in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(stop, keeping.cancel)
    with suppress(asyncio.CancelledError):
        await keeping


def with_free_choices(settings: Settings) -> Settings:
    """Choose what was left open: Rasa's port, and the secret between the two."""
    return settings.model_copy(
        update={
            "rasa_port": settings.rasa_port or free_port(),
            "rasa_secret": settings.rasa_secret
            if settings.rasa_secret.get_secret_value()
            else type(settings.rasa_secret)(secrets.token_urlsafe(32)),
        }
    )


def gateway(settings: Settings, logs: Path) -> Watched:
    """Say how the gateway is started and probed."""
    return Watched(
        name="gateway",
        command=[sys.executable, "-m", "runtime", "gateway"],
        environment=_environment(settings),
        probe=f"http://{LOOPBACK}:{settings.port}/health",
        output=logs / "gateway.log",
        start_within_s=30,
    )


def rasa(settings: Settings, logs: Path, trained: Path) -> Watched:
    """Say how Rasa is started and probed: loopback only, and no HTTP API."""
    command = [str(model.RASA_PYTHON), "-m", "runtime.rasa_command", "run"]
    command += ["--interface", LOOPBACK, "--port", str(settings.rasa_port)]
    command += ["--credentials", "bot/credentials.yml"]
    command += ["--endpoints", "bot/endpoints.yml", "--model", str(trained)]
    command += ["--quiet"]
    environment = {
        **_environment(settings),
        "HANDRAIL_ACTIONS_URL": f"http://{LOOPBACK}:{settings.port}{ACTIONS_PATH}",
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "LOG_LEVEL": "ERROR",
        "LOG_LEVEL_LIBRARIES": "ERROR",
        "PYTHONWARNINGS": "ignore",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    }
    probe = f"http://{LOOPBACK}:{settings.rasa_port}/webhooks/handrail/alive"
    return Watched(
        name="rasa",
        command=command,
        environment=environment,
        probe=probe,
        output=logs / "rasa.log",
        start_within_s=120,
        replaces_on=signal.SIGUSR1,
        # Stuck for three looks of at most 2 s, and 8 s at most from then to an answer.
        pace=Pace(probe_every_s=0.5),
    )


async def first_sign_in(settings: Settings) -> str:
    """Make the one-time sign-in of a local run before anything else holds the database.

    In production there is none, and the whole house is built instead, so that what is
    unusable stops the start here and not in a child that is started again and again.
    """
    # Imported here: it takes a while, in which Rasa is starting already.
    if not settings.is_local:
        from runtime.wiring.house import build

        await build(settings).database.close()
        return ""
    from runtime.wiring.local_run import one_time_sign_in
    from runtime.wiring.records import open_records

    _, database = open_records(settings)
    try:
        database.migrate()
        return await one_time_sign_in(database, settings.address)
    finally:
        await database.close()


async def announce(
    settings: Settings, door: Watched, dialogue: Watched, sign_in: str
) -> None:
    """Say where everything is, as soon as each part answers."""
    await door.ready.wait()
    print(addresses(settings, sign_in), flush=True)
    print("The dialogue is starting; crisis words already work.", flush=True)
    await dialogue.ready.wait()
    print("Ready. Ctrl-C stops everything.", flush=True)


def addresses(settings: Settings, sign_in: str) -> str:
    """List the pages of a run, one a line."""
    lines = [f"  Web chat         {settings.address}/c/demo"]
    if settings.is_local:
        lines += [
            f"  Phone simulator  {settings.address}/simulator",
            f"  Staff pages      {settings.address}/staff",
            f"    sign in once:  {sign_in}",
        ]
    lines += [f"  Health           {settings.address}/health"]
    return "\n".join(["", "Handrail is running.", *lines, ""])


def refuse_busy_port(settings: Settings) -> None:
    """Say plainly that the port is taken, before anything starts."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with suppress(OSError):
            probe.bind((settings.host, settings.port))
            return
    sys.exit(f"Port {settings.port} is taken. Choose another: PORT=8100 make run")


def free_port() -> int:
    """Ask the machine for a port that nothing uses."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def _environment(settings: Settings) -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PORT": str(settings.port),
        "HANDRAIL_RASA_PORT": str(settings.rasa_port),
        "HANDRAIL_RASA_SECRET": settings.rasa_secret.get_secret_value(),
        "HANDRAIL_LEAVE_WITH": str(os.getpid()),
    }
