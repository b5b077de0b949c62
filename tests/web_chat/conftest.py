"""The web chat, served for real, for every test in this folder."""

import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from served import ServedChat


@pytest.fixture
def chat() -> Iterator[ServedChat]:
    served = ServedChat()
    yield served
    served.close()


@pytest.fixture
def http(chat: ServedChat) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=chat.url) as client:
        yield client
