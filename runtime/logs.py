"""How the processes log: one line an entry, and never a text."""

import logging
from pathlib import Path
from traceback import walk_tb
from typing import Final

import structlog
from structlog.typing import EventDict, WrappedLogger

FRAMES_TOLD: Final = 8
QUIET = ("httpx", "httpcore", "sanic.access", "rasa_sdk", "alembic", "hpack")


def set_up_logs() -> None:
    """One line an entry, to standard error, with time and name; never a text."""
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_words,
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


def _without_words(_logger: WrappedLogger, _name: str, entry: EventDict) -> EventDict:
    """Tell of an error its kind and where it was, innermost last, and nothing it says.

    Its message, and the line a library makes of it, may hold what somebody wrote.
    """
    raised = entry.pop("exc_info", None)
    if raised and raised[0] is not None:
        kind, _, trace = raised
        places = [
            f"{Path(frame.f_code.co_filename).name}:{line}"
            for frame, line in walk_tb(trace)
        ]
        entry["event"] = f"fault {kind.__name__}"
        entry["at"] = " ".join(places[-FRAMES_TOLD:])
    return entry
