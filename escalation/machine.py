"""Follow every pattern through a message at once, one step of whole numbers per word.

Each place in each pattern is one bit. Reading a word shifts the bits along and keeps
those whose place accepts the word (the extended Shift-And method of Navarro and
Raffinot), so the work per word is the same whatever was written: nothing backtracks.
First the patterns that lack a word they cannot do without are put aside, so the whole
numbers are as short as the message allows. A pattern is looked at only for the rarest
of the words it needs.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

from escalation.grammar import Step
from escalation.how_often import HowOften

Called = tuple[int, int]
"""A pattern by number, after the bits of what it needs beside the word that calls."""


class Mask:
    """The places that accept a word, as bytes; of which kinds they are, as bits.

    `calls_for`: the patterns that this word is the rarest needed one of, and among
    those `looks_for`, which count only if a pattern that is met asks about them.
    """

    __slots__ = ("calls_for", "held", "kinds", "looks_for")

    def __init__(
        self,
        held: bytes,
        kinds: int,
        calls_for: Sequence[Called],
        looks_for: Sequence[Called],
    ) -> None:
        self.held, self.kinds = held, kinds
        self.calls_for, self.looks_for = calls_for, looks_for


# An arc is (where it starts, which places accept it); arcs[p] are those ending at p.
Arcs = Sequence[Sequence[tuple[int, Mask]]]
ShortArcs = Sequence[Sequence[tuple[int, int]]]


@dataclass(frozen=True)
class Block:
    """Where a pattern is laid out, whose it is, and the kinds of place it needs."""

    here: int
    length: int
    owner: int
    needs: frozenset[int]


@dataclass
class Accepting:
    """The places, and the kinds of place, that accept one word or class."""

    places: list[int] = field(default_factory=list)
    kinds: set[int] = field(default_factory=set)


@dataclass
class Layout:
    """Patterns laid out side by side, a bit per place, each in bytes of its own.

    Places of one kind accept the same words and classes.
    """

    size: int = 0
    words: dict[str, Accepting] = field(default_factory=dict)
    classes: dict[str, Accepting] = field(default_factory=dict)
    kinds: dict[tuple[frozenset[str], frozenset[str]], int] = field(
        default_factory=dict
    )
    marks: dict[str, list[int]] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)

    def add(self, steps: Sequence[Step], owner: int) -> None:
        """Lay a pattern out; `owner` is given back when it matches."""
        here, needs = self.size, set()
        self._mark("starts", here)
        for number, step in enumerate(steps):
            bit = here + number + 1
            kind = self.kinds.setdefault((step.words, step.classes), len(self.kinds))
            for table, names in (
                (self.words, step.words),
                (self.classes, step.classes),
            ):
                for name in names:
                    accepting = table.setdefault(name, Accepting())
                    accepting.places.append(bit)
                    accepting.kinds.add(kind)
            if step.anything:
                self._mark("across_not" if step.across_not else "anything", bit)
            if not step.optional:
                needs.add(kind)
            else:
                self._mark("optional", bit)
                if number == 0 or not steps[number - 1].optional:
                    self._mark("before_block", bit - 1)
                if number + 1 == len(steps) or not steps[number + 1].optional:
                    self._mark("end_block", bit)
        self._mark("ends", here + len(steps))
        self.blocks.append(Block(here, len(steps), owner, frozenset(needs)))
        self.size = (here + len(steps) + 1) // 8 * 8 + 8

    def _mark(self, name: str, bit: int) -> None:
        self.marks.setdefault(name, []).append(bit)

    def by_how_often(self, how_often: HowOften) -> dict[int, int]:
        """Number the kinds anew, the one whose words are met most often first."""
        times = {
            kind: sum(how_often.words.get(word, 0) for word in words)
            + sum(how_often.classes.get(name, 0) for name in classes)
            for (words, classes), kind in self.kinds.items()
        }
        in_order = sorted(times, key=lambda kind: (-times[kind], kind))
        return {kind: number for number, kind in enumerate(in_order)}


class Machine:
    """A finished layout, ready to run over any number of messages."""

    def __init__(
        self,
        layout: Layout,
        looks_for: Mapping[int, frozenset[int]] | None = None,
        how_often: HowOften | None = None,
    ) -> None:
        # Which other owners' patterns one owner asks about; those asked about by
        # nobody who can match are put aside too.
        self._looks_for = looks_for or {}
        self._layout, self._blocks = layout, layout.blocks
        self._owners = [block.owner for block in layout.blocks]
        self._bytes = layout.size // 8
        self._rarity = layout.by_how_often(how_often or HowOften())
        self._called_for_by: dict[int, list[Called]] = {}
        self._looked_for_by: dict[int, list[Called]] = {}
        asked_about = frozenset[int]().union(*self._looks_for.values())
        for number, block in enumerate(layout.blocks):
            # What is common has low numbers, so that the bits of the others are few.
            *others, rarest = sorted(self._rarity[kind] for kind in block.needs)
            is_asked_about = block.owner in asked_about
            by = self._looked_for_by if is_asked_about else self._called_for_by
            by.setdefault(rarest, []).append((number_of(others), number))
        self._slices = [
            slice(block.here // 8, (block.here + block.length + 1) // 8 + 1)
            for block in layout.blocks
        ]
        marked = {name: number_of(bits) for name, bits in layout.marks.items()}
        self._gaps = {name: marked.get(name, 0) for name in ("anything", "across_not")}
        self._classes = {name: self._part(one) for name, one in layout.classes.items()}
        self._marks = [
            marked.get(name, 0).to_bytes(self._bytes, "little")
            for name in ("starts", "ends", "optional", "before_block", "end_block")
        ]

    def mask(
        self, words: Iterable[str], classes: Iterable[str], marks: Iterable[str] = ()
    ) -> Mask:
        """Make the mask of what accepts any of these words and classes.

        `marks` are the gaps that let it pass as well.
        """
        own = self._layout.words
        parts = [self._part(own[word]) for word in words if word in own]
        parts += [self._classes[name] for name in classes]
        bits = kinds = 0
        for part in parts:
            bits |= part.bits
            kinds |= part.kinds
        for name in marks:
            bits |= self._gaps[name]
        return Mask(
            bits.to_bytes(self._bytes, "little"),
            kinds,
            [one for part in parts for one in part.calls_for],
            [one for part in parts for one in part.looks_for],
        )

    def _part(self, accepting: Accepting) -> "_Part":
        kinds = [self._rarity[kind] for kind in accepting.kinds]
        return _Part(
            number_of(accepting.places),
            number_of(kinds),
            [one for kind in kinds for one in self._called_for_by.get(kind, ())],
            [one for kind in kinds for one in self._looked_for_by.get(kind, ())],
        )

    def narrowed(self, arcs: Arcs) -> "Run":
        """Keep the patterns that this message has every needed word for."""
        masks = {id(mask): mask for arriving in arcs for _, mask in arriving}
        seen = 0
        for mask in masks.values():
            seen |= mask.kinds
        kept = self._kept(masks.values(), seen)
        if not kept:
            return Run({}, [0] * 5, [])
        slices = [self._slices[number] for number in kept]
        parts = itemgetter(*slices, slice(0, 0))
        short = {
            name: int.from_bytes(b"".join(parts(mask.held)), "little")
            for name, mask in masks.items()
        }
        sizes = accumulate((one.stop - one.start for one in slices), initial=0)
        blocks = [self._blocks[number] for number in kept]
        return Run(
            {
                at * 8 + block.length: (block.length, block.owner)
                for at, block in zip(sizes, blocks, strict=False)
            },
            [int.from_bytes(b"".join(parts(held)), "little") for held in self._marks],
            [[(at, short[id(mask)]) for at, mask in one] for one in arcs],
        )

    def _kept(self, masks: Iterable[Mask], seen: int) -> list[int]:
        """List the patterns that nothing is missing for, of those somebody asks for."""
        kept = {
            number
            for mask in masks
            for needs, number in mask.calls_for
            if needs & seen == needs
        }
        if not kept:
            return []
        owners = self._owners
        asking = self._looks_for.keys() & {owners[number] for number in kept}
        asked = frozenset[int]().union(*(self._looks_for[one] for one in asking))
        kept.update(
            number
            for mask in masks
            for needs, number in mask.looks_for
            if needs & seen == needs and owners[number] in asked
        )
        return sorted(kept)


class _Part(NamedTuple):
    """What one word or class adds to a mask."""

    bits: int
    kinds: int
    calls_for: Sequence[Called]
    looks_for: Sequence[Called]


class Run:
    """The patterns one message can match, and the message as arcs over them."""

    def __init__(
        self, ends: dict[int, tuple[int, int]], marks: list[int], arcs: ShortArcs
    ) -> None:
        # Bit of the last place -> (how many places, owner).
        self._found_at, self._arcs = ends, arcs
        starts, self._ends, self._optional, self._before_block, self._end_block = marks
        self._first = self._closed(starts)

    def owner(self, number: int) -> int:
        """Tell whose pattern ends at this bit."""
        return self._found_at[number][1]

    def _closed(self, bits: int) -> int:
        """Step over optional places: set each one reachable without a word."""
        full = bits | self._end_block
        changed = (full - self._before_block) ^ full
        return bits | (self._optional ^ (self._optional & changed))

    def hits(self) -> list[tuple[int, int]]:
        """List (where it ends, bit of the pattern) for every pattern that matches."""
        first, ends = self._first, self._ends
        optional, before, end_block = (
            self._optional,
            self._before_block,
            self._end_block,
        )
        places = [first]
        found: list[tuple[int, int]] = []
        for at, arriving in enumerate(self._arcs[1:], start=1):
            bits = 0
            for start, mask in arriving:
                bits |= (places[start] << 1) & mask
            if not bits:
                places.append(first)
                continue
            full = bits | end_block  # the same as _closed, written out for speed
            bits |= optional ^ (optional & ((full - before) ^ full))
            places.append(bits | first)
            matched = bits & ends
            while matched:
                low = matched & -matched
                found.append((at, low.bit_length() - 1))
                matched ^= low
        return found

    def start_of(self, end: int, number: int) -> int:
        """Tell where the shortest match of one pattern that ends here starts.

        The same steps backwards, from place to place: the first start met is nearest.
        """
        start = 1 << (number - self._found_at[number][0])
        optional = self._optional
        reached = {end: 1 << number}
        for place in range(end, -1, -1):
            bits = reached.pop(place, 0)
            while (more := bits | (bits & optional) >> 1) != bits:
                bits = more
            if bits & start:
                return place
            for before, mask in self._arcs[place] if bits else ():
                if passed := (bits & mask) >> 1:
                    reached[before] = reached.get(before, 0) | passed
        return 0


def number_of(bits: Sequence[int]) -> int:
    """Make one whole number with these bits set."""
    held = bytearray(max(bits, default=0) // 8 + 1)
    for bit in bits:
        held[bit >> 3] |= 1 << (bit & 7)
    return int.from_bytes(held, "little")
