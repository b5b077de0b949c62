"""The second factor: codes of an app (TOTP, RFC 6238), and ten recovery codes."""

import secrets
from datetime import datetime
from typing import Final

import pyotp
import segno
from pyotp.exceptions import OTPVerificationError

ISSUER: Final = "Handrail"
STEPS_EITHER_WAY: Final = 1
"""A clock may be half a minute off."""
RECOVERY_CODES: Final = 10
# No letter or digit that is mistaken for another one when written by hand.
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"


def new_secret() -> str:
    """Make a secret of 160 bits."""
    return pyotp.random_base32()


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """Tell which time step a code belongs to; None when it is wrong.

    The caller uses the step up, so that no code works twice.
    """
    digits = code.replace(" ", "")
    if not (len(digits) == 6 and digits.isascii() and digits.isdigit()):
        return None
    try:
        return pyotp.TOTP(secret).verify_and_get_timecode(
            digits, for_time=now, valid_window=STEPS_EITHER_WAY
        )
    except OTPVerificationError:
        return None


def qr_svg(secret: str, email: str) -> str:
    """Draw the QR code that an app reads, as SVG to stand in the page."""
    address = pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)
    return str(
        segno.make(address, error="m").svg_inline(
            scale=5, border=3, light="#fff", title="QR code for your app"
        )
    )


def new_recovery_codes() -> tuple[str, ...]:
    """Make ten codes of about 49 bits each, easy to write down."""
    return tuple(f"{_letters(5)}-{_letters(5)}" for _ in range(RECOVERY_CODES))


def as_recovery_code(typed: str) -> str:
    """Read a recovery code however it was typed."""
    letters = "".join(each for each in typed.lower() if each in _LETTERS)
    return f"{letters[:5]}-{letters[5:]}"


def _letters(count: int) -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(count))
