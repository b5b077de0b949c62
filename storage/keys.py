"""The keys: read from a private file or the environment, never from the database."""

import base64
import binascii
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from storage.errors import KeysUnusable

LENGTH = 32
SINGLE_KEYS = ("phone_index", "token", "spool", "audit")
_PLACEHOLDER_WORDS = ("example", "changeme", "change-me", "placeholder", "replace")
_FEWEST_DIFFERENT_BYTES = 12
_CREDENTIAL = 0o440


@dataclass(frozen=True)
class Keys:
    """Every key of a deployment, each of 32 bytes and each for one use.

    `key_encryption` wraps the data key of each person; new wraps use `current`, and
    the others stay to open what they wrapped before.
    """

    key_encryption: Mapping[str, bytes] = field(repr=False)
    current: str
    phone_index: bytes = field(repr=False)
    token: bytes = field(repr=False)
    spool: bytes = field(repr=False)
    audit: bytes = field(repr=False)

    @classmethod
    def generate(cls) -> "Keys":
        """Make a fresh set from the operating system's randomness."""
        return cls(
            key_encryption={"k1": secrets.token_bytes(LENGTH)},
            current="k1",
            **{name: secrets.token_bytes(LENGTH) for name in SINGLE_KEYS},
        )

    @classmethod
    def generate_file(cls, path: Path) -> "Keys":
        """Write a fresh set, whole or not at all, readable by its owner only.

        A file that is already there is never overwritten: FileExistsError.
        """
        keys = cls.generate()
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = keys._drafted(path)
        try:
            os.link(draft, path)
        finally:
            draft.unlink()
        return keys

    def replace_file(self, path: Path) -> None:
        """Write these keys over a key file; whoever reads it reads one or the other."""
        self._check()
        self._drafted(path).replace(path)

    def with_new(self, name: str) -> "Keys":
        """Give these keys and a fresh one to wrap with, which nothing uses yet.

        A name is used once: KeysUnusable.
        """
        if name in self.key_encryption:
            raise KeysUnusable(f"there is a key {name} already")
        fresh = {name: secrets.token_bytes(LENGTH)}
        return replace(self, key_encryption={**self.key_encryption, **fresh})

    def using(self, name: str) -> "Keys":
        """Give these keys with `name` as the one that new wraps use."""
        if name not in self.key_encryption:
            raise KeysUnusable(f"there is no key {name}")
        return replace(self, current=name)

    def without(self, name: str) -> "Keys":
        """Give these keys without one that nothing is wrapped with any more."""
        if name == self.current:
            raise KeysUnusable(f"key {name} is in use")
        left = {n: key for n, key in self.key_encryption.items() if n != name}
        return replace(self, key_encryption=left)

    @classmethod
    def from_file(cls, path: Path) -> "Keys":
        """Read keys from a file that nobody but its owner can read."""
        try:
            mode = path.stat().st_mode & 0o777
            text = path.read_text(encoding="utf-8")
        except OSError as trouble:
            reason = trouble.strerror or "cannot be read"
            raise KeysUnusable(f"key file {path}: {reason}") from None
        except UnicodeDecodeError:
            raise KeysUnusable(f"key file {path}: not JSON") from None
        if mode & 0o077 and not _is_from_systemd(path, mode):
            raise KeysUnusable(
                f"key file {path}: mode is {mode:o}, others can read it; chmod 600 it"
            )
        return cls.from_json(text)

    @classmethod
    def from_json(cls, text: str) -> "Keys":
        """Read and check keys; the first that cannot be used is named."""
        fields = _fields(text)
        wrapping = fields.get("key_encryption")
        if not isinstance(wrapping, dict) or not wrapping:
            raise KeysUnusable("key key_encryption is missing")
        keys = cls(
            key_encryption={
                name: _key(f"key_encryption.{name}", value)
                for name, value in wrapping.items()
            },
            current=str(fields.get("current", "")),
            **{name: _key(name, fields.get(name)) for name in SINGLE_KEYS},
        )
        keys._check()
        return keys

    def to_json(self) -> str:
        """Write the keys down as the file and the environment hold them."""
        wrapping = {
            name: base64.b64encode(key).decode()
            for name, key in self.key_encryption.items()
        }
        single = {
            name: base64.b64encode(getattr(self, name)).decode() for name in SINGLE_KEYS
        }
        whole = {"key_encryption": wrapping, "current": self.current, **single}
        return json.dumps(whole, indent=2) + "\n"

    def _drafted(self, path: Path) -> Path:
        """Write the keys beside a path, on the disk and for their owner only."""
        draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        opened = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(opened, "w", encoding="ascii") as file:
            file.write(self.to_json())
            file.flush()
            os.fsync(file.fileno())
        return draft

    def _check(self) -> None:
        if self.current not in self.key_encryption:
            raise KeysUnusable("current names no key in key_encryption")
        seen: dict[bytes, str] = {}
        named = {f"key_encryption.{n}": k for n, k in self.key_encryption.items()}
        named |= {name: getattr(self, name) for name in SINGLE_KEYS}
        for name, key in named.items():
            if key in seen:
                raise KeysUnusable(f"key {name} is the same as key {seen[key]}")
            seen[key] = name


def _is_from_systemd(path: Path, mode: int) -> bool:
    """Say whether it is a credential: in a folder that only this service can enter.

    Since version 254 it is root's, with a list of who else reads it, shown as 440.
    """
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    return mode == _CREDENTIAL and folder == str(path.parent)


def _fields(text: str) -> dict[str, Any]:
    try:
        fields = json.loads(text)
    except ValueError:
        raise KeysUnusable("the keys are not JSON") from None
    if not isinstance(fields, dict):
        raise KeysUnusable("the keys are not a JSON object")
    return fields


def _key(name: str, value: object) -> bytes:
    if not isinstance(value, str) or not value.strip():
        raise KeysUnusable(f"key {name} is missing")
    if any(word in value.lower() for word in _PLACEHOLDER_WORDS):
        raise KeysUnusable(f"key {name} is an example, make a real one")
    try:
        key = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        raise KeysUnusable(f"key {name} is not base64") from None
    if len(key) != LENGTH:
        size = "short" if len(key) < LENGTH else "long"
        raise KeysUnusable(f"key {name} is {size}: {len(key)} bytes, not {LENGTH}")
    if len(set(key)) < _FEWEST_DIFFERENT_BYTES or key == bytes(range(LENGTH)):
        raise KeysUnusable(f"key {name} is an example, make a real one")
    return key
