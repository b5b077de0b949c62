"""Follow every pattern through a message at once, one step of whole numbers per word.

Each place in each pattern is one bit. Reading a word shifts the bits along and keeps
those whose place accepts the word (the extended Shift-And method of Navarro and
Raffinot), so the work per word is the same whatever was written: nothing backtracks.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from escalation.grammar import Step

# An arc is (where it starts, which bits accept it); arcs[p] are those ending at p.
Arcs = Sequence[Sequence[tuple[int, int]]]


@dataclass
class Layout:
    """Patterns being laid out side by side, one bit per place."""

    size: int = 0
    words: dict[str, list[int]] = field(default_factory=dict)
    classes: dict[str, list[int]] = field(default_factory=dict)
    marks: dict[str, list[int]] = field(default_factory=dict)
    owner: dict[int, int] = field(default_factory=dict)
    lengths: dict[int, int] = field(default_factory=dict)

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
            if step.optional:
                self._mark("optional", bit)
                if number == 0 or not steps[number - 1].optional:
                    self._mark("before_block", bit - 1)
                if number + 1 == len(steps) or not steps[number + 1].optional:
                    self._mark("end_block", bit)
        self.size = here + len(steps) + 1
        self._mark("ends", self.size - 1)
        self.owner[self.size - 1] = owner
        self.lengths[self.size - 1] = len(steps)

    def _mark(self, name: str, bit: int) -> None:
        self.marks.setdefault(name, []).append(bit)

    def marked(self, name: str) -> int:
        """Give the bits that carry one mark as a whole number."""
        return number_of(self.marks.get(name, ()))


class Machine:
    """A finished layout, ready to run over any number of messages."""

    def __init__(self, layout: Layout) -> None:
        self.owner, self.lengths = layout.owner, layout.lengths
        self.size = layout.size
        self.anything = layout.marked("anything")
        self.across_not = layout.marked("across_not")
        self._ends = layout.marked("ends")
        self._optional = layout.marked("optional")
        self._before_block = layout.marked("before_block")
        self._end_block = layout.marked("end_block")
        self._first = self._closed(layout.marked("starts"))

    def _closed(self, bits: int) -> int:
        """Step over optional places: set each one reachable without a word."""
        full = bits | self._end_block
        changed = (full - self._before_block) ^ full
        return bits | (self._optional ^ (self._optional & changed))

    def run(self, arcs: Arcs) -> list[tuple[int, int]]:
        """List (where it ends, bit of the pattern) for every pattern that matches."""
        first, ends = self._first, self._ends
        optional, before, end_block = (
            self._optional,
            self._before_block,
            self._end_block,
        )
        places = [first]
        found: list[tuple[int, int]] = []
        for at, arriving in enumerate(arcs[1:], start=1):
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

    def start_of(self, arcs: Arcs, end: int, number: int) -> int:
        """Tell where the shortest match of one pattern that ends here starts."""
        base = number - self.lengths[number]
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
            todo += [(s, bit - 1) for s, mask in arcs[at] if mask >> bit & 1]
        return best


def number_of(bits: Sequence[int]) -> int:
    """Make one whole number with these bits set."""
    if not bits:
        return 0
    held = bytearray(max(bits) // 8 + 1)
    for bit in bits:
        held[bit >> 3] |= 1 << (bit & 7)
    return int.from_bytes(held, "little")
