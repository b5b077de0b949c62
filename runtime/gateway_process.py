"""The gateway process: one server, and nothing that outlives its parent."""

import logging
import os
import sys
import threading
import time

import structlog

from runtime.settings import Settings
from runtime.wiring import application, build, one_time_sign_in

QUIET = ("httpx", "httpcore", "sanic.access", "rasa_sdk", "alembic", "hpack")


def run(settings: Settings) -> None:
    """Serve until asked to stop."""
    set_up_logs()
    if parent := os.environ.get("HANDRAIL_LEAVE_WITH"):
        leave_with(int(parent))
    app = application(build(settings))
    app.run(
        host=settings.host,
        port=settings.port,
        single_process=True,
        access_log=False,
        motd=False,
        backlog=1024,
    )


async def print_sign_in(settings: Settings) -> None:
    """Show a one-time sign-in in the terminal; refused in production."""
    if not settings.is_local:
        sys.exit("Local sign-in is for a local run only.")
    house = build(settings)
    house.database.migrate()
    print(await one_time_sign_in(house))
    await house.database.close()


def set_up_logs() -> None:
    """One line an entry, to standard error, with time and name; never a text."""
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processor=structlog.processors.LogfmtRenderer(sort_keys=True),
        )
    )
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def leave_with(parent: int) -> None:
    """Stop when the supervisor is gone, however and however early it went."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()
