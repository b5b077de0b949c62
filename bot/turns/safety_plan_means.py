"""What a message can mean while a plan is being built, and what says it outright."""

from dataclasses import dataclass
from enum import Enum
from typing import Final


class Means(str, Enum):
    """What a message asks of the building; the values are the intents of Rasa."""

    YES = "affirm"
    NO = "deny"
    SKIP = "plan_skip"
    BACK = "plan_back"
    PAUSE = "plan_pause"
    STOP = "plan_stop"
    IDEAS = "plan_ideas"
    NOT_FOR_ME = "plan_not_for_me"
    WHAT_FOR = "plan_what_for"
    DONT_KNOW = "plan_dont_know"
    UNDO = "plan_undo"
    SHOW = "plan_show"
    START = "make_safety_plan"
    RESUME = "plan_resume"
    ADD = "plan_add"
    EDIT = "plan_edit"
    EASY = "plan_easy"
    LITERAL = "plan_literal"
    USUAL = "plan_usual"
    FEELINGS = "plan_feelings"
    OTHER = "the_other_one"
    ASIDE = "aside"
    CORRECTION = "correction"
    HOW_FAR = "how_far"
    THANKS = "thanks"
    HERE = "greet"
    ASK_AWAY = "ask_away"
    NO_TEST = "no_test"
    FED_UP = "fed_up"
    NOBODY_COMES = "nobody_comes"
    CANNOT_RING = "cannot_ring"
    CANNOT_ANSWER = "cannot_answer"
    YOU_CHOOSE = "you_choose"
    KEPT = "kept"
    WHO_IS_HERE = "who_is_here"
    SORRY = "sorry"
    SOUND = "sound"
    UNSURE = "unsure"
    WORDS = "words"


@dataclass(frozen=True)
class Heard:
    """A message as it came, with what Rasa made of it when Rasa was asked."""

    text: str
    intent: str | None = None
    confidence: float = 0.0


PLAIN_ANSWERS: Final = {
    **dict.fromkeys(("yes", "y", "yeah", "yep", "ok", "okay", "sure", "aye"), "affirm"),
    **dict.fromkeys(("no", "n", "nah", "nope", "naw"), "deny"),
    **dict.fromkeys(("thats me finished", "im all done"), "plan_skip"),
    "stop": "plan_stop",
}
PICTURES: Final = {
    **dict.fromkeys("👍👌✅✔🆗💯", "affirm"),
    **dict.fromkeys("👎❌🚫✖", "deny"),
    **dict.fromkeys("🤷😕🫤", "plan_dont_know"),
    "?": "repeat",
}
"""What a picture says that is the whole message; any other is an answer like words."""

NO_INTENT: Final = (
    Means.ASIDE,
    Means.CORRECTION,
    Means.HOW_FAR,
    Means.THANKS,
    Means.HERE,
    Means.ASK_AWAY,
    Means.NO_TEST,
    Means.FED_UP,
    Means.NOBODY_COMES,
    Means.CANNOT_RING,
    Means.CANNOT_ANSWER,
    Means.YOU_CHOOSE,
    Means.KEPT,
    Means.WHO_IS_HERE,
    Means.SORRY,
    Means.SOUND,
    Means.UNSURE,
    Means.WORDS,
)
NOT_THIS: Final = Means.OTHER.value
"""What turns the offer of a plan down for something else; in mid-plan, an aside."""
STANDS_FOR: Final = {
    "never_mind": Means.PAUSE,
    "goodbye": Means.PAUSE,
    "repeat": Means.RESUME,
    "shorter": Means.RESUME,
    **{means.value: means for means in Means if means not in (*NO_INTENT, Means.OTHER)},
}
"""What an intent means while a plan is being built."""
