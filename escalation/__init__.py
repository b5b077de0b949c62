"""Crisis routes: what a message says now, the words that answer, and what follows."""

from escalation.card import is_card_request
from escalation.routes import Raised, Recent, Route, Screening
from escalation.screening import denies_plainly, screen

__all__ = [
    "Raised",
    "Recent",
    "Route",
    "Screening",
    "denies_plainly",
    "is_card_request",
    "screen",
]
