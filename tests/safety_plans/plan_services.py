"""Services for actions in tests: one young person, a plan in memory, a fixed night."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from kept_in_memory import KeptInMemory

from bot.actions.services import Services, install
from bot.words import Words
from foundations.ids import ConversationId, YoungPersonId
from safety_plans.plan import SafetyPlan

TWO_IN_THE_MORNING = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
ROBIN = YoungPersonId("robin")


@dataclass
class OneYoungPerson:
    """Every conversation is this young person's, on whichever channel it is."""

    def get(self, conversation: ConversationId) -> Any:
        """Find whose conversation it is."""
        return SimpleNamespace(id=conversation, young_person=ROBIN)


class QuietInbox:
    """Nothing that came in was answered with crisis words."""

    def screened_since(self, conversation: ConversationId, since: datetime) -> Any:
        """Find nothing."""
        return []


class QuietThread:
    """Nothing was said before."""

    def latest(self, conversation: ConversationId, limit: int) -> Any:
        """Find nothing."""
        return []


@dataclass
class PlanDatabase:
    """Runs work at once on what is kept in memory."""

    plans: KeptInMemory = field(default_factory=KeptInMemory)
    conversations: OneYoungPerson = field(default_factory=OneYoungPerson)
    inbox: QuietInbox = field(default_factory=QuietInbox)
    messages: QuietThread = field(default_factory=QuietThread)

    async def read(self, work: Callable[[Any], Any]) -> Any:
        """Run work."""
        return work(self)

    async def write(self, work: Callable[[Any], Any]) -> Any:
        """Run work."""
        return work(self)

    @property
    def plan(self) -> SafetyPlan:
        """The young person's plan as it stands."""
        return self.plans.plan(ROBIN)


def service(name: str, number: str) -> Any:
    """Make a directory record with one number."""
    return SimpleNamespace(id=name, phones=(SimpleNamespace(number=number),))


DIRECTORY = SimpleNamespace(
    shown=(
        service("emergency-999", "999"),
        service("shout-85258", "85258"),
        service("childline", "0800 1111"),
    )
)


def install_plan_services() -> PlanDatabase:
    """Give actions a fresh database; returned so that a test can look into it."""
    database = PlanDatabase()
    nobody: Any = None
    install(
        Services(
            database=database,
            directory=DIRECTORY,
            organisations=nobody,
            words=Words.load(),
            clock=lambda: TWO_IN_THE_MORNING,
            ask_for_person=nobody,
        )
    )
    return database
