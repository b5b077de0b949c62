"""Sealed columns: one data key per person, so that forgetting the key forgets them."""

import hashlib
import hmac
import struct
import threading
import time
from dataclasses import dataclass
from functools import cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Column, Connection, bindparam, delete, func, insert, select

from foundations.clock import Clock
from foundations.randomness import random_bytes
from storage.dialects import write_once
from storage.errors import CannotOpen, NotItsKeys
from storage.keys import Keys
from storage.tables.core import data_keys

SERVICE = "service"
"""The holder of the data key for what belongs to no young person (staff names)."""

_VERSION = 1
_HEADER = struct.Struct(">BH")
_NONCE = 12
_KEPT_SECONDS = 60.0
_KEPT_AT_MOST = 20_000

_LATEST_KEY = (
    select(data_keys.c.generation, data_keys.c.wrapped_with, data_keys.c.wrapped)
    .where(data_keys.c.holder == bindparam("holder"))
    .order_by(data_keys.c.generation.desc())
    .limit(1)
)
_EXACT_KEY = select(
    data_keys.c.generation, data_keys.c.wrapped_with, data_keys.c.wrapped
).where(
    data_keys.c.holder == bindparam("holder"),
    data_keys.c.generation == bindparam("generation"),
)
_NEW_KEY = insert(data_keys)


@dataclass(frozen=True)
class _Unwrapped:
    """A data key ready for use, until `fresh_until` on the monotonic clock."""

    generation: int
    cipher: AESGCM
    fresh_until: float


class Vault:
    """Seals and opens bytes under the data key of the person they belong to.

    A token is version | key generation | nonce | ciphertext (AES-256-GCM); its
    associated data is table, column, row id and holder, so a sealed value that is
    moved does not open.
    """

    def __init__(self, keys: Keys, clock: Clock) -> None:
        self._keys = keys
        self._clock = clock
        self._phone_index = hmac.new(keys.phone_index, digestmod=hashlib.sha256)
        self._token = hmac.new(keys.token, digestmod=hashlib.sha256)
        self._audit = hmac.new(keys.audit, digestmod=hashlib.sha256)
        self._wrapping = {n: AESGCM(key) for n, key in keys.key_encryption.items()}
        self._kept: dict[tuple[str, int | None], _Unwrapped] = {}
        self._dropped: dict[str, float] = {}
        self._guard = threading.Lock()

    def phone_index(self, e164: str) -> bytes:
        """Give the 32 bytes by which a phone number is looked up."""
        return _digest(self._phone_index, e164.encode())

    def token_hash(self, purpose: str, token: str) -> bytes:
        """Give the 32 bytes kept in place of a token or a provider's id."""
        spoken = f"{purpose}\0{token}".encode("utf-8", "surrogatepass")
        return _digest(self._token, spoken)

    def audit_link(self, before: bytes, row: bytes) -> bytes:
        """Chain an audit row to the one before it."""
        return _digest(self._audit, before + row)

    def create_key(self, connection: Connection, holder: str) -> None:
        """Make the first data key of a person."""
        key = AESGCM.generate_key(bit_length=256)
        connection.execute(_NEW_KEY, self._wrapped(holder, 1, key))
        self._keep(holder, None, 1, key)

    def forget_key(self, connection: Connection, holder: str) -> None:
        """Remove every data key of a person: what they sealed never opens again."""
        connection.execute(delete(data_keys).where(data_keys.c.holder == holder))
        self.drop(holder)

    def drop(self, holder: str) -> None:
        """Let go of the unwrapped keys of a person and keep none for a minute."""
        with self._guard:
            self._dropped[holder] = time.monotonic() + _KEPT_SECONDS
            for name in [name for name in self._kept if name[0] == holder]:
                del self._kept[name]

    def seal(
        self,
        connection: Connection,
        *,
        holder: str,
        column: Column[Any],
        row: str,
        content: bytes,
    ) -> bytes:
        """Seal bytes for one column of one row of one person."""
        key = self._data_key(connection, holder, None)
        nonce = random_bytes(_NONCE)
        place = _place(column, row, holder)
        header = _HEADER.pack(_VERSION, key.generation)
        return header + nonce + key.cipher.encrypt(nonce, content, place)

    def open(
        self,
        connection: Connection,
        *,
        holder: str,
        column: Column[Any],
        row: str,
        token: bytes,
    ) -> bytes:
        """Open what `seal` made for this very place; CannotOpen otherwise."""
        if len(token) < _HEADER.size + _NONCE:
            raise CannotOpen
        version, generation = _HEADER.unpack_from(token)
        if version != _VERSION:
            raise CannotOpen
        key = self._data_key(connection, holder, generation)
        nonce, sealed = _split(token[_HEADER.size :])
        try:
            return key.cipher.decrypt(nonce, sealed, _place(column, row, holder))
        except InvalidTag:
            raise CannotOpen from None

    def check(self, connection: Connection) -> None:
        """Raise NotItsKeys when this database was made with other keys.

        The first start seals a known value; every later start must open it.
        """
        self._ensure_service_key(connection)
        try:
            self._data_key(connection, SERVICE, None)
        except CannotOpen:
            raise NotItsKeys from None

    def rewrap(self, connection: Connection, limit: int) -> int:
        """Wrap up to `limit` data keys anew with the current key; give how many."""
        old = connection.execute(
            select(data_keys)
            .where(data_keys.c.wrapped_with != self._keys.current)
            .limit(limit)
        ).all()
        for row in old:
            key = self._unwrap(
                row.holder, row.generation, row.wrapped_with, row.wrapped
            )
            fresh = self._wrapped(row.holder, row.generation, key)
            connection.execute(
                data_keys.update()
                .where(
                    data_keys.c.holder == row.holder,
                    data_keys.c.generation == row.generation,
                )
                .values(wrapped=fresh["wrapped"], wrapped_with=fresh["wrapped_with"])
            )
        return len(old)

    def wrapped_with(self, connection: Connection) -> dict[str, int]:
        """Count the data keys that each wrapping key holds."""
        name = data_keys.c.wrapped_with
        counts = connection.execute(select(name, func.count()).group_by(name))
        return {row[0]: row[1] for row in counts}

    def _ensure_service_key(self, connection: Connection) -> None:
        key = AESGCM.generate_key(bit_length=256)
        fresh = self._wrapped(SERVICE, 1, key)
        write_once(connection, data_keys, fresh)

    def _data_key(
        self, connection: Connection, holder: str, generation: int | None
    ) -> _Unwrapped:
        kept = self._kept.get((holder, generation))
        if kept is not None and kept.fresh_until > time.monotonic():
            return kept
        if generation is None:
            found = connection.execute(_LATEST_KEY, {"holder": holder}).first()
        else:
            wanted = {"holder": holder, "generation": generation}
            found = connection.execute(_EXACT_KEY, wanted).first()
        if found is None:
            raise CannotOpen
        key = self._unwrap(holder, *found)
        return self._keep(holder, generation, found.generation, key)

    def _keep(
        self, holder: str, asked: int | None, generation: int, key: bytes
    ) -> _Unwrapped:
        now = time.monotonic()
        unwrapped = _Unwrapped(generation, AESGCM(key), now + _KEPT_SECONDS)
        with self._guard:
            if self._dropped:
                self._dropped = {h: t for h, t in self._dropped.items() if t > now}
            if holder in self._dropped:
                return unwrapped
            if len(self._kept) >= _KEPT_AT_MOST:
                self._kept.clear()
            self._kept[holder, asked] = self._kept[holder, generation] = unwrapped
        return unwrapped

    def _wrapped(self, holder: str, generation: int, key: bytes) -> dict[str, object]:
        name = self._keys.current
        nonce = random_bytes(_NONCE)
        place = _key_place(holder, generation, name)
        return {
            "holder": holder,
            "generation": generation,
            "wrapped_with": name,
            "wrapped": nonce + self._wrapping[name].encrypt(nonce, key, place),
            "created_at": self._clock(),
        }

    def _unwrap(self, holder: str, generation: int, name: str, wrapped: bytes) -> bytes:
        if name not in self._wrapping:
            raise CannotOpen
        nonce, sealed = _split(wrapped)
        place = _key_place(holder, generation, name)
        try:
            return self._wrapping[name].decrypt(nonce, sealed, place)
        except InvalidTag:
            raise CannotOpen from None


