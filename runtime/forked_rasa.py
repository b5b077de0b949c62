"""Rasa, loaded once and forked: another takes the place of one that is gone, at once.

Loading takes ten seconds of a processor, forking what is loaded takes some hundredths
of one. The process that loads answers nobody and stays as it was: what befell the one
that answered is gone with it (docs/adr/0028). Runs on Rasa's Python 3.10.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from threading import Thread
from typing import Any, Final, NoReturn

log = logging.getLogger(__name__)

HEARD: Final = {signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGUSR1}
"""SIGUSR1 tells the process that loads: what answers is stuck, put another there."""
LOOKS_EVERY_S: Final = 0.5
LEAVES_WITHIN_S: Final = 3.0
LASTS_S: Final = 1.0
"""One that is gone sooner did not get to answer."""
SHORT_LIVED: Final = 3
"""So many of those in a row: what is loaded may be what is wrong, so all is left."""


def serve(
    model_path: str,
    channel: str | None,
    credentials: str,
    endpoints: Any,
    interface: str,
    port: int,
) -> NoReturn:
    """Load the model, then have a fork of this process answer, and the next after it.

    Stands in place of `rasa.core.run.serve_application`, whose arguments these are.
    """
    from rasa.core import run
    from rasa.core.agent import load_agent
    from rasa.utils.common import update_sanic_log_level

    agent = asyncio.run(load_agent(model_path, endpoints=endpoints))
    app = run.configure_app(
        run.create_http_input_channels(channel, credentials), enable_api=False
    )
    app.ctx.agent = agent
    update_sanic_log_level()
    # Held here, so that whoever asks between two forks waits and is not refused.
    door = socket.socket()
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    door.bind((interface, port))
    # A look for garbage writes to what it looks at, and a page written to is copied.
    gc.freeze()
    keep_one_answering(lambda: app.run(sock=door))


def keep_one_answering(answer: Callable[[], None]) -> NoReturn:
    """Have a fork `answer`, and another when it is gone or SIGUSR1 is heard.

    Leaves with 0 when asked to, with 1 when one fork after another does not last.
    """
    short_lived = 0
    signal.pthread_sigmask(signal.SIG_BLOCK, HEARD)
    while short_lived < SHORT_LIVED:
        begun, child = time.monotonic(), _fork(answer)
        if not _is_to_follow(child):
            _end(child)
            sys.exit(0)
        short_lived = short_lived + 1 if time.monotonic() - begun < LASTS_S else 0
        log.warning("Rasa was gone; another answers in its place.")
    sys.exit(1)


def leave_when_alone(above: int) -> None:
    """Leave without ado, from a thread, once `above` is not the process above us."""
    Thread(target=_leave_when_alone, args=(above,), daemon=True).start()


def _leave_when_alone(above: int) -> None:
    # Signals are for the thread that waits for them.
    signal.pthread_sigmask(signal.SIG_BLOCK, HEARD)
    while os.getppid() == above:
        time.sleep(LOOKS_EVERY_S)
    os._exit(0)


def _fork(answer: Callable[[], None]) -> int:
    above = os.getpid()
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, HEARD)
        leave_when_alone(above)
        answer()
        code = 0
    finally:
        sys.stderr.flush()
        os._exit(code)


def _is_to_follow(child: int) -> bool:
    """Wait until the fork is gone and say True, or until we shall leave: False."""
    while True:
        match signal.sigwait(HEARD):
            case signal.SIGTERM | signal.SIGINT:
                return False
            case signal.SIGUSR1:
                os.kill(child, signal.SIGKILL)
        if os.waitpid(child, os.WNOHANG) != (0, 0):
            return True


def _end(child: int) -> None:
    """Ask the fork to leave, then insist: a frozen Sanic 21.12 hears no asking."""
    os.kill(child, signal.SIGTERM)
    until = time.monotonic() + LEAVES_WITHIN_S
    while os.waitpid(child, os.WNOHANG) == (0, 0):
        if time.monotonic() > until:
            os.kill(child, signal.SIGKILL)
        signal.sigtimedwait({signal.SIGCHLD}, LOOKS_EVERY_S)
