"""Rasa's command line, quicker to start, and unable to outlive Handrail.

Runs inside Rasa's own environment (Python 3.10): standard library and Rasa only.
"""

import gc
import os
import sys
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import Any

from runtime import forked_rasa

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

    _let_yaml_be_read_in_time()


def _let_yaml_be_read_in_time() -> None:
    """Tell what a plain word in YAML is from the patterns there are, and add none.

    ruamel.yaml 0.17.21 adds the patterns for any first letter to those of this letter
    each time it looks at a word: three of the ten seconds of a start, and more of a
    training.
    """
    from ruamel.yaml.nodes import ScalarNode
    from ruamel.yaml.resolver import VersionedResolver

    as_it_was = VersionedResolver.resolve

    @wraps(as_it_was)
    def resolve(self: Any, kind: Any, value: Any, implicit: Any) -> Any:
        if kind is ScalarNode and implicit[0]:
            patterns = self.versioned_resolver
            for_its_letter = patterns.get(value[:1], ())
            for tag, pattern in (*for_its_letter, *patterns.get(None, ())):
                if pattern.match(value):
                    return tag
            implicit = (False, implicit[1])
        return as_it_was(self, kind, value, implicit)

    VersionedResolver.resolve = resolve  # type: ignore[method-assign]


def main() -> None:
    """Watch the parent from a thread, then hand over to Rasa's command line."""
    runs = sys.argv[1:2] == ["run"]
    if runs:
        # Before the first thread: each takes it from the one that started it.
        let_the_gateway_go_first()
        # One thread and no more: only the one that forks is in the fork.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    forked_rasa.leave_when_alone(
        int(os.environ.get("HANDRAIL_LEAVE_WITH") or os.getppid())
    )
    let_rasa_come_in_quickly()
    import rasa.core.run
    from rasa.__main__ import main as rasa_command
    from rasa.shared.utils import validation

    if runs:
        # The domain in a model was held to its schema when it was trained: two seconds.
        validation.validate_yaml_schema = lambda *_: None
        rasa.core.run.serve_application = forked_rasa.serve
        # What is new is looked through again; training ends, and its garbage with it.
        gc.freeze()
        gc.enable()
    sys.argv[0] = rasa.__name__
    rasa_command()


if __name__ == "__main__":
    main()
