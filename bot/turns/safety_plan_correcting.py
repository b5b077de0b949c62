"""Puts right what was read back, in plain words: "no its drums", "delete music"."""

import re
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Final

from bot.turns.known_words import plain
from bot.turns.safety_plan_talk import goes_on, is_about_this, is_question
from foundations.ids import YoungPersonId
from safety_plans import editing
from safety_plans.plan import PlanLine, SafetyPlan
from safety_plans.repository import PlanHistory

LONGEST: Final = 6
"""Words put in a line's place at most; more than that is an answer."""
NEAR_ENOUGH: Final = 0.6
"""How alike a word and its slip are at least, where several lines were read back."""

SHORTEST_PIECE: Final = 4
"""Letters of a piece of a line that is named; fewer could stand anywhere."""
QUOTES: Final = "\"'“”‘’ "

PLACES: Final = {
    **{word: at for at, word in enumerate(("first", "second", "third", "fourth"))},
    **{word: at for at, word in enumerate(("1st", "2nd", "3rd", "4th"))},
    "top": 0,
    "last": -1,
    "bottom": -1,
}
THIS: Final = frozenset({"it", "that", "this", "them", "those", "that one", "this one"})

_WAIT: Final = (
    r"(?:(?:no|nah|nope|wait|hang on|hold on|oh|omg|oops|actually|sorry|soz|pls|please"
    r"|can (?:you|u)|could (?:you|u))[\s,.!-]+)"
)
_NO: Final = r"(?:no|nah|nope|wait|oops|actually|sorry|soz)[\s,.!-]+"
_MEANT = re.compile(
    rf"\s*(?:{_WAIT}*i (?:meant|mean|meen|ment)(?: (?:to|2) (?:say|put|write|type))?"
    rf"|{_WAIT}*{_NO}"
    r"(?:it[’']?s|it is|that[’']?s|i mean|(?:it |that )?should (?:be|say)))"
    r"[\s,:]+(?P<words>.+?)\s*",
    re.IGNORECASE,
)
_IN_PLACE = re.compile(
    rf"\s*{_WAIT}*(?:(?:change|swap|replace|edit) (?P<old>.+?)(?: back)?"
    r" (?:to|for|with|into)"
    r"|not (?P<wrong>[^,.]+?)(?:[,.]+|,? (?:its|it[’']s|but)))\s+(?P<words>.+?)\s*",
    re.IGNORECASE,
)
_RATHER = re.compile(
    rf"\s*{_WAIT}*(?:i (?:meant|mean|meen|ment)|it[’']?s|it is|that[’']?s|should be)"
    r"[\s,:]+(?P<words>.+?),?\s+(?:not|instead of)\s+(?P<old>[^,.]+?)\W*",
    re.IGNORECASE,
)
_TAKES_OUT = re.compile(
    r"(?:(?:no|nah|oh|actually|wait|hang on|hold on|sorry|soz|can you|can u|pls|please)"
    r" )*(?:remove|delete|take (?:out|off|away)|get rid of|scrap|lose|not|ignore|nvm"
    r"|leave (?:out|off)|dont (?:put|add|keep|include|write)) "
    r"(?P<what>.+?)(?: (?:pls|please|out|off|sorry))*"
    r"(?: (?:it|its|cos|coz|cuz|because|bc|that|he|she|they) .+)?"
    r"|(?:(?:no|nah|oh|actually|wait|sorry|can you|can u|pls|please) )*"
    r"take (?P<which>.+) (?:out|off|away|back)"
    r"|(?:(?:no|nah|oh|actually|wait|sorry) )*i dont want (?P<unwanted>.+?)"
    r" (?:in (?:it|there|this|(?:my|the) plan)|on (?:it|there|the list))"
)
_LEADS_IN = re.compile(
    rf"\s*{_WAIT}*(?:i (?:meant|ment|meen)(?: (?:to|2) (?:say|put|write|type))?"
    r"|(?:change|swap|edit) (?:it|that|this)(?: back)? (?:to|for|into))"
    r"[\s,:]+(?P<words>.+?)\s*",
    re.IGNORECASE,
)
"""What comes before a line that is put in place of one that is gone already."""
_NAMES_A_PLACE = re.compile(
    rf"(?:the )?({'|'.join(PLACES)})(?: (?:one|line|bit|thing))?"
)

