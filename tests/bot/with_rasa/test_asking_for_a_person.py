"""Asking for a person through the real Rasa: it is understood, and asking begins."""

import asyncio

import pytest

from foundations.ids import ConversationId
from storage import Database
from tests.bot.conftest import YoungPerson

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    "said",
    [
        "can i talk to a person",
        "i want a real human",
        "can someone from the charity message me",
    ],
)
def test_the_asking_begins_in_our_own_rows(
    young_person: YoungPerson, database: Database, said: str
) -> None:
    conversation = ConversationId(young_person.conversation)
    young_person.says(said)

    young_person.was_told("handover.ask_reach")
    kept = asyncio.run(database.read(lambda unit: unit.askings.get(conversation)))
    assert kept is not None
