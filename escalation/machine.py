"""Follow every pattern through a message at once, one step of whole numbers per word.

Each place in each pattern is one bit. Reading a word shifts the bits along and keeps
those whose place accepts the word (the extended Shift-And method of Navarro and
Raffinot), so the work per word is the same whatever was written: nothing backtracks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from escalation.grammar import Step

# An arc is (where it starts, which bits accept it); arcs[p] are those ending at p.
Arcs = Sequence[Sequence[tuple[int, int]]]


@dataclass
class Machine:
    """Patterns laid out as bits; add them all, then `seal`, then `run`."""

    words: dict[str, int] = field(default_factory=dict)
    classes: dict[str, int] = field(default_factory=dict)
    anything: int = 0
    across_not: int = 0
    starts: int = 0
    optional: int = 0
    before_block: int = 0
    end_block: int = 0
    ends: int = 0
    size: int = 0
    owner: dict[int, int] = field(default_factory=dict)
    lengths: dict[int, int] = field(default_factory=dict)
    first: int = 0

    def add(self, steps: Sequence[Step], owner: int) -> None:
        """Lay a pattern out; `owner` is given back when it matches."""
        here = self.size
        self.starts |= 1 << here
        for number, step in enumerate(steps):
            bit = 1 << (here + number + 1)
            self._accept(step, bit)
            if step.optional:
                self.optional |= bit
                if number == 0 or not steps[number - 1].optional:
                    self.before_block |= bit >> 1
                if number + 1 == len(steps) or not steps[number + 1].optional:
                    self.end_block |= bit
        self.size = here + len(steps) + 1
        self.ends |= 1 << (self.size - 1)
        self.owner[self.size - 1] = owner
        self.lengths[self.size - 1] = len(steps)

    def _accept(self, step: Step, bit: int) -> None:
        for word in step.words:
            self.words[word] = self.words.get(word, 0) | bit
        for name in step.classes:
            self.classes[name] = self.classes.get(name, 0) | bit
        if step.anything:
            self.anything |= bit
        if step.across_not:
            self.across_not |= bit

    def seal(self) -> None:
        """Finish laying out: work out which places are open before any word."""
        self.first = self._closed(self.starts)

    def _closed(self, bits: int) -> int:
        """Step over optional places: set each one reachable without a word."""
        full = bits | self.end_block
        return bits | (self.optional & (~(full - self.before_block) ^ full))

    def run(self, arcs: Arcs) -> Iterator[tuple[int, int]]:
        """Yield (where it ends, bit of the pattern) for every pattern that matches."""
        first, ends = self.first, self.ends
        places = [first]
        for arriving in arcs[1:]:
            bits = 0
            for start, mask in arriving:
                bits |= (places[start] << 1) & mask
            if bits:
                bits = self._closed(bits)
                found = bits & ends
                if found:
                    for number in set_bits(found):
                        yield len(places), number
            places.append(bits | first)

    def start_of(self, arcs: Arcs, end: int, number: int) -> int:
        """Tell where the shortest match of one pattern that ends here starts."""
        base = number - self.lengths[number]
        todo, seen, best = [(end, number)], set(), 0
        while todo:
            place = todo.pop()
            if place in seen:
                continue
            seen.add(place)
            at, bit = place
            if bit == base:
                best = max(best, at)
                continue
            if self.optional >> bit & 1:
                todo.append((at, bit - 1))
            todo += [(s, bit - 1) for s, mask in arcs[at] if mask >> bit & 1]
        return best


def set_bits(bits: int) -> Iterator[int]:
    """Yield the numbers of the bits that are set, lowest first."""
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low
