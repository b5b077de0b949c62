"""How the processes log: one line an entry, and never a text."""

import logging

import structlog

QUIET = ("httpx", "httpcore", "sanic.access", "rasa_sdk", "alembic", "hpack")


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
