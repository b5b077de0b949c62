"""Reading the answer to a webhook: which texts it asks Twilio to send."""

from dataclasses import dataclass, field
from typing import Final
from xml.etree import ElementTree

_XML: Final = frozenset({"text/xml", "application/xml", "text/html"})


class NotTwiml(Exception):
    """The answer cannot be carried out; carries Twilio's warning code."""


@dataclass(frozen=True)
class AskedText:
    """One text an answer asks for; `to` is empty for whoever texted."""

    body: str = field(repr=False)
    callback: str | None = None
    to: str | None = None


def asked_texts(content_type: str, body: str) -> tuple[AskedText, ...]:
    """Read the `<Message>`s of an answer; plain words are sent as they are.

    Raises:
        NotTwiml: 12300 for a type Twilio does not read, 12100 for broken TwiML.
    """
    if not body.strip():
        return ()
    if content_type == "text/plain":
        return (AskedText(body),)
    if content_type not in _XML:
        raise NotTwiml("12300")
    try:
        # What is read is our own gateway's answer on this machine.
        response = ElementTree.fromstring(body)  # noqa: S314
    except ElementTree.ParseError:
        raise NotTwiml("12100") from None
    if response.tag != "Response":
        raise NotTwiml("12100")
    return tuple(_asked(message) for message in response.findall("Message"))


def _asked(message: ElementTree.Element) -> AskedText:
    nested = message.find("Body")
    words = message if nested is None else nested
    return AskedText(
        body=words.text or "",
        callback=message.get("statusCallback"),
        to=message.get("to"),
    )
