"""Writing down who did what at the desk: ids and fixed words, never a text."""

from enum import Enum

from channels.staff.signed_in import SignedIn
from storage import UnitOfWork

SERVICE = "service"
"""The actor of what no staff member did."""


class Did(str, Enum):
    """Everything that is written down in the audit trail."""

    SIGNED_IN = "signed_in"
    SIGN_IN_REFUSED = "sign_in_refused"
    SIGNED_OUT = "signed_out"
    SIGNED_OUT_EVERYWHERE = "signed_out_everywhere"
    SESSION_ENDED = "session_ended"
    PROVED = "proved"
    JOINED = "joined"
    IDENTITY_LINKED = "identity_linked"
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - the name of a deed
    RECOVERY_CODE_USED = "recovery_code_used"
    RECOVERY_CODES_MADE = "recovery_codes_made"
    ON_SHIFT = "on_shift"
    ON_BREAK = "on_break"
    OFF_SHIFT = "off_shift"
    INVITED = "invited"
    INVITATION_WITHDRAWN = "invitation_withdrawn"
    ROLE_CHANGED = "role_changed"
    LIMIT_CHANGED = "limit_changed"
    SHUT_OUT = "shut_out"
    LET_IN_AGAIN = "let_in_again"
    FRESH_START = "fresh_start"
    CASE_READ = "case_read"
    CASE_CLAIMED = "case_claimed"
    CASE_SAID = "case_said"
    CASE_RELEASED = "case_released"
    CASE_HANDED_ON = "case_handed_on"
    CASE_OFFERED_ELSEWHERE = "case_offered_elsewhere"
    CASE_NOTED = "case_noted"
    NOTE_HELD_BACK = "note_held_back"
    NOTE_SHOWN_AGAIN = "note_shown_again"
    CASE_HANDED_BACK = "case_handed_back"
    CASE_CLOSED = "case_closed"
    LINK_MADE = "link_made"
    LINK_REVOKED = "link_revoked"
    FIGURES_READ = "figures_read"
    FIGURES_EXPORTED = "figures_exported"
    AGREEMENT_RECORDED = "agreement_recorded"
    COVER_CHANGED = "cover_changed"
    ALERT_ADDRESS_REFUSED = "alert_address_refused"
    AUDIT_READ = "audit_read"


def note(unit: UnitOfWork, me: SignedIn, did: Did, subject: str) -> None:
    """Add to the audit trail what somebody who is signed in did."""
    note_by(unit, me.id, did, subject)


def note_by(unit: UnitOfWork, actor: str, did: Did, subject: str) -> None:
    """Add to the audit trail."""
    unit.audit.append(actor=actor, action=did.value, subject=subject, at=unit.clock())