@dataclass(frozen=True)
class Sealer:
    """A vault at one connection: what repositories hold to seal and open columns."""

    vault: Vault
    connection: Connection

    def seal(self, column: Column[Any], row: str, holder: str, content: bytes) -> bytes:
        """Seal bytes for a column of a row."""
        return self.vault.seal(
            self.connection, holder=holder, column=column, row=row, content=content
        )

    def open(self, column: Column[Any], row: str, holder: str, token: bytes) -> bytes:
        """Open bytes from a column of a row."""
        return self.vault.open(
            self.connection, holder=holder, column=column, row=row, token=token
        )

    def seal_text(self, column: Column[Any], row: str, holder: str, said: str) -> bytes:
        """Seal any text, with NULs and lone surrogates as they came."""
        return self.seal(column, row, holder, said.encode("utf-8", "surrogatepass"))

    def open_text(
        self, column: Column[Any], row: str, holder: str, token: bytes
    ) -> str:
        """Open text exactly as it was sealed."""
        return self.open(column, row, holder, token).decode("utf-8", "surrogatepass")


def _digest(keyed: hmac.HMAC, content: bytes) -> bytes:
    """Digest a few bytes; `hmac.digest` would let go of the interpreter for them."""
    one = keyed.copy()
    one.update(content)
    return one.digest()


def _place(column: Column[Any], row: str, holder: str) -> bytes:
    return _column_place(column) + _joined(row, holder)


@cache
def _column_place(column: Column[Any]) -> bytes:
    """Name a column once: a plan is opened row by row."""
    return _joined(column.table.name, column.name)


def _key_place(holder: str, generation: int, name: str) -> bytes:
    return _joined("data_keys", "wrapped", holder, str(generation), name)


def _joined(*parts: str) -> bytes:
    """Join so that no two different lists of parts give the same bytes."""
    encoded = [part.encode() for part in parts]
    return b"".join([len(part).to_bytes(4, "big") + part for part in encoded])


def _split(token: bytes) -> tuple[bytes, bytes]:
    return token[:_NONCE], token[_NONCE:]
