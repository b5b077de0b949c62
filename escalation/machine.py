"""Follow every pattern through a message at once, one step of whole numbers per word.

Each place in each pattern is one bit. Reading a word shifts the bits along and keeps
those whose place accepts the word (the extended Shift-And method of Navarro and
Raffinot), so the work per word is the same whatever was written: nothing backtracks.
First the patterns that lack a word they cannot do without are put aside, so the whole
numbers are as short as the message allows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from operator import itemgetter

from escalation.grammar import Step

_MARKED = bytes([0]) + bytes([1]) * 255


class Mask:
    """The places that accept a word, as a whole number and as bytes."""

    __slots__ = ("bits", "held")

    def __init__(self, bits: int, size: int) -> None:
        self.bits = bits
        self.held = bits.to_bytes(size, "little")


# An arc is (where it starts, which bits accept it); arcs[p] are those ending at p.
Arcs = Sequence[Sequence[tuple[int, Mask]]]
ShortArcs = Sequence[Sequence[tuple[int, int]]]


@dataclass
class Layout:
    """Patterns laid out side by side, a bit per place, each in bytes of its own."""

    size: int = 0
    words: dict[str, list[int]] = field(default_factory=dict)
    classes: dict[str, list[int]] = field(default_factory=dict)
    marks: dict[str, list[int]] = field(default_factory=dict)
    blocks: list[tuple[int, int, int]] = field(default_factory=list)

    def add(self, steps: Sequence[Step], owner: int) -> None:
        """Lay a pattern out; `owner` is given back when it matches."""
        here = self.size
        self._mark("starts", here)
        for number, step in enumerate(steps):
            bit = here + number + 1
            for word in step.words:
                self.words.setdefault(word, []).append(bit)
            for name in step.classes:
                self.classes.setdefault(name, []).append(bit)
            if step.anything:
                self._mark("across_not" if step.across_not else "anything", bit)
            if not step.optional:
                self._mark("needed", bit)
            else:
                self._mark("optional", bit)
                if number == 0 or not steps[number - 1].optional:
                    self._mark("before_block", bit - 1)
                if number + 1 == len(steps) or not steps[number + 1].optional:
                    self._mark("end_block", bit)
            self._mark("every", bit)
        self._mark("ends", here + len(steps))
        self._mark("above", here + len(steps) + 1)
        self.blocks.append((here, len(steps), owner))
        self.size = (here + len(steps) + 1) // 8 * 8 + 8

    def _mark(self, name: str, bit: int) -> None:
        self.marks.setdefault(name, []).append(bit)

    def marked(self, name: str) -> int:
        """Give the bits that carry one mark as a whole number."""
        return number_of(self.marks.get(name, ()))


class Machine:
    """A finished layout, ready to run over any number of messages."""

    def __init__(
        self, layout: Layout, looks_for: Mapping[int, frozenset[int]] | None = None
    ) -> None:
        # Which other owners' patterns one owner asks about; those asked about by
        # nobody who can match are put aside too.
        self._looks_for = looks_for
        self._blocks = layout.blocks
        self.bytes = layout.size // 8
        self.anything = layout.marked("anything")
        self.across_not = layout.marked("across_not")
        self._needed = layout.marked("needed")
        self._every = layout.marked("every")
        self._above = layout.marked("above")
        self._at_last_byte = {
            (here + length + 1) // 8: number
            for number, (here, length, _) in enumerate(layout.blocks)
        }
        self._slices = [
            slice(here // 8, (here + length + 1) // 8 + 1)
            for here, length, _ in layout.blocks
        ]
        self._marks = [
            self.mask(layout.marked(name))
            for name in ("starts", "ends", "optional", "before_block", "end_block")
        ]

    def mask(self, bits: int) -> Mask:
        """Make the mask of these bits."""
        return Mask(bits, self.bytes)

    def narrowed(self, arcs: Arcs) -> "Run":
        """Keep the patterns that this message has every needed word for."""
        seen = 0
        for mask in {
            id(mask): mask for arriving in arcs for _, mask in arriving
        }.values():
            seen |= mask.bits
        # A missing place carries over to the bit above its pattern.
        missing = self._needed ^ (self._needed & seen)
        live = self._above ^ (self._above & (missing + self._every))
        kept = self._asked_about(
            [
                self._at_last_byte[at]
                for at in _marked(live.to_bytes(self.bytes, "little"))
            ]
        )
        slices = [self._slices[number] for number in kept]
        if not kept:
            return Run({}, [0] * 5, [])
        parts = itemgetter(*slices, slice(0, 0))
        short: dict[int, int] = {}

        def shortened(mask: Mask) -> int:
            bits = short.get(id(mask))
            if bits is None:
                bits = int.from_bytes(b"".join(parts(mask.held)), "little")
                short[id(mask)] = bits
            return bits

        sizes = accumulate((one.stop - one.start for one in slices), initial=0)
        ends = {
            at * 8 + self._blocks[number][1]: self._blocks[number][1:]
            for at, number in zip(sizes, kept, strict=False)
        }
        return Run(
            ends,
            [shortened(mask) for mask in self._marks],
            [[(at, shortened(mask)) for at, mask in one] for one in arcs],
        )

    def _asked_about(self, kept: list[int]) -> list[int]:
        if self._looks_for is None:
            return kept
        owners = {self._blocks[number][2] for number in kept}
        asking = owners & self._looks_for.keys()
        wanted = asking.union(*(self._looks_for[one] for one in asking))
        return [number for number in kept if self._blocks[number][2] in wanted]


def _marked(held: bytes) -> list[int]:
    """List the places of the bytes that are not nought."""
    marked, at = held.translate(_MARKED), -1
    found = []
    while (at := marked.find(b"\1", at + 1)) >= 0:
        found.append(at)
    return found


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
        """Tell where the shortest match of one pattern that ends here starts."""
        base = number - self._found_at[number][0]
        todo, seen, best = [(end, number)], set(), 0
        while todo:
            place = todo.pop()
            if place in seen or place[0] < best:
                continue
            seen.add(place)
            at, bit = place
            if bit == base:
                best = at
                continue
            if self._optional >> bit & 1:
                todo.append((at, bit - 1))
            todo += [(s, bit - 1) for s, mask in self._arcs[at] if mask >> bit & 1]
        return best


def number_of(bits: Sequence[int]) -> int:
    """Make one whole number with these bits set."""
    if not bits:
        return 0
    held = bytearray(max(bits) // 8 + 1)
    for bit in bits:
        held[bit >> 3] |= 1 << (bit & 7)
    return int.from_bytes(held, "little")
