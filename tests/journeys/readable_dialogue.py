"""A dialogue one can read, for journeys that are not about understanding."""

from dataclasses import dataclass, field

from foundations.saying import Choice, Reply
from gateway.rasa.dialogue import DialogueAway, Question


@dataclass
class ReadableDialogue:
    """Answers everything with `key`, and remembers what it was asked."""

    away: bool = False
    key: str = "fake.heard"
    asked: list[Question] = field(default_factory=list)
    choices: tuple[Choice, ...] = ()

    async def ask(self, question: Question) -> tuple[Reply, ...]:
        """Answer, unless told to be away."""
        if self.away:
            raise DialogueAway
        self.asked.append(question)
        return (Reply(self.key, "I heard you.", self.choices),)
