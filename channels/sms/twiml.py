"""TwiML: the answer to a webhook, as Twilio reads it."""

import re
from collections.abc import Callable, Iterable
from html import escape
from typing import Final

from channels.sms.door import InlineText
from foundations.gsm7 import fold
from foundations.ids import OutboxId

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>'

# XML 1.0 has no way to write these, and one of them would spoil the whole answer.
_NOT_XML: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def twiml(
    texts: Iterable[InlineText], status_address: Callable[[OutboxId], str]
) -> str:
    """Write the answer that sends these texts, or the empty one that sends nothing."""
    said = "".join(_message(text, status_address) for text in texts)
    return f"{_HEAD}<Response>{said}</Response>" if said else f"{_HEAD}<Response />"


def _message(text: InlineText, status_address: Callable[[OutboxId], str]) -> str:
    callback = ""
    if text.outbox:
        callback = f' statusCallback="{escape(status_address(text.outbox))}"'
    body = escape(_NOT_XML.sub("", fold(text.body)), quote=False)
    return f"<Message{callback}>{body}</Message>"
