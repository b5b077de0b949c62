"""Small pieces of words: reasons, ages and times, as a young person reads them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from foundations.clock import in_london
from foundations.content import read_yaml
from signposting.records import ANY_AGE, AgeRange, Way
from signposting.wishes import Wishes

WORDS = Path(__file__).with_name("phrases.yml")
A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Phrases:
    """The words of phrases.yml, by group and key."""

    words: Mapping[str, Any]

    def say(self, group: str, key: str, **gaps: str) -> str:
        """Give one phrase with its gaps filled."""
        phrase: str = self.words[group][key]
        return phrase.format(**gaps)

    @property
    def sample_mark(self) -> str:
        """Give the mark that every draft carries."""
        mark: str = self.words["sample_mark"]
        return mark

    @property
    def not_known(self) -> str:
        """Give what is said where a fact is not known."""
        words: str = self.words["not_known"]
        return words

    def way(self, way: Way) -> str:
        """Say how to get in touch: "by text"."""
        return self.say("ways", way.value)

    def kind(self, wishes: Wishes, *, just_for_them: bool = False) -> str:
        """Name what was wished for, where a way to get in touch is all of it.

        `just_for_them`: it is named as what there would be for people like them.
        """
        more = (wishes.audiences, wishes.formats, wishes.access, wishes.topics)
        if len(wishes.ways) != 1 or any(more):
            return self.say("kinds", "any_for_them" if just_for_them else "any")
        return self.say("kinds", next(iter(wishes.ways)).value)

    def ages(self, ages: AgeRange) -> str | None:
        """Say who is the right age: "under 25s"; None when any age is."""
        if ages == ANY_AGE:
            return None
        if ages.lowest == ANY_AGE.lowest:
            return self.say("ages", "under", over=str(ages.highest + 1))
        if ages.highest == ANY_AGE.highest:
            return self.say("ages", "over", lowest=str(ages.lowest))
        return self.say(
            "ages", "between", lowest=str(ages.lowest), highest=str(ages.highest)
        )

    def clock(self, moment: datetime) -> str:
        """Say a moment as a clock time in London: "8.30pm", "midnight"."""
        wall = in_london(moment)
        match (wall.hour, wall.minute):
            case (0, 0):
                return self.say("times", "midnight")
            case (12, 0):
                return self.say("times", "noon")
        minutes = f".{wall.minute:02}" if wall.minute else ""
        half = "am" if wall.hour < 12 else "pm"
        return f"{wall.hour % 12 or 12}{minutes}{half}"

    def when(self, moment: datetime, now: datetime) -> str:
        """Say when, as seen from now: "1pm tomorrow", "9am on Monday"."""
        wall, today = in_london(moment), in_london(now).date()
        ahead = wall.date() - today
        time = self.clock(moment)
        if not ahead:
            return self.say("times", "today", time=time)
        if ahead == timedelta(days=1):
            return self.say("times", "tomorrow", time=time)
        weekday: str = self.words["weekdays"][wall.weekday()]
        if ahead < A_WEEK:
            return self.say("times", "this_week", time=time, weekday=weekday)
        month: str = self.words["months"][wall.month - 1]
        return self.say("times", "later", time=time, day=str(wall.day), month=month)


@cache
def load_phrases(path: Path = WORDS) -> Phrases:
    """Read the phrases."""
    return Phrases(read_yaml(path))
