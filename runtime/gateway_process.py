"""The gateway process: one server, and nothing that outlives its parent."""

import gc
import os
import sys
import threading
import time
from typing import Final

from runtime.logs import set_up_logs
from runtime.settings import Settings
from runtime.wiring.house import application, build

SWITCH_S: Final = 0.0005
"""Seconds for which one thread may compute while others want to.

Every statement lets go of the interpreter and takes it again behind whoever computes:
with Python's own 5 ms a look into the records waits many times that (`bench-live`).
"""


def run(settings: Settings) -> None:
    """Serve until asked to stop; from here on, garbage is collected."""
    set_up_logs()
    if parent := os.environ.get("HANDRAIL_LEAVE_WITH"):
        leave_with(int(parent))
    sys.setswitchinterval(SWITCH_S)
    app = application(build(settings))
    gc.freeze()
    gc.enable()
    app.run(
        host=settings.host,
        port=settings.port,
        single_process=True,
        access_log=False,
        motd=False,
        backlog=1024,
    )


def leave_with(parent: int) -> None:
    """Stop when the supervisor is gone, however and however early it went."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()
