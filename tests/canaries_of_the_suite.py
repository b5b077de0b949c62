"""After the whole suite: what young people said in any journey is in no file it left.

Each journey looks through its own home; this looks once more through everything that
all tests left below the folder of this run, the lines they logged included. Words that
the product itself says are left out: they stand in its own files.
"""

import logging
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Final, TypeVar

T = TypeVar("T", str, bytes)

PRODUCT: Final = (
    *("bot", "channels", "deploy", "escalation", "foundations", "gateway", "handover"),
    *("runtime", "safety_plans", "signposting", "storage", "twilio_stand_in"),
)
HEARD, LOGGED = "canaries.heard", "suite.log"
ROOT: Final = Path(__file__).resolve().parents[1]
NOTHING: Final = bytes(512)
"""Most of a new database. No text holds as much of it, in whichever shape."""


class Suite:
    """One run of the tests: where it keeps its files, and what was said in it."""

    folder: Path | None = None

    @classmethod
    def begins(cls, folder: Path) -> None:
        """Keep what is logged from now on beside what the tests keep."""
        cls.folder = folder
        handler = logging.FileHandler(folder / LOGGED, encoding="utf-8", delay=True)
        logging.getLogger().addHandler(handler)

    @classmethod
    def heard(cls, texts: Iterable[str]) -> None:
        """Remember what was said in a journey that has ended."""
        if cls.folder is None:
            return
        with (cls.folder / HEARD).open("a", encoding="utf-8") as kept:
            kept.writelines(f"{text}\n" for text in texts if text.isprintable())

    @classmethod
    def found(cls) -> tuple[int, list[tuple[str, str]]]:
        """Give how many texts were looked for, and file and text of every one found.

        They are looked for as they were written and as hexadecimal digits.
        """
        texts = sorted(cls._said())
        if cls.folder is None or not texts:
            return 0, []
        shapes = [*texts, *(text.encode().hex() for text in texts)]
        asked = ["grep", "-rlaiF", f"--exclude={HEARD}", "-f", "-", str(cls.folder)]
        told = subprocess.run(
            asked, input="\n".join(shapes), capture_output=True, text=True, check=False
        )
        return len(texts), [
            (name.removeprefix(f"{cls.folder}/"), text)
            for name in told.stdout.splitlines()
            for text in found_in_bytes(Path(name).read_bytes(), texts)
        ]

    @classmethod
    def _said(cls) -> set[str]:
        if cls.folder is None:
            return set()
        said = {
            text
            for file in cls.folder.rglob(HEARD)
            for text in file.read_text(encoding="utf-8").splitlines()
        }
        ours = _product()
        return {text for text in said if text.lower().encode() not in ours}


def shapes(text: str) -> tuple[bytes, ...]:
    """Give a text as files may hold it: plain, as UTF-16, as hexadecimal digits."""
    plain = text.encode("utf-8", "surrogatepass").lower()
    wide = text.encode("utf-16-le", "surrogatepass").lower()
    return plain, wide, plain.hex().encode()


def without_ids(content: T) -> T:
    """Leave out our random ids: among thousands there is one with any six digits."""
    if isinstance(content, bytes):
        return re.sub(rb"[0-9a-f]{32}", b"", content)
    return re.sub("[0-9a-f]{32}", "", content)


def found_in_bytes(content: bytes, texts: Iterable[str]) -> list[str]:
    """List the texts that some bytes hold in clear."""
    lowered = _without_nothing(content).lower()
    halves = lowered[0::2], lowered[1::2]

    def holds(text: str) -> bool:
        plain, wide, digits = shapes(text)
        # Every second byte first: it is found or not found in a tenth of the time.
        may_be_wide = any(wide[0::2] in half for half in halves)
        return (
            (plain in lowered and (not text.isdigit() or plain in without_ids(lowered)))
            or digits in lowered
            or (may_be_wide and wide in lowered)
        )

    return [text for text in texts if holds(text)]


def _without_nothing(content: bytes) -> bytes:
    """Leave out pages on which nothing stands, which is quicker than to look there.

    Two bytes of each stay: the last letter of a text in UTF-16 may end in one, what
    stands on both sides stays apart, and every second byte stays every second byte.
    """
    size = len(NOTHING)
    parts = (content[at : at + size] for at in range(0, len(content), size))
    return b"".join(NOTHING[:2] if part == NOTHING else part for part in parts)


def _product() -> bytes:
    """Give what the product's own files say: nobody wrote that."""
    return b"\n".join(
        path.read_bytes().lower()
        for name in PRODUCT
        for path in (ROOT / name).rglob("*")
        if path.suffix in {".yml", ".py", ".html", ".js", ".json", ".sql"}
    )
