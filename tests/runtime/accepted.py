"""Stands up for the words in tests of a production gateway."""

from runtime.settings import Settings
from runtime.words_read import fingerprint


def accepted(last_day: str = "2099-12-31") -> str:
    """Write what a safeguarding lead would, for the words as they are."""
    return f"A Name; safeguarding lead; {last_day}; {fingerprint(Settings())}"
