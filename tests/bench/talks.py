"""What is said in the measurements: two ordinary talks, and crisis texts."""

from typing import Final

STOCK: Final = (
    "hello",
    "i am sad",
    "yes",
    "are you a bot?",
    "hello",
    "i feel great",
    "hello",
    "not very good",
    "no",
    "goodbye",
)
"""Every turn is one that Rasa's own template answers."""

HANDRAIL: Final = (
    "hi",
    "who can i talk to right now",
    "i want to make a safety plan",
    "yes",
    "music, my dog",
    "yes",
    "are you a real person",
    "cold water, going outside",
    "yes",
    "thanks",
)
"""Every turn is free text that goes through Rasa; none is a command word."""

CRISIS: Final = (
    "i want to die",
    "i cant do this anymore i want to kill myself",
    "im going to end my life",
)

WITHOUT_RASA: Final = b"menu.keywords"
"""The response that stands in for Rasa: a turn that got it did not go all the way."""

FIRST_NUMBER: Final = 447700900000
NUMBERS: Final = 1000
"""Ofcom's drama numbers, all of them."""


def phone(place: int) -> str:
    """Give the place-th drama number, beginning again after the last."""
    return f"+{FIRST_NUMBER + place % NUMBERS}"
