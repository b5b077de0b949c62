"""What is asked and told next in the day after crisis words, and what answers it.

A message is one of these only when it is nothing else. Which words answer depends on
what was told before; for some, nothing may answer, and the message goes on as usual.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from escalation.files import read_words
from escalation.grammar import PhraseError
from escalation.lexicon import Lexicon
from escalation.machine import Machine
from escalation.normalise import SENTENCE_EDGE, words
from escalation.routes import Route, Screening

_FOLDER = Path(__file__).parent
_PATH = _FOLDER / "asked_after.yml"
_SHARED = _FOLDER / "aftercare.yml"
"""Holds the classes that both use."""
_LONGEST = 120
"""Characters; what is longer tells more than this."""
_EDGES_OF_ONE_SENTENCE = 2
_QUOTED = re.compile('["\u201c\u201d]')
"""Marks round the very word that is asked about."""
_BUT_NO_EMERGENCY = "no emergency"
"""An emergency keeps its full words, whatever else the message could be."""
NOTHING = "nothing"
"""What somebody is in to whom no crisis words were said."""


@dataclass(frozen=True)
class Asked:
    """One thing that is asked, and the words for each thing that somebody is in.

    `asks` is the question that the words end with, `then` the one that is put after
    them; `again` is said when it is asked twice running. `settles`: 999 need not
    stand first any more. `in_a_plan`: what they are in when it is answered beside a
    plan's question too.
    """

    id: str
    says: dict[str, str]
    asks: str | None
    then: str | None
    again: str | None
    though_screened: str | None
    settles: bool
    in_a_plan: frozenset[str]

    def said_in(self, situations: frozenset[str]) -> str | None:
        """Give the words for the first of these that somebody is in, or None."""
        return next((key for one, key in self.says.items() if one in situations), None)

    def holds_though(self, screening: Screening) -> bool:
        """Tell whether it is asked though the screen's phrases find something in it."""
        if self.though_screened == _BUT_NO_EMERGENCY:
            return screening.route is not Route.EMERGENCY_NOW
        return self.though_screened is not None


def _asked(entry: dict[str, Any]) -> Asked:
    return Asked(
        entry["id"],
        {one: f"escalation.{key}" for one, key in entry["says"].items()},
        entry.get("asks"),
        entry.get("then"),
        entry.get("again"),
        entry.get("though_screened"),
        entry.get("settles") == "yes",
        frozenset(entry.get("in_a_plan", ())),
    )


def _load() -> tuple[tuple[Asked, ...], Machine, frozenset[str]]:
    found: Any = read_words(_PATH)
    shared: Any = read_words(_SHARED)
    lexicon = Lexicon({**shared["classes"], **found["classes"]})
    patterns = []
    for owner, entry in enumerate(found["asked"]):
        try:
            for pattern in entry["whole"]:
                patterns += [(row, owner) for row in lexicon.read(f"^ {pattern} $")]
        except PhraseError as problem:
            raise PhraseError(f"{_PATH.name}: {entry['id']}: {problem}") from problem
    machine = Machine(patterns, lexicon, stop_gaps=lexicon.named("not").words)
    asked = tuple(map(_asked, found["asked"]))
    return asked, machine, frozenset(found["names_a_friend"])


_ASKED, _MACHINE, _FRIENDS = _load()


def names_a_friend(text: str) -> bool:
    """Tell whether a message names somebody to worry about; total."""
    return any(not _FRIENDS.isdisjoint(word) for word in words(text))


def asked_after(
    text: str, situations: frozenset[str], *, in_a_plan: bool = False
) -> Asked | None:
    """Tell what a message asks, where something answers it; total, like the screen.

    `in_a_plan`: a plan's question is open, and what may be a line of it is left to it.
    """
    if len(text) > _LONGEST:
        return None
    said = words(_QUOTED.sub(" ", text))
    if said.count(SENTENCE_EDGE) != _EDGES_OF_ONE_SENTENCE:
        return None
    row = _MACHINE.read(said)
    met = {one.owner for one in _MACHINE.patterns(row.possible) if row.ends(one)}
    found = (_ASKED[owner] for owner in sorted(met))
    if in_a_plan:
        found = (one for one in found if one.in_a_plan & situations)
    return next((one for one in found if one.said_in(situations)), None)
