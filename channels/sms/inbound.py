"""The rules a signed webhook's fields must keep, and what they mean once they do.

A signature covers names and values run together, so shifted fields can carry a
genuine one: every field that matters is held to its exact shape here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from channels.sms.delivery import DeliveryReport, DeliveryStatus
from channels.sms.numbers import SenderKind, sender_kind
from foundations.ids import OutboxId

MESSAGE_SID: Final = re.compile(r"(?:SM|MM)[0-9a-f]{32}")
_COUNT: Final = re.compile(r"[0-9]{1,2}")
_CODE: Final = re.compile(r"[0-9]{5}")


class FieldRefused(Exception):
    """A field is missing or has the wrong shape; carries the field's name only."""


@dataclass(frozen=True)
class InboundSms:
    """One text from a phone, with NUL characters taken out and nothing else changed."""

    provider_message_id: str
    sender: str = field(repr=False)
    recipient: str
    text: str = field(repr=False)
    received_at: datetime
    sender_kind: SenderKind = SenderKind.MOBILE


@dataclass(frozen=True)
class OurNumbers:
    """Whose webhooks we answer: our account, and the numbers or short codes we hold."""

    account_sid: str
    numbers: frozenset[str]


def read_inbound(
    fields: Mapping[str, str], ours: OurNumbers, received_at: datetime
) -> InboundSms:
    """Turn signed fields into a text.

    Raises:
        FieldRefused: when a field that matters is not what Twilio sends.
    """
    _check_account(fields, ours)
    sender, recipient = fields.get("From", ""), fields.get("To", "")
    kind = sender_kind(sender)
    if kind is SenderKind.UNREADABLE:
        raise FieldRefused("From")
    if recipient not in ours.numbers:
        raise FieldRefused("To")
    if "Body" not in fields:
        raise FieldRefused("Body")
    # Pictures are left where they are, but the fields must be the ones Twilio signed.
    _matching(fields, "NumMedia", _COUNT, absent="0")
    return InboundSms(
        provider_message_id=_matching(fields, "MessageSid", MESSAGE_SID),
        sender=sender,
        recipient=recipient,
        # PostgreSQL cannot store NUL, and no phone can type it.
        text=fields["Body"].replace("\0", ""),
        received_at=received_at,
        sender_kind=kind,
    )


def read_report(
    fields: Mapping[str, str], ours: OurNumbers, outbox: OutboxId | None
) -> DeliveryReport | None:
    """Turn signed fields into a delivery report, or None for a status we do not use.

    Raises:
        FieldRefused: when a field that matters is not what Twilio sends.
    """
    _check_account(fields, ours)
    message_sid = _matching(fields, "MessageSid", MESSAGE_SID)
    code = _matching(fields, "ErrorCode", _CODE) if fields.get("ErrorCode") else None
    try:
        status = DeliveryStatus(fields.get("MessageStatus", ""))
    except ValueError:
        return None
    return DeliveryReport(message_sid, status, outbox, code)


def _check_account(fields: Mapping[str, str], ours: OurNumbers) -> None:
    if fields.get("AccountSid") != ours.account_sid:
        raise FieldRefused("AccountSid")


def _matching(
    fields: Mapping[str, str], name: str, shape: re.Pattern[str], absent: str = ""
) -> str:
    value = fields.get(name, absent)
    if not shape.fullmatch(value):
        raise FieldRefused(name)
    return value
