"""What is heard right after the preview, and what still is once they moved on."""

from typing import Final

from handover.hearing import Heard, hear, skips
from handover.while_waiting import WhileWaiting, hear_while_waiting

OF_THE_PREVIEW: Final = frozenset(
    {Heard.SHOW, Heard.SEND, Heard.SEE, Heard.CHANGE, Heard.TAKE_OUT}
)
"""What is about the preview after other talk too, where there is no plan to mean."""


def hear_at_preview(text: str) -> Heard:
    """Hear who takes it for sent as somebody who wants it to go, or to be changed.

    Who skips once more skips a question that is not there: that is no "no".
    """
    heard = hear(text)
    if heard is Heard.NO and skips(text):
        return Heard.UNSURE
    if heard not in (Heard.ASIDE, Heard.WORDS):
        return heard
    match hear_while_waiting(text):
        case None:
            return heard
        case WhileWaiting.CHANGE_SENT:
            return Heard.CHANGE
        case _:
            return Heard.SEND


def is_of_preview(text: str) -> bool:
    """Tell words that can mean nothing but what was shown last."""
    return hear_at_preview(text) in OF_THE_PREVIEW
