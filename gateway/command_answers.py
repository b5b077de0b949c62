"""What each command does: the rooms' answers, side by side."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.words import Words
from foundations.clock import Clock
from foundations.saying import Say
from gateway.commands import Command, Handler
from gateway.feedback.answers import FeedbackAnswers
from gateway.own_data.answers import OwnDataAnswers
from gateway.own_data.joining import JoiningAnswers
from gateway.plans.answers import PlanAnswers
from gateway.turn import Answer, Turn
from signposting import Directory
from storage import Database


@dataclass(frozen=True)
class CommandAnswers:
    """The command words' answers, with everything they lean on."""

    database: Database
    directory: Directory
    words: Words
    clock: Clock
    plans: PlanAnswers
    joining: JoiningAnswers
    own_data: OwnDataAnswers

    def handlers(self) -> Mapping[Command, Handler]:
        """Name the handler of every command but those about a person and about help."""
        return {
            **self.plans.handlers(),
            **self.joining.handlers(),
            **FeedbackAnswers(self.database, self.words).handlers(),
            **self.own_data.handlers(),
            Command.MENU: self.menu,
        }

    async def menu(self, turn: Turn) -> Answer:
        """Show what Handrail can do."""
        return Answer((self.words.render(Say("menu.main"), turn.channel),))
