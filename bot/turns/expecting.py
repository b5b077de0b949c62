"""What happens when you get in touch with one service: whole, or text by text.

A text holds two segments: what is most needed is said first, and "more" says the rest.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from foundations.gsm7 import units
from foundations.saying import Channel, Choice, Say
from signposting import Directory, OpenState, Service, open_now
from signposting.unsure import fact_in_words

FACTS: Final = ("who", "cost", "private", "wait", "next_steps", "limits")
NEEDED_FIRST: Final = ("private", "cost", "who", "wait", "next_steps", "limits")
"""Who is told and what it costs keep people from asking for help: said before all."""
SUMMARY: Final = "summary"
EVERYTHING: Final = frozenset((SUMMARY, *FACTS))
ROOM: Final = 2 * 153  # septets of a text in two parts


@dataclass(frozen=True)
class Expecting:
    """One service, looked at by one person at an aware moment, on one channel.

    `room` is how many septets a text may take up, its numbered choices included.
    """

    directory: Directory
    service: Service
    at: datetime
    channel: Channel
    room: int = ROOM

    def first(self, offers: tuple[Choice, ...] = ()) -> tuple[Say, tuple[str, ...]]:
        """Say what fits, most needed first; give the names of what was said."""
        values = {
            "name": self.service.name,
            "summary": " ".join((self.service.summary or "", *self._if_not_open())),
            "mark": self._mark,
        }
        return self._say("what_to_expect", values, offers, (SUMMARY,))

    def rest(
        self, said: Collection[str], offers: tuple[Choice, ...] = ()
    ) -> tuple[Say, tuple[str, ...]]:
        """Say what was left over; give the names of everything said so far."""
        values = {"name": self.service.name, "summary": "", "mark": self._mark}
        return self._say("expect_more", values, offers, said)

    def _say(
        self,
        key: str,
        values: dict[str, str],
        offers: tuple[Choice, ...],
        said: Collection[str],
    ) -> tuple[Say, tuple[str, ...]]:
        waiting = [name for name in NEEDED_FIRST if name not in said]
        if self.channel is Channel.SMS:
            head = [values["mark"] + (values["summary"] or values["name"])]
            taken = self._that_fit(head, waiting, offers)
        else:
            taken = waiting
        if len(taken) < len(waiting):
            offers = (self._more, *offers)
        lines = [self._line(name) for name in FACTS if name in taken]
        between = "\n" if self.channel is Channel.SMS else "\n\n"
        values["lines"] = between.join(lines)
        return Say(f"signposting.{key}", values, offers), (*said, *taken)

    def _that_fit(
        self, head: list[str], waiting: list[str], offers: tuple[Choice, ...]
    ) -> list[str]:
        """Take facts in order of need while there is room; none before the first."""
        taken: list[str] = []
        for name in waiting:
            lines = [self._line(each) for each in (*taken, name)]
            is_all = len(taken) + 1 == len(waiting)
            shown = offers if is_all else (self._more, *offers)
            numbered = [f"{place} {each.label}" for place, each in enumerate(shown, 1)]
            if units("\n".join((*head, *lines, *numbered))) <= self.room:
                taken.append(name)
            elif not taken:
                break
        return taken

    def _line(self, name: str) -> str:
        phrases = self.directory.phrases
        fact = fact_in_words(phrases, self.service, name, short=self._is_text)
        return phrases.say(f"facts_{self.channel.value}", name, fact=fact)

    @property
    def _is_text(self) -> bool:
        return self.channel is Channel.SMS

    @property
    def _more(self) -> Choice:
        phrases = self.directory.phrases
        return Choice(
            phrases.say("choices", "more_about"),
            phrases.say("choices", "ask_more_about", name=self.service.name),
        )

    @property
    def _mark(self) -> str:
        draft = self.directory.is_draft(self.service)
        return f"{self.directory.phrases.sample_mark}\n" if draft else ""

    def _if_not_open(self) -> Iterator[str]:
        """Say that it is shut now, or that nobody knows; nothing when it is open."""
        phrases = self.directory.phrases
        hours = open_now(self.service, self.at, holidays=self.directory.holidays)
        match hours.state:
            case OpenState.OPEN | OpenState.PROBABLY_OPEN:
                pass
            case OpenState.CLOSED_UNTIL if hours.opens_at:
                when = phrases.when(hours.opens_at, self.at)
                yield phrases.say("states", "opens", when=when)
            case OpenState.CLOSED_UNTIL:
                yield phrases.say("states", "shut")
            case OpenState.BANK_HOLIDAY_HOURS_NOT_KNOWN:
                yield phrases.say("states", "bank_holiday")
            case OpenState.HOURS_NOT_KNOWN:
                yield phrases.say("states", "not_known")


def one_fact(directory: Directory, services: Iterable[Service], name: str) -> Say:
    """Say one thing about each of some services."""
    lines = "\n".join(
        f"{each.name}: {fact_in_words(directory.phrases, each, name)}"
        for each in services
    )
    return Say(f"signposting.about_{name}", {"lines": lines})
