"""Every line of a log says when, how grave and from where, and is one line."""

import logging
import re
from datetime import UTC, datetime

import pytest

from runtime.logs import set_up_logs


def test_every_log_line_says_when_in_utc_and_where_it_is_from(
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = logging.getLogger().handlers[:]
    set_up_logs()
    logging.getLogger("handrail.some_part").warning("text %s: %s", "ab12", "a\nb=c")
    logging.getLogger().handlers[:] = before
    said = capsys.readouterr().err
    found = re.search(r"timestamp=(\S+)Z", said)

    assert said.count("\n") == 1, "nothing that is logged can make a line of its own"
    assert found is not None
    then = datetime.fromisoformat(found[1]).replace(tzinfo=UTC)
    assert abs((datetime.now(UTC) - then).total_seconds()) < 60
    assert "level=warning" in said
    assert "logger=handrail.some_part" in said
