"""Talks to the building of a plan as a young person does, without Rasa."""

from dataclasses import dataclass, field
from datetime import datetime

from kept_in_memory import KeptInMemory
from plan_services import ROBIN, TWO_IN_THE_MORNING

from bot.turns.safety_plan_building import Building
from bot.turns.safety_plan_means import Heard
from bot.words import Words
from foundations.saying import Channel, Reply, Say
from safety_plans.plan import SafetyPlan
from safety_plans.repository import Because

CONTACTS = {
    "emergency-999": "999",
    "nhs-111-mental-health": "111",
    "shout-85258": "85258",
    "childline": "0800 1111",
}
WORDS = Words.load()


@dataclass
class Texting:
    """One young person on one channel; what was sent last is in `replies`."""

    history: KeptInMemory = field(default_factory=KeptInMemory)
    channel: Channel = Channel.SMS
    now: datetime = TWO_IN_THE_MORNING
    replies: tuple[Reply, ...] = ()
    sent: list[Reply] = field(default_factory=list)
    messages: int = 0

    @property
    def plan(self) -> SafetyPlan:
        """The plan as it stands."""
        return self.history.plan(ROBIN)

    @property
    def keys(self) -> list[str]:
        """The keys of what was sent last."""
        return [reply.key for reply in self.replies]

    @property
    def text(self) -> str:
        """The last text that was sent."""
        return self.replies[-1].text

    def starts(self) -> "Texting":
        """Ask for a plan."""
        self.messages += 1
        building = self.building()
        turn = building.start()
        self._send(turn.says + (building.asking() if turn.building else ()))
        return self

    def says(self, *texts: str, intent: str | None = None) -> "Texting":
        """Send texts one by one; a bare number picks one of the last choices."""
        for text in texts:
            self.messages += 1
            building = self.building()
            turn = building.hear(Heard(self._picked(text), intent, 0.9))
            asking = building.asking() if turn.building and not turn.aside else ()
            self._send(turn.says + asking)
        return self

    def asks_to(self, text: str) -> "Texting":
        """Ask, outside building, to add to a section."""
        building = self.building()
        self._send(building.add_to(text).says + building.asking())
        return self

    def words_in_plan(self) -> list[str]:
        """Every line, section by section."""
        return [line.words for line in self.plan.all_lines]

    def _picked(self, text: str) -> str:
        choices = self.replies[-1].choices if self.replies else ()
        if text.isdigit() and 0 < int(text) <= len(choices):
            return choices[int(text) - 1].value
        return text

    def building(self) -> Building:
        message = str(self.messages)
        return Building(
            Because(self.history, message),
            ROBIN,
            CONTACTS,
            self.now,
            self.channel,
            message=message,
        )

    def _send(self, says: tuple[Say, ...]) -> None:
        self.replies = tuple(WORDS.render(say, self.channel) for say in says)
        self.sent.extend(self.replies)


def as_sent(reply: Reply) -> str:
    """A text with its choices numbered, as the gateway sends it by SMS."""
    rows = (f"{n} {c.label}" for n, c in enumerate(reply.choices, start=1))
    return "\n".join((reply.text, *rows))
