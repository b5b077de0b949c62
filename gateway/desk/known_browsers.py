"""Guessing is slowed down, and nobody can lock out a shift by guessing.

Ten wrong sign-ins in a quarter of an hour make the source wait. A browser that has
come in before is a source of its own; all others together are one source for each
address. So a stranger who guesses at every account of a charity stops strangers only.
"""

import secrets
from datetime import timedelta
from typing import Final

from foundations.ids import StaffMemberId
from storage import UnitOfWork

MOST_WRONG: Final = 10
WITHIN: Final = timedelta(minutes=15)


def new_mark(unit: UnitOfWork, staff_member: StaffMemberId) -> str:
    """Make the mark of a browser that somebody has just come in with."""
    nonce = secrets.token_urlsafe(16)
    return f"{nonce}.{_seal(unit, staff_member, nonce)}"


def source_of(
    unit: UnitOfWork, mark: str, email: str, staff_member: StaffMemberId | None
) -> str:
    """Name where a sign-in comes from: a known browser, or anywhere else."""
    nonce, _, seal = mark.partition(".")
    if staff_member is not None and nonce:
        expected = _seal(unit, staff_member, nonce)
        if secrets.compare_digest(seal.encode(), expected.encode()):
            return f"browser:{nonce}"
    return f"elsewhere:{email.strip().casefold()}"


def must_wait(unit: UnitOfWork, source: str) -> bool:
    """Say whether this source has guessed too often just now."""
    return unit.accounts.wrong_tries(source, unit.clock() - WITHIN) >= MOST_WRONG


def came_in(unit: UnitOfWork, source: str) -> None:
    """Forget the wrong sign-ins of a source that has proved itself, and old ones."""
    unit.accounts.forget_wrong_tries(source, unit.clock() - WITHIN)


def _seal(unit: UnitOfWork, staff_member: StaffMemberId, nonce: str) -> str:
    return unit.vault.token_hash("staff_browser", f"{staff_member}\0{nonce}").hex()
