"""One Handrail with a real Rasa for every journey here; each has a phone of its own."""

from collections.abc import Iterator

import pytest

from tests.journeys.clocks import GoingClock
from tests.journeys.handrail import Handrail, Sms
from tests.journeys.real_rasa import with_real_rasa

numbers = iter(range(600, 1000))


@pytest.fixture(scope="session")
def handrail(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Handrail]:
    home = tmp_path_factory.mktemp("through-rasa")
    with with_real_rasa(home, GoingClock()) as running:
        yield running


@pytest.fixture
def sms(handrail: Handrail) -> Sms:
    return handrail.sms(f"+447700900{next(numbers)}")
