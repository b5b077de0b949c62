"""The small language that phrases are written in, read into steps of words.

    {i} {want} to? {die}     classes, words, an optional word
    {i} ..3 cut|burn me      up to three words between, and either of two words
    ^ goodbye all $          ^ and $ are the edges of a sentence
    not (on my own / alone)  either of several words or runs of words
    gone|last_night          the same in one step: _ joins the words of a run

Words and classes in one step are joined with `|`. A gap does not cross the end of
a sentence, nor a word of the class `not` (write `...3` for a gap that may).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

EDGE = "|"
_GAP = re.compile(r"(\.{2,3})(\d{1,2})$")
_CHOICE = re.compile(r"\(([^()]*)\)")
_WORD = re.compile(r"[^\s{}()|/?*+.-]+$")
_CLASS = re.compile(r"\{([a-z][a-z0-9_]*)\}$")


class PhraseError(ValueError):
    """A phrase file that cannot be used; the message names the file and the id."""


@dataclass(frozen=True, slots=True)
class Step:
    """One place in a pattern: words and classes that may stand there, or a gap.

    `gap` is up to how many words may stand there, `across_not` that "not" may as well.
    """

    words: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    optional: bool = False
    gap: int = 0
    across_not: bool = False


@cache
def _one(item: str) -> Step:
    """Read one step; raise PhraseError when it is not in the language."""
    if found := _GAP.match(item):
        dots, most = found.groups()
        return Step(optional=True, gap=int(most), across_not=len(dots) == 3)
    optional = item.endswith("?")
    words, classes = set(), set()
    for part in item.removesuffix("?").split("|"):
        if part in ("^", "$"):
            words.add(EDGE)
        elif named := _CLASS.match(part):
            classes.add(named.group(1))
        elif _WORD.match(part):
            words.add(part)
        else:
            raise PhraseError(f"cannot read {item!r}")
    return Step(frozenset(words), frozenset(classes), optional)


def choices_named(pattern: str, name: Callable[[tuple[str, ...]], str]) -> str:
    """Put a class in place of each bracket without gaps: brackets do not multiply."""

    def named(found: re.Match[str]) -> str:
        parts = tuple(part.strip() for part in found.group(1).split("/"))
        if not all(parts) or any(".." in part for part in parts):
            return found.group(0)
        return "{" + name(parts) + "}"

    return _CHOICE.sub(named, pattern)


def runs_named(pattern: str, name: Callable[[tuple[str, ...]], str]) -> str:
    """Put a class in place of each step with runs of words in it."""
    return " ".join(_run_named(item, name) for item in pattern.split())


def _run_named(item: str, name: Callable[[tuple[str, ...]], str]) -> str:
    """Name the words and runs of one step as a class (gone|last_night)."""
    if "_" not in item:
        return item
    parts = item.removesuffix("?").split("|")
    if not any("_" in part and part[0] != "{" for part in parts):
        return item
    runs = tuple(p if p[0] == "{" else p.replace("_", " ") for p in parts)
    return "{" + name(runs) + "}" + ("?" if item.endswith("?") else "")


def spelt_out(pattern: str) -> list[str]:
    """Write a pattern out once for each choice in its (brackets / like this)."""
    chosen = _CHOICE.search(pattern)
    if chosen is None:
        return [pattern]
    before, after = pattern[: chosen.start()], pattern[chosen.end() :]
    return [
        row
        for part in chosen.group(1).split("/")
        for row in spelt_out(f"{before} {part} {after}")
    ]


@cache
def read(pattern: str) -> tuple[Step, ...]:
    """Read a pattern into steps; raise PhraseError naming what cannot be read."""
    steps = [_one(item) for item in pattern.replace("'", "").split()]
    if all(step.optional for step in steps):
        raise PhraseError(f"{pattern!r} would match every message")
    return tuple(steps)
