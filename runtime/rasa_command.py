"""Rasa's command line, quicker to start, and unable to outlive Handrail.

Runs inside Rasa's own environment (Python 3.10): standard library and Rasa only.
"""

import os
import sys
import threading
import time


def _leave_when_alone(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(0)


def main() -> None:
    """Watch the parent from a thread, then hand over to Rasa's command line."""
    parent = int(os.environ.get("HANDRAIL_LEAVE_WITH") or os.getppid())
    watch = threading.Thread(target=_leave_when_alone, args=(parent,))
    watch.daemon = True
    watch.start()
    # First, while little is loaded: skops looks for each of its names in every module
    # that is there, which takes seconds once TensorFlow is.
    import skops.io  # noqa: F401
    from rasa.__main__ import main as rasa

    sys.argv[0] = "rasa"
    rasa()


if __name__ == "__main__":
    main()
