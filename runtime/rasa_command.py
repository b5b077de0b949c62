"""Rasa's command line, quicker to start, and unable to outlive Handrail.

Runs inside Rasa's own environment (Python 3.10): standard library and Rasa only.
"""

import gc
import os
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

GIVES_WAY = 5
"""How far Rasa stands behind the gateway for a processor, as `nice` counts: a third of
the gateway's share when both want all of it, and nothing less when they do not.
"""


def let_the_gateway_go_first() -> None:
    """Stand behind it: what takes messages in and says crisis words computes first."""
    os.nice(GIVES_WAY)
    # Linux may share a processor between sessions first; this one is Rasa's alone.
    if os.getsid(0) == os.getpid():
        with suppress(OSError):
            Path("/proc/self/autogroup").write_text(str(GIVES_WAY))


def _leave_when_alone(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(0)


def let_rasa_come_in_quickly() -> None:
    """Take out of Rasa's way what costs seconds; to be called before it is imported.

    Garbage is not looked for from here on: whoever goes on for long begins again.
    """
    # What is loaded stays: looking for garbage in it is two seconds of nine.
    gc.disable()
    # TensorFlow would load it whole, to offer conversions that Rasa never makes, and
    # goes on without it: two seconds of ten.
    sys.modules["jax"] = None  # type: ignore[assignment]
    # First, while little is loaded: skops looks for each of its names in every module
    # that is there, which takes seconds once TensorFlow is.
    import skops.io  # noqa: F401


def main() -> None:
    """Watch the parent from a thread, then hand over to Rasa's command line."""
    runs = sys.argv[1:2] == ["run"]
    if runs:
        # Before the first thread: each takes it from the one that started it.
        let_the_gateway_go_first()
    parent = int(os.environ.get("HANDRAIL_LEAVE_WITH") or os.getppid())
    watch = threading.Thread(target=_leave_when_alone, args=(parent,))
    watch.daemon = True
    watch.start()
    let_rasa_come_in_quickly()
    import rasa.core.run
    from rasa.__main__ import main as rasa_command
    from rasa.shared.utils import validation

    if runs:
        # The domain in a model was held to its schema when it was trained: two seconds.
        validation.validate_yaml_schema = lambda *_: None
        # What is new is looked through again; training ends, and its garbage with it.
        gc.freeze()
        gc.enable()
    sys.argv[0] = rasa.__name__
    rasa_command()


if __name__ == "__main__":
    main()
