"""A dialogue one can read, for journeys that are not about understanding."""

from dataclasses import dataclass, field

from foundations.saying import Choice, Reply
from gateway.rasa.dialogue import DialogueAway, Question


@dataclass
class ReadableDialogue:
    """Answers everything with `fake.heard`, and remembers what it was asked."""

    away: bool = False
    asked: list[Question] = field(default_factory=list)
    choices: tuple[Choice, ...] = ()

    async def ask(self, question: Question) -> tuple[Reply, ...]:
        """Answer, unless told to be away."""
        if self.away:
            raise DialogueAway
        self.asked.append(question)
        return (Reply("fake.heard", "I heard you.", self.choices),)
