"""Word classes: named lists of words and short phrases, read from one folder."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, product
from pathlib import Path

from escalation.files import read_words
from escalation.grammar import (
    PhraseError,
    Step,
    choices_named,
    read,
    runs_named,
    spelt_out,
)

# A member of nothing but words: no choice, class or optional word to spell out.
_PLAIN = re.compile(r"[a-z0-9# ]+$")
# A member of several words: each place is the words that may stand there.
Places = tuple[frozenset[str], ...]


@dataclass(frozen=True)
class WordClass:
    """The single words of a class, and its members of several words."""

    words: frozenset[str]
    phrases: frozenset[Places]


@dataclass
class Lexicon:
    """Every class by name, worked out on first use so that classes may name others."""

    source: dict[str, list[str]]
    done: dict[str, WordClass] = field(default_factory=dict)
    open: set[str] = field(default_factory=set)
    choices: dict[tuple[str, ...], str] = field(default_factory=dict)
    rows: dict[str, list[tuple[Step, ...]]] = field(default_factory=dict)

    def named(self, name: str) -> WordClass:
        """Give a class; raise PhraseError when unknown or when it names itself."""
        if name in self.done:
            return self.done[name]
        if name not in self.source:
            raise PhraseError(f"there is no class {{{name}}}")
        if name in self.open:
            raise PhraseError(f"{{{name}}} names itself")
        self.open.add(name)
        self.done[name] = self._worked_out(name)
        self.open.discard(name)
        return self.done[name]

    def choice(self, members: tuple[str, ...]) -> str:
        """Name a class of these members that a pattern wrote in brackets."""
        name = self.choices.setdefault(members, f"choice_{len(self.choices)}")
        self.source.setdefault(name, list(members))
        return name

    def read(self, pattern: str) -> list[tuple[Step, ...]]:
        """Read a pattern, as the rows of steps that its brackets with gaps spell out.

        Raise PhraseError when it is not in the language or names an unknown class.
        """
        rows = self.rows.get(pattern)
        if rows is None:
            spelt = spelt_out(choices_named(pattern, self.choice))
            rows = [read(runs_named(row, self.choice)) for row in spelt]
            for name in {name for row in rows for step in row for name in step.classes}:
                self.named(name)
            self.rows[pattern] = rows
        return rows

    def _worked_out(self, name: str) -> WordClass:
        words: set[str] = set()
        phrases: set[Places] = set()
        for member in self.source[name]:
            for sequence in self._sequences(name, str(member)):
                if len(sequence) == 1:
                    words |= sequence[0]
                elif sequence:
                    phrases.add(sequence)
        return WordClass(frozenset(words), frozenset(phrases))

    def _sequences(self, name: str, member: str) -> Iterable[Places]:
        """Spell a member out: with and without what is optional, class by class."""
        if _PLAIN.match(member):
            return [tuple(map(_alone, member.split()))]
        try:
            steps = read(runs_named(member, self.choice))
        except PhraseError as problem:
            raise PhraseError(f"{{{name}}}: {problem}") from problem
        spots = [self._spot(step) for step in steps]
        return (tuple(chain.from_iterable(parts)) for parts in product(*spots))

    def _spot(self, step: Step) -> list[Places]:
        if step.gap:
            raise PhraseError("a member may not hold a gap")
        words = set(step.words)
        longer: list[Places] = []
        for name in step.classes:
            inner = self.named(name)
            words |= inner.words
            longer += inner.phrases
        spot: list[Places] = [(frozenset(words),)] if words else []
        return spot + longer + ([()] if step.optional else [])


@cache
def _alone(word: str) -> frozenset[str]:
    return frozenset((word,))


def load(folder: Path) -> Lexicon:
    """Read every file of words in a folder and below it; a name is defined once."""
    source: dict[str, list[str]] = {}
    stands_in: dict[str, str] = {}
    for path in sorted(folder.rglob("*.yml")):
        file = path.relative_to(folder.parent).as_posix()
        found = read_words(path)
        if not isinstance(found, dict):
            raise PhraseError(f"{file}: expected named lists of words")
        for name, members in found.items():
            if name in source:
                there = stands_in[name]
                raise PhraseError(f"{file}: {{{name}}} is already defined in {there}")
            if not isinstance(members, list):
                raise PhraseError(f"{file}: {{{name}}} is not a list")
            source[name], stands_in[name] = members, file
    lexicon = Lexicon(source)
    for name, file in stands_in.items():
        try:
            lexicon.named(name)
        except PhraseError as problem:
            raise PhraseError(f"{file}: {problem}") from problem
    return lexicon
