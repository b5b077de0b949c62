"""Which patterns have every word they cannot do without, found by one addition.

Each pattern has a field of bits in one long whole number: a bit for every kind of word
that it cannot do without, and an empty one above them. What a message holds sets the
bits of the kinds it has a word for. Adding one at the foot of every field carries into
the empty bit of just those fields whose bits are all set.
"""

from collections.abc import Iterable


class Needs:
    """The fields side by side; a pattern is known by the empty bit above its needs."""

    def __init__(self) -> None:
        self._size = 0
        self._feet: list[int] = []
        self._of_kind: dict[object, list[int]] = {}
        self._ones = self._tops = 0

    def add(self, kinds: Iterable[object]) -> int:
        """Give a pattern that needs all of these kinds a field; tell its bit."""
        self._feet.append(self._size)
        bit = self._size
        for bit, kind in enumerate(dict.fromkeys(kinds), start=self._size):
            self._of_kind.setdefault(kind, []).append(bit)
        self._size = bit + 2
        return bit + 1

    def close(self) -> None:
        """Make ready to be asked; nothing is added any more."""
        self._ones = number_of(self._feet)
        self._tops = number_of([foot - 1 for foot in self._feet[1:]] + [self._size - 1])

    def bits(self, kinds: Iterable[object]) -> int:
        """Give the bits that a word or class of these kinds sets, in every field."""
        return number_of([bit for kind in kinds for bit in self._of_kind.get(kind, ())])

    def met_by(self, seen: int) -> int:
        """Give the bits of the patterns that nothing is missing for."""
        return (seen + self._ones) & self._tops


def number_of(bits: Iterable[int]) -> int:
    """Make one whole number with these bits set."""
    bits = list(bits)
    held = bytearray(max(bits, default=0) // 8 + 1)
    for bit in bits:
        held[bit >> 3] |= 1 << (bit & 7)
    return int.from_bytes(held, "little")


def bits_set(number: int) -> list[int]:
    """List the bits that are set, the highest first (a number shrinks from the top)."""
    bits = []
    while number:
        bit = number.bit_length() - 1
        bits.append(bit)
        number ^= 1 << bit
    return bits
