"""Keeps what people write out of Rasa's logs (runs on Rasa's Python 3.10).

Rasa logs words in three ways: structured log entries with the text as a field,
exceptions whose message or local variables hold it, and Python warnings.
"""

from __future__ import annotations

import logging
import warnings
from typing import Any

import structlog

SAFE_FIELDS = ("event", "level", "event_info", "action_name")


def keep_words_out_of_logs() -> None:
    """Log what happened and which error it was, never what was said.

    Raises ValueError when Rasa is started with debug logs: those are words all over.
    """
    if logging.getLogger("rasa").isEnabledFor(logging.DEBUG):
        raise ValueError("Start Rasa with --quiet: its debug logs hold what is said.")
    logging.setLogRecordFactory(_record_without_words)
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    warnings.filterwarnings("ignore")
    # In place: Rasa's loggers keep a hold of this very list.
    processors = structlog.get_config()["processors"]
    if _only_safe_fields not in processors:
        processors.insert(0, _only_safe_fields)


def _record_without_words(*args: Any, **kwargs: Any) -> logging.LogRecord:
    record = logging.LogRecord(*args, **kwargs)
    if record.exc_info:
        raised = record.exc_info[0]
        record.msg = f"{record.getMessage()} ({raised.__name__ if raised else '?'})"
        record.args = ()
        record.exc_info = None
    return record


def _only_safe_fields(
    logger: Any, method: str, entry: dict[str, Any]
) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name in SAFE_FIELDS}
