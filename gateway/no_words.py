"""A text without words: a picture that the network dropped, or an empty one."""

from bot.words import Words
from foundations.saying import Channel, Say
from gateway.turn import Answer, Turn


class NoWordsStep:
    """Says that only words arrive; UK numbers are sent no pictures."""

    def __init__(self, words: Words) -> None:
        self._words = words

    async def __call__(self, turn: Turn) -> Answer | None:
        """Answer a text that holds nothing; leave every other to the next step."""
        if turn.channel is not Channel.SMS or turn.text.strip():
            return None
        return Answer((self._words.render(Say("carrier.media"), turn.channel),))
