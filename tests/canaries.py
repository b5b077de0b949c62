"""Looking for what somebody wrote, or where they can be reached, where it must not be.

A text counts when it is long enough to be told from the words that files hold anyway.
"""

import logging
from collections.abc import Iterable
from pathlib import Path

from foundations.gsm7 import encoding
from runtime.logs import QUIET
from tests.canaries_of_the_suite import Suite, found_in_bytes

SHORTEST = 12
FEWEST_WORDS = 3
FEWEST_DIGITS = 9
SANIC = ("sanic.root", "sanic.error", "sanic.server", "sanic.access")


def is_telling(text: str) -> bool:
    """Say whether a text found in a file was surely written by somebody."""
    return len(text) >= SHORTEST and len(text.split()) >= FEWEST_WORDS


def found_below(folder: Path, texts: Iterable[str]) -> list[tuple[str, str]]:
    """List file and text for every text that a file below a folder holds in clear."""
    wanted = list(texts)
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [
        (path.name, text)
        for path in files
        for text in found_in_bytes(_content(path), wanted)
    ]


def _content(path: Path) -> bytes:
    """Read a file; one that went meanwhile (SQLite's journal does) holds nothing."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


class LogWatch(logging.Handler):
    """Keeps every line that is logged while it watches, as a real run would log it."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._before = logging.WARNING

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one line, its traceback too."""
        self.lines.append(logging.Formatter().format(record))

    def begin(self) -> None:
        """Listen to everything, as the real processes log."""
        root = logging.getLogger()
        self._before = root.level
        root.setLevel(logging.INFO)
        for name in QUIET:
            logging.getLogger(name).setLevel(logging.WARNING)
        for name in ("", *SANIC):
            logging.getLogger(name).addHandler(self)

    def end(self) -> None:
        """Listen no more."""
        for name in ("", *SANIC):
            logging.getLogger(name).removeHandler(self)
        logging.getLogger().setLevel(self._before)


class Canaries:
    """What young people say in one journey; `check` fails when some of it got out."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.log = LogWatch()
        self.letters: set[str] = set()
        """Every letter that somebody wrote: those a text to them may hold."""
        self._texts: set[str] = set()
        self.log.begin()

    def heard(self, *texts: str) -> None:
        """Remember what somebody wrote, and numbers without their plus sign."""
        for text in texts:
            self.letters |= set(text)
            digits = text.removeprefix("+")
            if digits.isdigit() and len(digits) >= FEWEST_DIGITS:
                self._texts |= {digits, digits.removeprefix("44")}
            elif is_telling(text):
                self._texts.add(text)

    def in_letters_nobody_wrote(self, sent: Iterable[str]) -> list[str]:
        """List the texts with a letter outside the plain ones that is not theirs."""
        plain = "GSM-7"
        return [
            body
            for body in sent
            if encoding("".join(set(body) - self.letters)) != plain
        ]

    @property
    def texts(self) -> list[str]:
        """Everything that is looked for."""
        return sorted(self._texts)

    def check(self) -> None:
        """Look through every file of this home, and every line that was logged."""
        Suite.heard(self.texts)
        logged = "\n".join(self.log.lines).encode("utf-8", "replace")

        assert found_below(self.home, self.texts) == []
        assert found_in_bytes(logged, self.texts) == []
