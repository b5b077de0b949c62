"""What it means after an emergency that somebody is there, or that they got away.

Somebody there is a help to whoever took something. In a break-in or an attack it says
nothing of safe, and a friend who took something and is there has no help yet.
"""

from dataclasses import replace

from escalation.day_after import Aftercare
from escalation.heard import (
    Heard,
    says_it_is_now,
    says_it_may_be_them,
    says_they_are_out_of_it,
    says_they_are_treated,
    says_they_come_near,
    says_who_is_here,
)
from escalation.routes import Route, Screening

TELLS_WHO_IS_NEAR = (
    Heard.SAFE,
    Heard.SOMEONE_NEAR,
    Heard.NEAR_BESIDE_HARM,
    Heard.NOBODY_NEAR,
)
SAYS_SAFE = {
    Heard.NOT_SAFE: False,
    Heard.HELP_COMING: True,
    Heard.THEY_HAVE_HELP: True,
    Heard.THEY_SEEM_BETTER: True,
}
"""What settles whether 999 still has to stand first."""


def nearer(text: str, screening: Screening, held: Aftercare | None) -> Screening:
    """After such words "it's happening now" and "he's coming up" say it by themselves.

    The first is the choice below words of worry.
    """
    if held is None:
        return screening
    if held.route is Route.CONCERN_FOR_OTHER and says_it_is_now(text):
        return replace(screening, route=held.route, happening_now=True)
    is_of_them = screening.route is Route.CONCERN_FOR_OTHER and screening.happening_now
    if held.on_top and is_of_them:
        # "i cant breathe" may be read with who was named before: 999 keeps its place.
        named = held.of_another or not held.of_harm
        return replace(screening, route=Route.EMERGENCY_NOW, names_another=named)
    if held.of_harm and says_they_come_near(text):
        return replace(screening, route=Route.EMERGENCY_NOW)
    return screening


def is_told(text: str, heard: Heard, care: Aftercare) -> bool:
    """Tell whether who is near answers them, and not somebody they worry about."""
    if care.route is Route.CONCERN_FOR_OTHER or is_one_of_them(text, care):
        return False
    return heard in TELLS_WHO_IS_NEAR


def is_one_of_them(text: str, care: Aftercare) -> bool:
    """Tell whether who is here may be the one in danger, or the danger itself."""
    return bool(care.on_top) and care.of_another and says_it_may_be_them(text)


def weigh(
    text: str, heard: Heard, care: Aftercare, *, making_plan: bool
) -> tuple[Heard, Aftercare]:
    """Say what was heard by what they are in; who is near is known where that helps."""
    if heard in (Heard.SAFE, Heard.OTHER) and says_who_is_here(text):
        return _of_who_is_here(text, heard, care, making_plan=making_plan)
    if heard is Heard.SOMEONE_NEAR and care.of_harm:
        return Heard.NEAR_BESIDE_HARM, care
    if not care.on_top:
        return heard, care
    if heard is Heard.THEY_HAVE_HELP and not says_they_are_treated(text):
        # Of themselves alone, "she woke up" is no word of whether they are safe.
        return (Heard.THEY_SEEM_BETTER if care.of_another else Heard.OTHER), care
    got_away = heard is Heard.OTHER and says_they_are_out_of_it(text)
    return (Heard.SAYS_OK if got_away and not making_plan else heard), care


def _of_who_is_here(
    text: str, heard: Heard, care: Aftercare, *, making_plan: bool
) -> tuple[Heard, Aftercare]:
    if is_one_of_them(text, care):
        return Heard.WHERE_THEY_ARE, care
    tells = heard is Heard.SAFE or not making_plan
    if care.on_top and care.of_harm:
        return (Heard.SAYS_OK if tells else heard), care
    if heard is Heard.SAFE or (care.on_top and tells):
        return Heard.SAFE, care.knows_who_is_near()
    return heard, care
