"""What a question of consent is for, and what the charity says of its workers."""

from collections.abc import Mapping
from typing import Final

from foundations.saying import Say
from handover import Ask, Heard, Organisation, WhileWaiting

ABOUT: Final[Mapping[Ask, str]] = {
    Ask.HELP_WITH: "handover.about_help_with",
    Ask.NEEDS: "handover.about_needs",
    Ask.TRIED: "handover.about_tried",
}
"""What is said of a question that was not understood; the others have one in common."""

SAID_AT: Final[Mapping[Heard, frozenset[Ask]]] = {
    Heard.UNCLEAR: frozenset(Ask),
    Heard.HALF: frozenset(Ask) - {Ask.PREVIEW, Ask.CHANGE},
    Heard.UNSURE: frozenset({Ask.LATER, Ask.REACH}),
}
"""At which questions what is no answer has the question explained."""

OF_A_REQUEST: Final[Mapping[WhileWaiting, str]] = {
    WhileWaiting.HOW_MANY_WAIT: "handover.how_many_wait",
    WhileWaiting.CHANGE_SENT: "handover.change_sent",
    WhileWaiting.MEANWHILE: "handover.meanwhile",
    WhileWaiting.IF_TAKEN_BACK: "handover.if_taken_back",
    WhileWaiting.RATHER_NOT_WAIT: "handover.rather_not_wait",
}
SAYS_WHAT_NEXT: Final = frozenset(
    {
        "handover.change_sent",
        "handover.meanwhile",
        "handover.if_taken_back",
        "handover.rather_not_wait",
    }
)
"""What holds its own choices; after any other one, how the request stands is said."""


def explained(
    asked: Ask, heard: Heard, organisation: Organisation, answers_in: str
) -> Say | None:
    """Answer what was asked of a question of ours; None for anything else.

    `answers_in` is how fast they answer, as it stands at this moment.
    """
    match heard:
        case Heard.UNCLEAR | Heard.HALF | Heard.UNSURE:
            return what_it_is_for(asked) if asked in SAID_AT[heard] else None
        case Heard.HELLO:
            return Say("handover.im_here")
        case Heard.SEE if asked is not Ask.PREVIEW:
            return Say("handover.what_they_see", {"who": organisation.who_will_see})
        case Heard.WHO_AND_WHEN:
            return who_and_when(organisation, answers_in)
        case Heard.WHO_IS_TOLD:
            return who_is_told(organisation)
        case Heard.WHO_THEY_ARE:
            return who_they_are(organisation)
        case _:
            return None


def what_it_is_for(asked: Ask) -> Say:
    """Say what a question is for."""
    return Say(ABOUT.get(asked, "handover.about_asking"))


def who_and_when(organisation: Organisation, answers_in: str) -> Say:
    """Say who sees it, and how fast they answer."""
    values = {"who": organisation.who_will_see, "reply_time": answers_in}
    return Say("handover.who_and_when", values)


def who_is_told(organisation: Organisation) -> Say:
    """Say when the charity tells others without asking."""
    values = {
        "organisation": organisation.name,
        "without_asking": organisation.without_asking,
    }
    return Say("handover.who_is_told", values)


def who_they_are(organisation: Organisation) -> Say:
    """Say that nobody knows yet who it will be, and that a wish can be passed on."""
    return Say("handover.who_they_are", {"who": organisation.who_will_see})


def while_waiting(
    asked: WhileWaiting, organisation: Organisation, answers_in: str
) -> Say:
    """Answer what was asked of a request that waits."""
    match asked:
        case WhileWaiting.WHO_IS_TOLD:
            return who_is_told(organisation)
        case WhileWaiting.WHO_THEY_ARE:
            return who_they_are(organisation)
        case known if known in OF_A_REQUEST:
            return Say(OF_A_REQUEST[known])
        case _:
            return who_and_when(organisation, answers_in)
