"""Several Rasas as one: whoever talks stays with the one that remembers them."""

import asyncio
import hashlib
from collections.abc import Mapping

from foundations.saying import Reply
from gateway.rasa.dialogue import DialogueAway, NotReached, Question, RasaSide


class SeveralRasas:
    """Asks the Rasa of a conversation, and the next one only when it is not reached.

    Each conversation has its own order among the addresses, the same in every gateway,
    so that it comes back to one memory of what was just said; when one is gone, only
    its own conversations move, and they spread over the rest. What was reached and gave
    no good answer is not asked about again elsewhere: it has had its time.
    """

    def __init__(self, by_address: Mapping[str, RasaSide]) -> None:
        self._by_address = dict(by_address)

    async def ask(self, question: Question) -> tuple[Reply, ...]:
        """Give the first answer that is to be had, or raise DialogueAway."""
        for rasa in self.order_of(question.conversation):
            try:
                return await rasa.ask(question)
            except NotReached:
                continue
        raise DialogueAway

    def order_of(self, conversation: str) -> list[RasaSide]:
        """Order by a hash of conversation and address together (rendezvous)."""

        def weight(address: str) -> bytes:
            return hashlib.sha256(f"{conversation} {address}".encode()).digest()

        ordered = sorted(self._by_address, key=weight)
        return [self._by_address[address] for address in ordered]

    async def who_answers(self) -> frozenset[str]:
        """Name the processes that answer, looking at all of them at once; or none."""
        looks = (rasa.who_answers() for rasa in self._by_address.values())
        return frozenset().union(*await asyncio.gather(*looks))

    async def forget(self, conversation: str) -> bool:
        """Have every one let go of a conversation; False to try again later."""
        gone = [await rasa.forget(conversation) for rasa in self._by_address.values()]
        return all(gone)

    async def close(self) -> None:
        """Let go of the connections."""
        for rasa in self._by_address.values():
            await rasa.close()
