"""What kind of sender a text came from, and whether a text may be sent there."""

import re
from enum import Enum
from functools import lru_cache
from typing import Final

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberType

_E164: Final = re.compile(r"\+[1-9][0-9]{6,14}")
_SHORT_CODE: Final = re.compile(r"[0-9]{3,8}")
_ALPHANUMERIC: Final = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9 &+_-]{1,11}")
_GREAT_BRITAIN: Final = 44

# Northern American numbers do not show which they are, so both count as mobile.
_MOBILE_TYPES: Final = frozenset(
    {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}
)


class SenderKind(str, Enum):
    """What a text came from, as far as its number tells.

    Only a mobile is ever texted: in the UK a text to a landline is read aloud to
    whoever picks up, and short codes and names do not belong to a person.
    """

    MOBILE = "mobile"
    NOT_MOBILE = "not_mobile"
    SHORT_CODE = "short_code"
    ALPHANUMERIC = "alphanumeric"
    UNREADABLE = "unreadable"


@lru_cache(maxsize=10_000)
def sender_kind(sender: str) -> SenderKind:
    """Tell what kind of sender this is, without asking anyone.

    A number newer than our copy of the numbering plan counts as a mobile when it
    starts like one, so that nobody is turned away for having a new number.
    """
    if _E164.fullmatch(sender):
        return _kind_of_number(phonenumbers.parse(sender))
    if _SHORT_CODE.fullmatch(sender):
        return SenderKind.SHORT_CODE
    if _ALPHANUMERIC.fullmatch(sender):
        return SenderKind.ALPHANUMERIC
    return SenderKind.UNREADABLE


def may_be_texted(number: str) -> bool:
    """Tell whether a text to this number reaches a person's own phone."""
    return sender_kind(number) is SenderKind.MOBILE


def _kind_of_number(number: PhoneNumber) -> SenderKind:
    kind = phonenumbers.number_type(number)
    if kind in _MOBILE_TYPES:
        return SenderKind.MOBILE
    if kind == PhoneNumberType.UNKNOWN and _starts_like_a_mobile(number):
        return SenderKind.MOBILE
    return SenderKind.NOT_MOBILE


def _starts_like_a_mobile(number: PhoneNumber) -> bool:
    if number.country_code != _GREAT_BRITAIN:
        return True
    return str(number.national_number).startswith("7")
