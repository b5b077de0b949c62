"""The key that wraps all others is changed while everything runs, and nothing fails."""

import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from runtime.keys_command import keys
from storage import Keys, KeysUnusable
from tests.journeys.handrail import Handrail, WebChat, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue

PEOPLE = 12


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HANDRAIL_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def started(home: Path) -> Iterator[Callable[[], Handrail]]:
    """Start a gateway on this home, again and again; the one before it is stopped."""
    running: list[Handrail] = []

    def again() -> Handrail:
        while running:
            stop(running.pop())
        running.append(start(home, ReadableDialogue()))
        return running[-1]

    yield again
    while running:
        stop(running.pop())


class Talking(threading.Thread):
    """Young people who write one message after another until they are told to stop."""

    def __init__(self, chats: list[WebChat]) -> None:
        super().__init__()
        self.chats, self.statuses, self.enough = chats, [], threading.Event()

    def run(self) -> None:
        """Write in turn, and note how each was answered."""
        while not self.enough.is_set():
            for chat in self.chats:
                try:
                    self.statuses.append(
                        chat.post("what about the harbour").status_code
                    )
                except httpx.HTTPError as trouble:
                    self.statuses.append(type(trouble).__name__)


def test_the_wrapping_key_is_changed_under_load_and_no_message_fails(
    started: Callable[[], Handrail], home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = started()
    old = [before.web_chat() for _ in range(PEOPLE)]
    for chat in old:
        chat.young_person_says("I kept this under the old key")
    keys(["add", "k2"])
    started()
    keys(["use", "k2"])
    handrail = started()
    talking = Talking([handrail.web_chat() for _ in range(3)])
    talking.start()
    keys(["rewrap"])
    keys(["list"])
    talking.enough.set()
    talking.join()
    told = capsys.readouterr().out
    keys(["remove", "k1"])
    after = started()

    assert set(talking.statuses) == {200}
    assert "k1: wraps 0 data keys" in told
    assert re.search(r"k2: wraps \d\d data keys, in use", told)
    for chat in old:
        chat.client.base_url = after.address
        assert "I kept this under the old key" in [m["text"] for m in chat.missed()]
    assert set(Keys.from_file(home / "keys.json").key_encryption) == {"k2"}


def test_a_key_that_still_wraps_something_or_is_in_use_is_not_removed(
    started: Callable[[], Handrail], home: Path
) -> None:
    started().web_chat().young_person_says("hello there harbour")
    with pytest.raises(SystemExit, match="k1 still wraps"):
        keys(["remove", "k1"])
    keys(["add", "k2"])
    with pytest.raises(SystemExit, match="there is a key k2 already"):
        keys(["add", "k2"])
    with pytest.raises(SystemExit, match="there is no key k3"):
        keys(["use", "k3"])

    assert set(Keys.from_file(home / "keys.json").key_encryption) == {"k1", "k2"}
    assert (home / "keys.json").stat().st_mode & 0o777 == 0o600


def test_keys_in_the_environment_are_changed_where_they_are_set(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HANDRAIL_KEYS", Keys.generate().to_json())

    with pytest.raises(SystemExit, match="change them where it is set"):
        keys(["add", "k2"])


def test_a_key_in_use_cannot_be_taken_out() -> None:
    with pytest.raises(KeysUnusable, match="k1 is in use"):
        Keys.generate().without("k1")
