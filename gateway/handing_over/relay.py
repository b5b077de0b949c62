"""While staff hold a conversation the bot is silent: the worker reads and answers."""

from gateway.commands import Command, CommandWords
from gateway.turn import Answer, Turn
from storage.records import Owner

ALWAYS_THEIRS = frozenset(
    {
        Command.SHARE,
        Command.UNSHARE,
        Command.BACK_TO_BOT,
        Command.SOMEONE_ELSE,
        Command.DELETE_EVERYTHING,
    }
)
"""What a young person can do whoever holds the conversation."""


class RelayStep:
    """Leaves messages to the worker, except what is always theirs to do."""

    def __init__(self, words: CommandWords) -> None:
        self._words = words

    async def __call__(self, turn: Turn) -> Answer | None:
        """Say nothing to a message, already recorded, that a worker will read."""
        if turn.conversation.owner is not Owner.STAFF:
            return None
        if self._words.read(turn.text) in ALWAYS_THEIRS:
            return None
        return Answer(())
