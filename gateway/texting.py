"""Shape replies into one text: a turn is one message, because order is not promised."""

from collections.abc import Callable, Sequence

from foundations.gsm7 import fold
from foundations.saying import Choice, Reply


def text_body(replies: Sequence[Reply]) -> str:
    """Join a turn's replies into one text, its choices numbered at the end."""
    parts = [reply.text for reply in replies]
    choices = all_choices(replies)
    if choices:
        parts[-1] = "\n".join([parts[-1], *_numbered(choices)])
    return fold("\n\n".join(parts))


def all_choices(replies: Sequence[Reply]) -> tuple[Choice, ...]:
    """Gather the choices of a whole turn, each once, in order."""
    return tuple(
        {choice.value: choice for reply in replies for choice in reply.choices}.values()
    )


def choice_meant(text: str, offered: Callable[[], Sequence[Choice]]) -> str | None:
    """Read a bare number as the choice it stands for; None when it is not one.

    What was offered is only looked up for a number: it is a look into the records.
    """
    said = text.strip().rstrip(".)").strip()
    if not (said.isascii() and said.isdigit() and len(said) <= 2):
        return None
    choices, place = offered(), int(said) - 1
    return choices[place].value if 0 <= place < len(choices) else None


def _numbered(choices: Sequence[Choice]) -> list[str]:
    return [f"{number} {choice.label}" for number, choice in enumerate(choices, 1)]
