"""The words that bring the crisis card from any state, in one message."""

from escalation.normalise import words

_CARD_WORDS = frozenset({"999", "help", "now", "sos"})


def is_card_request(text: str) -> bool:
    """Tell whether a message is only 999, HELP, NOW or SOS, however it is dressed."""
    if len(text) > 200:
        return False
    said = [word[0] for word in words(text) if any(s.isalnum() for s in word[0])]
    return bool(said) and (set(said) <= _CARD_WORDS or said == ["9", "9", "9"])
