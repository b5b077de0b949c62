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
    then: tuple[str, ...] = ()
    """Keys of what is said after it, as Rasa comes back to an open question."""

    async def ask(self, question: Question) -> tuple[Reply, ...]:
        """Answer, unless told to be away."""
        if self.away:
            raise DialogueAway
        self.asked.append(question)
        said = Reply(self.key, "I heard you.", self.choices)
        return (said, *(Reply(key, "And then?") for key in self.then))
