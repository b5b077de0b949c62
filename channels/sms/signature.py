"""Whether a webhook really came from Twilio, and the fields it was signed over."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl, urlparse

from twilio.request_validator import (  # type: ignore[import-untyped]
    HMAC_SHA1,
    RequestValidator,
    add_port,
    remove_port,
)

SIGNATURE_HEADER: Final = "X-Twilio-Signature"
_MOST_FIELDS: Final = 200


class SignatureRefused(Exception):
    """The request cannot be shown to come from Twilio; it says nothing about why."""


@dataclass(frozen=True)
class SigningKeys:
    """The tokens that may have signed, newest first: two while one is being replaced.

    The algorithm is ours to choose, never a header's.
    """

    tokens: Sequence[str] = field(repr=False)
    algorithm: str = HMAC_SHA1


def signed_fields(
    body: bytes, signature: str | None, *, address: str, keys: SigningKeys
) -> dict[str, str]:
    """Give the form fields of a body that is signed for this address.

    The raw body is read here because a form parser that drops blank values makes
    genuine UK texts look forged. Bytes that are not UTF-8 become U+FFFD before the
    check: Twilio signs text, so either that is what it signed or it is refused.

    Raises:
        SignatureRefused: for anything else, whatever the validator made of it.
    """
    try:
        fields = _unique_fields(body)
        answers = [
            hmac.compare_digest(signed, signature or "")
            for signed in _signatures(address, fields, keys)
        ]
    except Exception:
        # The validator raises on odd input; which one would only help a forger.
        raise SignatureRefused from None
    if not any(answers):
        raise SignatureRefused
    return fields


def _signatures(address: str, fields: dict[str, str], keys: SigningKeys) -> list[str]:
    return [
        RequestValidator(token).compute_signature(form, fields, keys.algorithm)
        for token in keys.tokens
        for form in _as_signed(address)
    ]


@lru_cache(maxsize=16)
def _as_signed(address: str) -> frozenset[str]:
    """Twilio's servers name the port or leave it out, whatever the address says."""
    parsed = urlparse(address)
    return frozenset((add_port(parsed), remove_port(parsed)))


def _unique_fields(body: bytes) -> dict[str, str]:
    pairs = parse_qsl(
        body.decode("utf-8", "replace"),
        keep_blank_values=True,
        strict_parsing=True,
        errors="replace",
        max_num_fields=_MOST_FIELDS,
    )
    fields = dict(pairs)
    if len(fields) != len(pairs):
        # The signature does not cover which of two equal names comes first.
        raise SignatureRefused
    return fields
