"""The real Rasa, once for the whole run, with the real actions on a fresh database."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.actions.services import AskForPerson, Services, install
from bot.languages import Languages
from bot.words import Words
from foundations.clock import utc_now
from foundations.ids import new_id
from foundations.saying import Channel
from handover import Organisations
from runtime.wiring.handover import handover_side
from runtime.wiring.help import help_desk
from runtime.wiring.local_run import furnish
from signposting import load as load_directory
from storage import Database, Keys
from tests.bot.rasa_process import RasaProcess, rasa_running

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    home = tmp_path_factory.mktemp("records")
    kept = Database(f"sqlite:///{home / 'handrail.db'}", Keys.generate())
    kept.migrate()
    asyncio.run(kept.write(furnish))
    yield kept
    asyncio.run(kept.close())


@pytest.fixture(scope="session")
def words() -> Words:
    return Words.load()


@pytest.fixture(scope="session")
def rasa_for_all(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RasaProcess]:
    with rasa_running(tmp_path_factory.mktemp("rasa")) as running:
        yield running


@pytest.fixture(scope="session")
def its_services(database: Database, words: Words) -> Services:
    directory = load_directory(sample=True)
    return Services(
        database=database,
        directory=directory,
        help_desk=help_desk(directory, utc_now),
        organisations=Organisations.load(),
        words=words,
        clock=utc_now,
        ask_for_person=_ask_for_person(database, words),
    )


@pytest.fixture
def rasa_server(rasa_for_all: RasaProcess, its_services: Services) -> RasaProcess:
    """Install the services anew: a journey in the same process installs its own."""
    install(its_services)
    return rasa_for_all


def _ask_for_person(database: Database, words: Words) -> AskForPerson:
    organisations, directory = Organisations.load(), load_directory(sample=True)
    side = handover_side(
        database,
        organisations,
        Languages.load(words),
        directory,
        utc_now,
        "http://127.0.0.1",
    )
    return side.answers.begin


@dataclass
class YoungPerson:
    """Someone talking to Rasa through our channel, as the gateway lets them."""

    rasa: RasaProcess
    database: Database
    channel: Channel
    conversation: str
    replies: list[dict[str, Any]] = field(default_factory=list)

    def says(self, text: str) -> None:
        answer = self.rasa.post(
            {
                "conversation": self.conversation,
                "message": new_id(),
                "channel": self.channel.value,
                "text": text,
                "context": {},
            }
        )

        assert answer.status_code == 200, answer.text
        self.replies = answer.json()["replies"]

    def chooses(self, label: str) -> None:
        values = [
            choice["value"]
            for reply in self.replies
            for choice in reply["choices"]
            if choice["label"] == label
        ]

        assert values, f"no choice {label!r} in {self.replies}"
        self.says(values[0])

    def was_told(self, *keys: str) -> None:
        assert [reply["key"] for reply in self.replies] == list(keys)

    @property
    def choices(self) -> list[str]:
        return [
            choice["value"] for reply in self.replies for choice in reply["choices"]
        ]


@pytest.fixture
def young_person(rasa_server: RasaProcess, database: Database) -> YoungPerson:
    return someone(rasa_server, database, Channel.WEB)


@pytest.fixture
def young_person_texting(rasa_server: RasaProcess, database: Database) -> YoungPerson:
    return someone(rasa_server, database, Channel.SMS)


def someone(rasa: RasaProcess, database: Database, channel: Channel) -> YoungPerson:
    def begin(unit: Any) -> Any:
        return unit.conversations.start(unit.people.create(), "demo", channel)

    conversation = asyncio.run(database.write(begin))
    return YoungPerson(rasa, database, channel, conversation.id)
