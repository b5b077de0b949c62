"""How often each phrase was met in one reading, and in how many places."""

from dataclasses import dataclass, field

from escalation.phrasebook import Phrase
from escalation.reading import Found

MOST_WEIGHED = 12
"""Matches of one phrase that are weighed, of any number in a text."""


@dataclass
class Tally:
    """How many matches of each phrase were weighed, and in how many places it stood.

    Matches are weighed from the end of the text, so a long text cannot hide its end.
    """

    weighed: dict[str, int] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    before: dict[str, int] = field(default_factory=dict)

    def may_weigh(self, phrase: Phrase) -> bool:
        """Count one more match of a phrase; tell whether it may still be weighed."""
        self.weighed[phrase.id] = self.weighed.get(phrase.id, 0) + 1
        return self.weighed[phrase.id] <= MOST_WEIGHED

    def enough(self, found: Found) -> bool:
        """Count a place if it is clear of the last one; tell whether it is enough."""
        name = found.phrase.id
        if found.end <= self.before.get(name, found.end):
            self.before[name] = found.start
            self.places[name] = self.places.get(name, 0) + 1
        return self.places.get(name, 0) >= found.phrase.places
