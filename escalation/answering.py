"""Which words answer what is heard in the day after, and which of them hold 999."""

from collections.abc import Mapping
from typing import Final

from escalation.heard import Heard

ANSWERED_BY: Final[Mapping[Heard, str]] = {
    Heard.NOT_SAFE: "not_safe",
    Heard.NOBODY_NEAR: "nobody_near",
    Heard.SOMEONE_NEAR: "someone_near",
    Heard.NEAR_BESIDE_HARM: "someone_near_hurt",
    Heard.HELP_COMING: "help_coming",
    Heard.NOT_REACHED: "not_reached",
    Heard.THEY_HAVE_HELP: "they_have_help",
    Heard.THEY_SEEM_BETTER: "they_have_help",
    Heard.WILL_THEY_DIE: "will_they_die",
    Heard.WHAT_TO_SAY: "what_to_say",
    Heard.WHOSE_FAULT: "not_your_fault",
    Heard.WHOSE_FAULT_IF: "not_your_fault",
    Heard.MAY_BE_TOLD: "it_may_be_told",
    Heard.TOLD_SOMEBODY: "told_somebody",
    Heard.NO_NUMBERS: "no_more_numbers",
    Heard.DENIAL: "offer_stays",
}
HOLD_999_THEMSELVES: Final = (
    Heard.NOT_SAFE,
    Heard.NOBODY_NEAR,
    Heard.HELP_COMING,
    Heard.NOT_REACHED,
)
