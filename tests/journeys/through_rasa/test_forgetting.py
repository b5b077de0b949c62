"""Rasa, too, forgets whoever asks to be forgotten; and its log never knew them."""

import pytest

from tests.canaries import found_below
from tests.journeys.handrail import Handrail, Sms
from tests.trust.test_forgetting_leaves_no_trace import SAID, asks_to_be_forgotten

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]


def test_rasa_forgets_too_and_its_log_never_knew(handrail: Handrail, sms: Sms) -> None:
    home = handrail.house.settings.home
    for said in ("hello", *SAID):
        sms.young_person_says(said)
    # In the middle of a plan it is asked about once.
    sms.young_person_says("delete everything")
    assert "Nothing is wiped yet" in sms.texts[-1]
    asks_to_be_forgotten(handrail, sms)
    left = handrail.record(lambda unit: unit.copies_elsewhere.due(100))

    assert left == []
    assert (home / "rasa.log").exists()
    assert found_below(home, [*SAID, sms.number.removeprefix("+")]) == []
