"""What a question of consent is for, and what the charity says of its workers."""

from collections.abc import Mapping
from typing import Final

from foundations.saying import Say
from handover import Ask, Heard, Organisation

ABOUT: Final[Mapping[Ask, str]] = {
    Ask.HELP_WITH: "handover.about_help_with",
    Ask.NEEDS: "handover.about_needs",
    Ask.TRIED: "handover.about_tried",
}
"""What is said of a question that was not understood; the others have one in common."""


def explained(asked: Ask, heard: Heard, organisation: Organisation) -> Say | None:
    """Answer what was asked of a question of ours; None for anything else."""
    match heard:
        case Heard.UNCLEAR:
            return what_it_is_for(asked)
        case Heard.UNSURE if asked in (Ask.LATER, Ask.REACH):
            return what_it_is_for(asked)
        case Heard.HELLO:
            return Say("handover.im_here")
        case Heard.SEE if asked is not Ask.PREVIEW:
            return Say("handover.what_they_see", {"who": organisation.who_will_see})
        case Heard.WHO_AND_WHEN:
            return who_and_when(organisation)
        case Heard.WHO_IS_TOLD:
            return who_is_told(organisation)
        case _:
            return None


def what_it_is_for(asked: Ask) -> Say:
    """Say what a question is for."""
    return Say(ABOUT.get(asked, "handover.about_asking"))


def who_and_when(organisation: Organisation) -> Say:
    """Say who sees it, and how fast they answer."""
    values = {"who": organisation.who_will_see, "reply_time": organisation.reply_time}
    return Say("handover.who_and_when", values)


def who_is_told(organisation: Organisation) -> Say:
    """Say when the charity tells others without asking."""
    values = {
        "organisation": organisation.name,
        "without_asking": organisation.without_asking,
    }
    return Say("handover.who_is_told", values)
