"""The gateway process: one server, and nothing that outlives its parent."""

import gc
import os
import resource
import sys
import threading
import time
from typing import Final

from runtime.logs import set_up_logs
from runtime.settings import Settings
from runtime.tracing import set_up_tracing
from runtime.wiring.house import application, build

SWITCH_S: Final = 0.0005
"""Seconds for which one thread may compute while others want to.

Every statement lets go of the interpreter and takes it again behind whoever computes,
and a text needs twenty of those: with Python's own 5 ms it would wait many times that.
With 0.1 ms a fifth of a processor's time, and two beside other work, went into turns.
"""

FULL_LOOK_AFTER: Final = 100
"""Looks among young things for each look at everything, for garbage.

With two thousand open chats a look at everything holds every message up for 0.2 to 0.3
seconds, and Python's own 10 makes it come every 15 seconds. Requests leave nothing that
only it would find (`tests/journeys/test_requests_leave_no_garbage.py`).
"""


def run(settings: Settings) -> None:
    """Serve until asked to stop; from here on, garbage is collected."""
    set_up_logs()
    set_up_tracing(settings)
    leave_no_core()
    if parent := os.environ.get("HANDRAIL_LEAVE_WITH"):
        leave_with(int(parent))
    sys.setswitchinterval(SWITCH_S)
    app = application(build(settings))
    gc.freeze()
    often, less_often, _ = gc.get_threshold()
    gc.set_threshold(often, less_often, FULL_LOOK_AFTER)
    gc.enable()
    app.run(
        host=settings.host,
        port=settings.port,
        single_process=True,
        access_log=False,
        motd=False,
        backlog=1024,
    )


def leave_no_core() -> None:
    """Have no memory written to a file by a crash: words and keys are in it."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def leave_with(parent: int) -> None:
    """Stop when the supervisor is gone, however and however early it went."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()
