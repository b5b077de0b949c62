"""TwiML: the answer to a webhook, as Twilio reads it."""

import re
from collections.abc import Callable, Iterable
from typing import Final

from twilio.twiml.messaging_response import (  # type: ignore[import-untyped]
    MessagingResponse,
)

from channels.sms.door import InlineText
from foundations.gsm7 import fold
from foundations.ids import OutboxId

# XML 1.0 has no way to write these, and one of them would spoil the whole answer.
_NOT_XML: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def twiml(
    texts: Iterable[InlineText], status_address: Callable[[OutboxId], str]
) -> str:
    """Write the answer that sends these texts, or the empty one that sends nothing."""
    response = MessagingResponse()
    for text in texts:
        callback = status_address(text.outbox) if text.outbox else None
        body = _NOT_XML.sub("", fold(text.body))
        response.message(body, status_callback=callback)
    return str(response)
