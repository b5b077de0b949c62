"""Takes apart an answer that holds more: something for another part, or a question."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.turns.known_words import plain
from bot.turns.safety_plan_editing import NAMES_NOTHING
from bot.turns.safety_plan_talk import is_question
from foundations.ids import YoungPersonId
from foundations.saying import Say
from safety_plans import editing
from safety_plans.plan import SectionId
from safety_plans.repository import PlanHistory
from safety_plans.sections import sections
from safety_plans.splitting import items_in

LONGEST_NAME: Final = 3
"""Words of an answer that names one thing; a longer one is a list of them."""

_SENTENCES = re.compile(r"(?<=[.!?])\s+|\n+|\s*,\s*(?=(?:oh|also|and also)\b)", re.I)
_FOR_A_PART = re.compile(
    r"(?:(?:oh|and|also|plus|no|wait|sorry|actually)\W+)*"
    rf"(?!(?:(?:add|put)\s+)?{NAMES_NOTHING}\s+(?:to|in|into|under|for)\b)"
    r"(?:(?:add|put)\s+)?(?P<words>[^.!?\n]+?)"
    r"(?:\s+(?:is|are|goes?|belongs?|should\s+(?:be|go)|can\s+go))?"
    r"\s+(?:for|to|in|into|under)\s+part\s+(?P<part>[1-9])(?:\s+(?:pls|please))?\W*",
    re.IGNORECASE,
)
_AND_MORE = re.compile(r"[,;&+\n]|\b(?:n|nd|and)\b", re.IGNORECASE)
_I_SAY = re.compile(r"(?:i|im|ive|i[’']m|i[’']ve|its|it[’']s)\b", re.IGNORECASE)
_HOW_I_AM = re.compile(
    r"\b(?:feel\w*|sad|scared|lonely|angry|numb|tired|bad|shit|crap|awful|anxious|worse"
    r"|rubbish|alone|help|hate\w*|cant|can[’']t|dont|don[’']t|not|no|yes|ok|okay)\b",
    re.IGNORECASE,
)
"""What is said of oneself, or to us: a plan that is finished takes it for no line."""


@dataclass(frozen=True)
class Beside:
    """An answer, and the question that came in the same message."""

    answer: str
    question: str


def names_things(text: str) -> bool:
    """Tell "musik n my dog" from somebody's news."""
    is_short = len(text.split()) <= LONGEST_NAME
    return (is_short or bool(_AND_MORE.search(text))) and not _I_SAY.match(text)


def may_fill(text: str) -> bool:
    """Tell what may be a line where none is being asked for, from how somebody is."""
    return names_things(text) and not _HOW_I_AM.search(text)


def question_beside(text: str) -> Beside | None:
    """Find the answer before a question: "drawing and tea. who can see this?"."""
    *_, asked = pieces = _pieces(text) or [""]
    if len(pieces) == 1 or not is_question(asked, plain(asked)):
        return None
    answer = text[: text.rindex(asked)].strip(" \n,.")
    is_answer = names_things(answer) and not answer.endswith("?")
    return Beside(answer, asked) if is_answer else None


def for_other_parts(text: str) -> tuple[tuple[SectionId | None, str], ...]:
    """Give what is said, by the part that it names; () when no part is named."""
    pieces = _pieces(text)
    named = [_FOR_A_PART.fullmatch(piece) for piece in pieces]
    if not any(named):
        return ()
    return tuple(
        (tuple(SectionId)[int(to["part"]) - 1], to["words"])
        if to
        else (None, piece.rstrip("."))
        for piece, to in zip(pieces, named, strict=True)
    )


def spread(
    pieces: Sequence[tuple[SectionId | None, str]],
    here: SectionId,
    history: PlanHistory,
    young_person: YoungPersonId,
    now: datetime,
) -> tuple[Say, ...]:
    """Add each to its part, and say which; what is for here is read back anyway."""
    for section, words in pieces:
        editing.add_lines(
            history, young_person, section or here, items_in(words), now=now
        )
    return tuple(
        Say("plan.held_added", {"number": str(sections()[section].number)})
        for section in dict.fromkeys(section for section, _ in pieces)
        if section not in (None, here)
    )


def _pieces(text: str) -> list[str]:
    return [piece for piece in _SENTENCES.split(text.strip()) if piece.strip()]
