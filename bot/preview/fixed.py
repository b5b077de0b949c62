"""The texts that no responses file holds: the crisis words, and the last resort."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Final

from escalation import replies

FALLBACK: Final = Path(__file__).parents[2] / "deploy" / "fallback.twiml.xml"
_MESSAGE: Final = re.compile(r"<Message>(.*?)</Message>", re.DOTALL)


def fixed_texts() -> Iterator[tuple[str, str]]:
    """Give key and text of everything fixed that can be texted, each wording once."""
    said: set[str] = set()
    for key, wording in replies.REPLIES.items():
        for (channel, band), text in wording.texts.items():
            if channel == "sms" and (band == "any" or text not in said):
                said.add(text)
                yield (key if band == "any" else f"{key} ({band})"), text
    for message in _MESSAGE.findall(FALLBACK.read_text(encoding="utf-8")):
        yield FALLBACK.name, unescape(message)
