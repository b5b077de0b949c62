"""A running Handrail for the help pages, one for each module: they keep nothing."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser

from tests.browser import chromium
from tests.journeys.handrail import Handrail, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue


@pytest.fixture(scope="module")
def handrail(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Handrail]:
    running = start(tmp_path_factory.mktemp("help"), ReadableDialogue())
    yield running
    stop(running)


@pytest.fixture(scope="module")
def http(handrail: Handrail) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=handrail.address, trust_env=False, timeout=30) as client:
        yield client


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running
