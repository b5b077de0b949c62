"""The phrasebook laid out for reading, kept between starts: it takes a second to do.

It is kept as Python keeps what it compiled: in a `__pycache__` beside the phrase files,
where nobody can write who could not write the code itself. It is read only if it was
made from the very files that are there, by the same Python, and is whole; whatever else
is found, or not found, the phrasebook is laid out anew.
"""

import hashlib
import os
import pickle
import sys
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path
from typing import Final

import yaml

from escalation.phrasebook import FOLDER, Phrasebook, load
from escalation.reading import Reader

LaidOut = tuple[Phrasebook, Reader]
CODE: Final = Path(__file__).parent
SIZE: Final = hashlib.sha256().digest_size


def laid_out(folder: Path = FOLDER) -> LaidOut:
    """Give the phrases of a folder ready for reading; PhraseError names a mistake."""
    place, made_from = place_of(folder), _digest_of_all(folder)
    kept = _kept(place, made_from)
    if kept is None:
        book = load(folder)
        kept = book, Reader(book)
        book.lexicon.rows.clear()  # Nobody asks for them again.
        if not sys.dont_write_bytecode:
            _keep(place, made_from, kept)
    return kept


def place_of(folder: Path) -> Path:
    """Tell where the phrases of a folder are kept, for this version of Python."""
    return Path(cache_from_source(str(folder / "laid_out.py"))).with_suffix(".pickle")


def _digest_of_all(folder: Path) -> bytes:
    """Name all that it is made from: the phrases, our code, and what reads them."""
    phrases, code = sorted(folder.rglob("*.yml")), sorted(CODE.glob("*.py"))
    files = [*phrases, *code]
    names = [sys.version, yaml.__version__, *(file.name for file in code)]
    names += [file.relative_to(folder).as_posix() for file in phrases]
    return _digest(*map(str.encode, names), *(file.read_bytes() for file in files))


def _digest(*parts: bytes | memoryview) -> bytes:
    """Give one digest of them all, that tells where each of them ends."""
    each = b"".join(hashlib.sha256(part).digest() for part in parts)
    return hashlib.sha256(each).digest()


def _kept(place: Path, made_from: bytes) -> LaidOut | None:
    """Read what is kept; None unless it is whole, and made from just this."""
    with suppress(OSError):
        held = memoryview(place.read_bytes())
        digest, laid_out = held[:SIZE], held[SIZE:]
        if digest == _digest(made_from, laid_out):
            kept: LaidOut = pickle.loads(laid_out)  # noqa: S301 (as safe as our code)
            return kept
    return None


def _keep(place: Path, made_from: bytes, made: LaidOut) -> None:
    """Keep it for the next start, whole; where that cannot be, it is not kept."""
    laid_out = pickle.dumps(made, pickle.HIGHEST_PROTOCOL)
    unfinished = place.with_suffix(f".{os.getpid()}")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(_digest(made_from, laid_out) + laid_out)
        unfinished.replace(place)
    except OSError:
        with suppress(OSError):
            unfinished.unlink()
