"""The stand-in itself: texts in, texts out, and what is told about them."""

import asyncio
from collections.abc import Coroutine, Iterable
from typing import Any

from foundations.clock import Clock, utc_now
from twilio_stand_in.deliveries import DeliveryReporter
from twilio_stand_in.inbound import InboundCaller
from twilio_stand_in.journal import Journal, Kind
from twilio_stand_in.opt_out import Keyword, keyword
from twilio_stand_in.phone import Phone
from twilio_stand_in.settings import Behaviour, OptOut, SendFault, StandInSettings
from twilio_stand_in.texts import Direction, Text
from twilio_stand_in.twiml import AskedText
from twilio_stand_in.webhook import WebhookCaller
from twilio_stand_in.words import WORDS


class TwilioStandIn:
    """One account at Twilio, and the phones in the world around it.

    Set `behaviour` at any time. Everything runs in the event loop that first uses it.
    """

    def __init__(
        self,
        settings: StandInSettings,
        behaviour: Behaviour | None = None,
        clock: Clock = utc_now,
    ) -> None:
        self.settings = settings
        self.behaviour = behaviour or Behaviour()
        self.clock = clock
        self.texts: dict[str, Text] = {}
        self.journal = Journal()
        self.version = 0
        self.opted_out: set[tuple[str, str]] = set()
        self.released = asyncio.Event()
        self._phones: dict[str, Phone] = {}
        self._running: set[asyncio.Task[None]] = set()
        self._sends = 0
        self._caller = WebhookCaller(
            settings.auth_token, sign_fragment=settings.sign_fragment
        )
        self._reporter = DeliveryReporter(self, self._caller)
        self._inbound = InboundCaller(self, self._caller)

    def phone(self, number: str) -> Phone:
        """Give the phone with this number, new or known."""
        if number not in self._phones:
            self._phones[number] = Phone(number, self, self.touched)
        return self._phones[number]

    def touched(self) -> None:
        """Count a change, so that a page knows it has something new to show."""
        self.version += 1

    def next_fault(self) -> SendFault:
        """Take the fault that befalls this send."""
        faults, nth = self.behaviour.faults, self._sends
        self._sends += 1
        return faults[nth] if nth < len(faults) else self.behaviour.every_send

    def behave(self, behaviour: Behaviour) -> None:
        """Behave like this from the next call on; planned faults start afresh."""
        self.behaviour = behaviour
        self._sends = 0

    async def from_phone(self, number: str, body: str, to: str | None) -> None:
        """Carry a text from a phone to our webhook, as Twilio would."""
        recipient = to or self.settings.numbers[0]
        if self.behaviour.opt_out is OptOut.TWILIO:
            self._handle_keyword(keyword(body), number, recipient)
        await self._inbound.deliver(number, recipient, body)

    async def replay(self, sid: str) -> None:
        """Bring a text to our webhook again, as from the console's error log."""
        await self._inbound.deliver_again(self.texts[sid])

    def send(self, text: Text) -> None:
        """Take a text on and see it through the network in the background."""
        self.texts[text.sid] = text
        self.journal.note(Kind.SEND, text.sid, text.status)
        self.touched()
        self.in_background(self._reporter.see_through(text))

    def reply(self, inbound: Text, asked: Iterable[AskedText]) -> None:
        """Send what the answer to a webhook asked for."""
        for one in asked:
            self.send(
                Text(
                    direction=Direction.OUTBOUND_REPLY,
                    sender=inbound.recipient,
                    recipient=one.to or inbound.sender,
                    body=one.body,
                    created=self.clock(),
                    status="queued",
                    callback=one.callback,
                )
            )

    def in_background(self, work: Coroutine[Any, Any, None]) -> None:
        """Run something that `settled` waits for."""
        task = asyncio.get_running_loop().create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def settled(self, within: float = 10.0) -> None:
        """Wait until every text has arrived or failed and every report was answered.

        Raises:
            TimeoutError: when that takes longer than `within` seconds.
        """
        async with asyncio.timeout(within):
            while self._running:
                await asyncio.gather(*self._running, return_exceptions=True)
                # Finished work is let go of one turn of the loop later.
                await asyncio.sleep(0)

    async def close(self) -> None:
        """Let go of everything, answered or not."""
        self.released.set()
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        await self._caller.close()

    def _handle_keyword(self, word: Keyword | None, sender: str, ours: str) -> None:
        if word is None:
            return
        if word is Keyword.START:
            self.opted_out.discard((ours, sender))
        answer = Text(
            direction=Direction.OUTBOUND_REPLY,
            sender=ours,
            recipient=sender,
            body=WORDS["carrier"][word.value],
            created=self.clock(),
            status="queued",
            from_twilio_itself=True,
        )
        self.send(answer)
        if word is Keyword.STOP:
            self.opted_out.add((ours, sender))