_THE_BIT = re.compile(
    r"(?:the|that) (?P<piece>\w{2,}(?: \w+){0,3}) (?:bit|one|line|thing|part)"
)
"""What names a whole line by a piece of it."""
_PUTS_RIGHT = re.compile(
    r"(?:(?:no|nah|nope|wait|hang on|oh|oops|omg|actually|sorry|soz) )*"
    r"(?:(?:its|it is|thats|that is|thts|this is"
    r"|i (?:got|put|did|wrote|typed|spelt) (?:it|that)) )?(?:all )?"
    r"(?:wrong|not (?:quite |really )?right|not what i (?:meant|said|wrote)|isnt right)"
    r"(?: (?:sorry|soz|tho|actually|that))*"
    r"|(?:(?:no|nah|nope|oh|omg|actually|sorry|soz) )*(?:wait|hang on|hold on)"
    r"(?: (?:no|nah|wait|sorry|a sec|a minute))*"
)
"""What says that a read-back is wrong, and nothing else, as `plain` writes it."""


_STAYS_OUT = re.compile(
    r"(?:(?:no|nah|oh|actually|wait|hang on|hold on|sorry|soz) )+"
    r"dont (?:put|add|keep|include|write) .+"
)
"""What is to stay out, and is no line of the part; said to us, by how it begins."""


@dataclass(frozen=True)
class Correction:
    """A line to take out, or to put other words in place of."""

    line: PlanLine
    words: str | None = None

    def make(
        self, history: PlanHistory, young_person: YoungPersonId, now: datetime
    ) -> None:
        """Do it; UNDO takes it back."""
        if self.words is None:
            editing.remove_line(history, young_person, self.line.id, now=now)
        else:
            editing.change_line(
                history, young_person, self.line.id, self.words, now=now
            )


def says_it_is_wrong(said: str) -> bool:
    """Tell "thats not right" or "no wait", which name nothing, as `plain` writes it."""
    return _PUTS_RIGHT.fullmatch(said) is not None


def takes_it_back(said: str) -> bool:
    """Tell "wait remove that" from what names a line; `said` is it, plain."""
    return _named_to_go(said) in THIS


def as_meant(text: str) -> str:
    """Leave out what only leads to the words that were meant: "i meant swimming"."""
    found = _LEADS_IN.fullmatch(text)
    return found["words"] if found else text


def names_a_piece(text: str, plan: SafetyPlan) -> bool:
    """Tell what is to go and stands inside a longer line: nobody can know how much."""
    named = _bare(_named_to_go(plain(text)) or "")
    if not named or plan.open_section is None:
        return False
    lines = plan.lines(plan.open_section)
    return any(re.search(rf"\b{re.escape(named)}\b", plain(one.words)) for one in lines)


def names_no_line(text: str) -> bool:
    """Tell what puts something right, where nobody can know which line."""
    named = _named_to_go(plain(text)) or ""
    is_short = len(text.split()) <= LONGEST
    in_place = _IN_PLACE.fullmatch(text)
    names_none = (
        _MEANT.fullmatch(text)
        or _NAMES_A_PLACE.fullmatch(named)
        or (in_place and plain(in_place["old"] or "") in THIS)
    )
    return is_short and bool(names_none or _STAYS_OUT.fullmatch(plain(text)))


def correction(text: str, plan: SafetyPlan) -> Correction | None:
    """Read which line of the open part is put right, and how; None when none is."""
    if plan.open_section is None:
        return None
    lines = plan.lines(plan.open_section)
    if in_place := _IN_PLACE.fullmatch(text):
        old = (in_place["old"] or in_place["wrong"]).strip(QUOTES)
        new = in_place["words"].strip(QUOTES)
        line = _unnamed(new, plan) if plain(old) in THIS else _named(old, lines)
        return _with(line, new) or _inside(old, new, lines)
    if (rather := _RATHER.fullmatch(text)) and (line := _named(rather["old"], lines)):
        return _with(line, rather["words"])
    if meant := _MEANT.fullmatch(text):
        return _with(_unnamed(meant["words"], plan), meant["words"])
    named = _named_to_go(plain(text))
    line = None if named is None else _named(named, lines) or _with_piece(named, lines)
    return Correction(line) if line else None


