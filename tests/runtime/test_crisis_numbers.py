"""The crisis card's numbers come from the pinned set, and every one can be pressed."""

from escalation.replies import numbers
from runtime.crisis_numbers import crisis_numbers

NO_NUMBER_TO_PRESS = {"shout_word", "nhs_mental_health_option"}


def test_every_pinned_number_opens_the_dialler_or_the_text_app() -> None:
    opens = {shown: to for line in crisis_numbers() for shown, to in line.links.items()}
    pinned = {n for name, n in numbers().items() if name not in NO_NUMBER_TO_PRESS}

    assert set(opens) == pinned
    assert opens[numbers()["hopeline"]].startswith("tel:")
    assert opens[numbers()["hopeline_text"]].startswith("sms:")
    assert opens[numbers()["shout"]].startswith("sms:")
