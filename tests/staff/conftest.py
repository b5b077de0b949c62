"""A running Handrail with two organisations, that know nothing of each other."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from foundations.ids import OrganisationId
from handover import Organisations
from tests.journeys.handrail import Handrail, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue
from tests.storage.keeping import Watch

HARBOUR = OrganisationId("harbour")


def two_organisations() -> Organisations:
    """The demo charity, and one more that is like it."""
    demo = Organisations.load().named(OrganisationId("demo"))
    harbour = replace(demo, id=HARBOUR, name="Harbour Youth")
    return Organisations({demo.id: demo, harbour.id: harbour})


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def handrail(tmp_path: Path, watch: Watch) -> Iterator[Handrail]:
    running = start(
        tmp_path, ReadableDialogue(), organisations=two_organisations(), clock=watch
    )
    yield running
    stop(running)


def agreed(handrail: Handrail, organisation: OrganisationId) -> None:
    """Let there be an agreement that sharing with an organisation stands on."""
    handrail.thread.do(
        handrail.house.database.write(
            lambda unit: unit.agreements.record(
                organisation=organisation,
                lawful_basis="legitimate_interests",
                reference="DSA 12",
                expires_on=date(2099, 1, 1),
            )
        )
    )
