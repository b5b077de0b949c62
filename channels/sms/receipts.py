"""Where the second provider reports how far a text has got.

Its receipts carry no signature that every account has, so the address itself is sealed:
it names one text, and nobody without the account's secret can make it.
"""

import hashlib
import hmac
import logging
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import parse_qsl

from sanic import Blueprint, Request
from sanic.response import HTTPResponse, empty

from channels.plain_blueprint import PlainBlueprint
from channels.sms.codes import UNKNOWN
from channels.sms.delivery import DeliveryReport, DeliveryStatus
from channels.sms.door import SmsDoor
from foundations.ids import OutboxId

log = logging.getLogger(__name__)

RECEIPT_PATH: Final = "/hooks/sms/receipt"
MOST_BYTES: Final = 16 * 1024
_SEAL_DIGITS: Final = 32
_LONGEST_ID: Final = 100

_STATUSES: Final = {
    "accepted": DeliveryStatus.SENT,
    "buffered": DeliveryStatus.SENT,
    "delivered": DeliveryStatus.DELIVERED,
    "expired": DeliveryStatus.UNDELIVERED,
    "failed": DeliveryStatus.UNDELIVERED,
    "rejected": DeliveryStatus.UNDELIVERED,
    "unknown": DeliveryStatus.SENT,
}
_OUR_CODES: Final = {
    "2": "30003",
    "3": "30005",
    "4": "30004",
    "6": "30007",
    "7": "30003",
    "9": "30006",
}
"""Its reasons, by the code of ours with the same rule (`codes.yml`)."""


def receipt_address(public_address: str, secret: str, outbox: OutboxId) -> str:
    """Give the address at which the delivery of one text is reported."""
    return (
        f"{public_address.rstrip('/')}{RECEIPT_PATH}/{outbox}/{_seal(secret, outbox)}"
    )


def blueprint(door: SmsDoor, secret: str) -> Blueprint:
    """Build the receipts' route; without a secret it refuses everything."""
    hooks = PlainBlueprint("sms_receipts")

    @hooks.post(
        f"{RECEIPT_PATH}/<outbox:[0-9a-zA-Z-]{{1,64}}>/<seal:str>",
        name="receipt",
    )
    async def receipt(request: Request, outbox: str, seal: str) -> HTTPResponse:
        known = OutboxId(outbox)
        if not secret or not hmac.compare_digest(
            seal.encode(errors="replace"), _seal(secret, known).encode()
        ):
            log.warning("receipt_refused reason=seal")
            return empty(403)
        if len(request.body) > MOST_BYTES:
            return empty(413)
        try:
            report = read_receipt(_fields(request), known)
        except (KeyError, TypeError, ValueError):
            log.warning("receipt_refused reason=fields")
            return empty(400)
        try:
            await door.delivery(report)
        except Exception as fault:
            # The kind only; a receipt that could not be kept comes again.
            log.error("receipt_not_kept fault=%s", type(fault).__name__)
            return empty(503)
        return empty()

    return hooks


def read_receipt(fields: Mapping[str, Any], outbox: OutboxId) -> DeliveryReport:
    """Turn a receipt's fields into a report.

    Raises:
        KeyError: when a field is missing, or a status is not one it has.
        ValueError: when the provider's id is not one it could have given.
    """
    provider_message_id = str(fields["messageId"])
    if not provider_message_id.isalnum() or len(provider_message_id) > _LONGEST_ID:
        raise ValueError
    status = _STATUSES[str(fields["status"])]
    reason = str(fields.get("err-code", "0"))
    failed = status is DeliveryStatus.UNDELIVERED
    code = _OUR_CODES.get(reason, UNKNOWN) if failed else None
    return DeliveryReport(provider_message_id, status, outbox, code)


def _fields(request: Request) -> Mapping[str, Any]:
    """Read a form or JSON, whichever the account is set to."""
    if (request.content_type or "").startswith("application/json"):
        found = request.json
        if not isinstance(found, dict):
            raise TypeError
        return found
    # Not request.form: it drops blank fields.
    return dict(parse_qsl(request.body.decode(), keep_blank_values=True))


def _seal(secret: str, outbox: OutboxId) -> str:
    sealed = hmac.new(secret.encode(), f"receipt:{outbox}".encode(), hashlib.sha256)
    return sealed.hexdigest()[:_SEAL_DIGITS]