def correction_elsewhere(text: str, plan: SafetyPlan) -> Correction | None:
    """Read which line of a part that is not open is named, and what becomes of it.

    Only what stands there word for word: "delete instagram" may be a line itself.
    """
    lines = tuple(one for one in plan.all_lines if one.section is not plan.open_section)
    in_place = _IN_PLACE.fullmatch(text)
    if in_place and in_place["old"]:
        line = _by_words(in_place["old"].strip(QUOTES), lines)
        return _with(line, in_place["words"].strip(QUOTES))
    named = _named_to_go(plain(text))
    if named is None or named in THIS:
        return None
    gone = _by_words(named, lines) or _with_piece(named, lines)
    return Correction(gone) if gone else None


def _with(line: PlanLine | None, words: str) -> Correction | None:
    """Put words in a line's place, unless they speak of it and name nothing."""
    said = plain(words)
    is_short = 0 < len(said.split()) <= LONGEST
    if line is None or not is_short or said in THIS or said.startswith("not "):
        return None
    of_it = f"its {said}"
    speaks_of_it = is_about_this(of_it) or goes_on(of_it) or is_question(words, said)
    return None if speaks_of_it else Correction(line, words)


def _unnamed(words: str, plan: SafetyPlan) -> PlanLine | None:
    """Find the line that "i meant drums" is about: the only one, or a slip of it."""
    if len(plan.unchecked) <= 1:
        return next(iter(plan.unchecked), None)
    likeness = {_alike(line.words, words): line for line in plan.unchecked}
    return likeness[max(likeness)] if max(likeness) >= NEAR_ENOUGH else None


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, plain(one), plain(other)).ratio()


def _named_to_go(said: str) -> str | None:
    """Give what is to be taken out again ("remove music"), or None."""
    found = _TAKES_OUT.fullmatch(said)
    return (found["which"] or found["what"] or found["unwanted"]) if found else None


def _named(words: str, lines: tuple[PlanLine, ...]) -> PlanLine | None:
    """Find a line by its words, or by its place: "the first one"."""
    said = plain(words)
    place = _NAMES_A_PLACE.fullmatch(said)
    if place and -len(lines) <= PLACES[place[1]] < len(lines):
        return lines[PLACES[place[1]]]
    return _by_words(words, lines)


def _by_words(words: str, lines: tuple[PlanLine, ...]) -> PlanLine | None:
    named = _bare(words)
    return next((one for one in reversed(lines) if _bare(one.words) == named), None)


def _with_piece(named: str, lines: tuple[PlanLine, ...]) -> PlanLine | None:
    """Find the one line that "the mum bit" stands in."""
    if (found := _THE_BIT.fullmatch(named)) is None:
        return None
    piece = re.compile(rf"\b{re.escape(found['piece'])}\b")
    holding = [one for one in lines if piece.search(plain(one.words))]
    return holding[0] if len(holding) == 1 else None


def _bare(words: str) -> str:
    """Leave out the small words before what is named: "my dog" and "the dog"."""
    return plain(words).removeprefix("the ").removeprefix("my ")


def _inside(old: str, new: str, lines: tuple[PlanLine, ...]) -> Correction | None:
    """Change words where they stand in a longer line, if that is one place alone."""
    if len(old) < SHORTEST_PIECE:
        return None
    piece = re.compile(rf"\b{re.escape(old)}\b", re.IGNORECASE)
    places = [one for one in lines for _ in piece.finditer(one.words)]
    if len(places) != 1:
        return None
    (line,) = places
    return Correction(line, piece.sub(lambda _: new, line.words))
