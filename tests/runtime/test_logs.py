"""Every line of a log says when, how grave and from where, and is one line."""

import asyncio
import gc
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from runtime.logs import set_up_logs


@contextmanager
def logs_as_served() -> Iterator[None]:
    """Log as the processes do, until the block ends."""
    before = logging.getLogger().handlers[:]
    set_up_logs()
    try:
        yield
    finally:
        logging.getLogger().handlers[:] = before


def test_every_log_line_says_when_in_utc_and_where_it_is_from(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with logs_as_served():
        logging.getLogger("handrail.some_part").warning("text %s: %s", "ab12", "a\nb=c")
    said = capsys.readouterr().err
    found = re.search(r"timestamp=(\S+)Z", said)

    assert said.count("\n") == 1, "nothing that is logged can make a line of its own"
    assert found is not None
    then = datetime.fromisoformat(found[1]).replace(tzinfo=UTC)
    assert abs((datetime.now(UTC) - then).total_seconds()) < 60
    assert "level=warning" in said
    assert "logger=handrail.some_part" in said


def test_of_an_error_a_log_tells_its_kind_and_place_and_not_its_words(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with logs_as_served():
        try:
            raise ValueError("what somebody wrote")
        except ValueError as error:
            logging.getLogger("sanic.error").exception(error)
    said = capsys.readouterr().err

    assert "wrote" not in said
    assert 'event="fault ValueError"' in said
    assert "at=test_logs.py:" in said


def test_of_a_task_that_nobody_waited_for_a_log_tells_no_words_either(
    capsys: pytest.CaptureFixture[str],
) -> None:
    async def fails() -> None:
        raise ValueError("what somebody wrote")

    async def nobody_waits() -> None:
        task = asyncio.create_task(fails())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        del task
        gc.collect()

    with logs_as_served():
        asyncio.run(nobody_waits())
    said = capsys.readouterr().err

    assert "logger=asyncio" in said
    assert "wrote" not in said
