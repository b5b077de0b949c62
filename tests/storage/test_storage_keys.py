"""Keys that cannot be trusted stop the start, and the message says which one."""

import base64
import json
import random
from pathlib import Path
from typing import Any

import pytest

from storage import Keys, KeysUnusable


def written(**changes: Any) -> str:
    fields = json.loads(Keys.generate().to_json())
    fields.update(changes)
    return json.dumps({name: v for name, v in fields.items() if v is not None})


def key_of(length: int) -> str:
    # The same at every run: test ids are made of these.
    return base64.b64encode(random.Random(length).randbytes(length)).decode()


def test_a_generated_file_is_private_and_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "handrail.json"
    made = Keys.generate_file(path)

    assert path.stat().st_mode & 0o777 == 0o600
    assert Keys.from_file(path) == made
    assert list(path.parent.iterdir()) == [path]


def test_a_key_file_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    made = Keys.generate_file(path)

    with pytest.raises(FileExistsError):
        Keys.generate_file(path)
    assert Keys.from_file(path) == made
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666, 0o660])
def test_a_key_file_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "keys.json"
    Keys.generate_file(path)
    path.chmod(mode)

    with pytest.raises(KeysUnusable, match=f"mode is {mode:o}"):
        Keys.from_file(path)


def test_what_systemd_puts_into_the_folder_of_a_service_is_for_it_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "keys.json"
    made = Keys.generate_file(path)
    # A list of who may read it, which shows as the mode of a group.
    path.chmod(0o440)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))

    assert Keys.from_file(path) == made

    path.chmod(0o444)
    with pytest.raises(KeysUnusable, match="mode is 444"):
        Keys.from_file(path)
    path.chmod(0o440)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path / "another"))
    with pytest.raises(KeysUnusable, match="mode is 440"):
        Keys.from_file(path)


def test_a_missing_key_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(KeysUnusable, match=r"nowhere\.json"):
        Keys.from_file(tmp_path / "nowhere.json")


@pytest.mark.parametrize("name", ["phone_index", "token", "spool", "audit"])
@pytest.mark.parametrize(
    ("value", "complaint"),
    [
        (None, "is missing"),
        ("", "is missing"),
        (7, "is missing"),
        ("not base64 at all", "is not base64"),
        (key_of(31), "is short: 31 bytes"),
        (key_of(16), "is short: 16 bytes"),
        (key_of(33), "is long: 33 bytes"),
        (base64.b64encode(bytes(32)).decode(), "is an example"),
        (base64.b64encode(bytes(range(32))).decode(), "is an example"),
        (base64.b64encode(b"abcd" * 8).decode(), "is an example"),
        ("example", "is an example"),
        ("CHANGEME", "is an example"),
        ("replace-with-your-own-key", "is an example"),
    ],
)
def test_a_key_that_cannot_be_used_is_named(
    name: str, value: object, complaint: str
) -> None:
    with pytest.raises(KeysUnusable, match=f"key {name} {complaint}"):
        Keys.from_json(written(**{name: value}))


def test_a_key_encryption_key_that_cannot_be_used_is_named() -> None:
    wrapping = {"k1": key_of(32), "k2": key_of(8)}

    with pytest.raises(KeysUnusable, match=r"key key_encryption\.k2 is short"):
        Keys.from_json(written(key_encryption=wrapping))


@pytest.mark.parametrize("wrapping", [None, {}, [], "k1"])
def test_without_key_encryption_keys_there_are_no_keys(wrapping: object) -> None:
    with pytest.raises(KeysUnusable, match="key_encryption is missing"):
        Keys.from_json(written(key_encryption=wrapping))


@pytest.mark.parametrize("current", [None, "", "k9"])
def test_the_current_key_must_be_one_of_them(current: object) -> None:
    with pytest.raises(KeysUnusable, match="current names no key"):
        Keys.from_json(written(current=current))


def test_one_key_for_two_uses_is_refused() -> None:
    same = key_of(32)

    with pytest.raises(KeysUnusable, match="key audit is the same as key spool"):
        Keys.from_json(written(spool=same, audit=same))


@pytest.mark.parametrize("text", ["", "{", "[]", "7", '"keys"', "\x00"])
def test_what_is_not_a_json_object_is_refused(text: str) -> None:
    with pytest.raises(KeysUnusable, match=r"not (JSON|a JSON object)"):
        Keys.from_json(text)


def test_keys_do_not_show_themselves() -> None:
    keys = Keys.generate()

    shown = repr(keys)
    assert repr(keys.token) not in shown
    assert repr(keys.key_encryption["k1"]) not in shown
    assert "k1" in shown
