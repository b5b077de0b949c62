"""A sealed column opens in its own place, with its person's key, and nowhere else."""

import asyncio
import dataclasses
import secrets
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, insert, select

from storage import CannotOpen, Database, Keys, UnitOfWork, Vault
from storage.encryption import SERVICE
from storage.tables.core import conversations, data_keys, messages, outbox
from tests.storage.keeping import Records, Watch, arrives, hears

ANY_TEXT = st.text(
    st.characters(codec=None, categories=None)
    | st.sampled_from("\0\ud800\udfff\u202e\u200b\ufeff\U0001f9e1")
)


def seal(unit: UnitOfWork, holder: str, text: str) -> bytes:
    return unit.sealer.seal_text(messages.c.text, "row", holder, text)


def test_what_is_sealed_opens_in_its_own_place(records: Records) -> None:
    someone = records.write(arrives)
    token = records.write(lambda unit: seal(unit, someone.id, "hello"))

    opened = records.read(
        lambda unit: unit.sealer.open_text(messages.c.text, "row", someone.id, token)
    )
    assert opened == "hello"
    assert b"hello" not in token


@pytest.mark.parametrize(
    ("column", "row"),
    [
        (messages.c.text, "another"),
        (messages.c.choices, "row"),
        (outbox.c.body, "row"),
        (conversations.c.wishes, "row"),
    ],
)
def test_what_is_moved_elsewhere_does_not_open(
    records: Records, column: Column[Any], row: str
) -> None:
    someone = records.write(arrives)
    token = records.write(lambda unit: seal(unit, someone.id, "hello"))

    with pytest.raises(CannotOpen):
        records.read(lambda unit: unit.sealer.open(column, row, someone.id, token))


def test_what_belongs_to_one_person_does_not_open_for_another(
    records: Records,
) -> None:
    someone, another = (records.write(arrives) for _ in range(2))
    token = records.write(lambda unit: seal(unit, someone.id, "hello"))

    with pytest.raises(CannotOpen):
        records.read(
            lambda unit: unit.sealer.open(messages.c.text, "row", another.id, token)
        )


def test_no_byte_of_a_token_can_be_changed(records: Records) -> None:
    someone = records.write(arrives)
    token = records.write(lambda unit: seal(unit, someone.id, "hello"))
    changed = [
        token[:at] + bytes([token[at] ^ 1]) + token[at + 1 :]
        for at in range(len(token))
    ]
    shortened = [token[:length] for length in range(len(token))]

    def opens(unit: UnitOfWork, candidate: bytes) -> bool:
        try:
            unit.sealer.open(messages.c.text, "row", someone.id, candidate)
        except CannotOpen:
            return False
        return True

    opened = records.read(
        lambda unit: [one for one in changed + shortened if opens(unit, one)]
    )
    assert opened == []


def test_the_same_words_never_look_the_same_twice(records: Records) -> None:
    someone = records.write(arrives)
    tokens = records.write(
        lambda unit: {seal(unit, someone.id, "hello") for _ in range(100)}
    )

    assert len(tokens) == 100


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(text=ANY_TEXT)
def test_any_text_comes_back_as_it_was_said(records: Records, text: str) -> None:
    someone = records.write(arrives)
    records.write(lambda unit: hears(unit, someone, text))

    said = records.read(lambda unit: unit.messages.after(someone.conversation, None))
    assert [message.text for message in said] == [text]


def test_another_set_of_keys_is_refused_at_the_start(records: Records) -> None:
    wrong = Database(records.url, Keys.generate())

    with pytest.raises(CannotOpen):
        wrong.migrate()
    asyncio.run(wrong.close())


def test_another_set_of_keys_opens_nothing(records: Records) -> None:
    someone = records.write(arrives)
    records.write(lambda unit: hears(unit, someone, "hello"))
    wrong = Records(Database(records.url, Keys.generate()), records.watch, records.url)

    with pytest.raises(CannotOpen):
        wrong.read(lambda unit: unit.messages.after(someone.conversation, None))
    wrong.close()


def test_a_lost_key_encryption_key_opens_nothing(records: Records, keys: Keys) -> None:
    someone = records.write(arrives)
    records.write(lambda unit: hears(unit, someone, "hello"))
    lost = dataclasses.replace(
        keys, key_encryption={"k2": secrets.token_bytes(32)}, current="k2"
    )
    left = Records(Database(records.url, lost), records.watch, records.url)

    with pytest.raises(CannotOpen):
        left.read(lambda unit: unit.messages.after(someone.conversation, None))
    left.close()


def test_keys_are_wrapped_anew_and_then_the_old_one_is_not_needed(
    records: Records, keys: Keys
) -> None:
    someone = records.write(arrives)
    records.write(lambda unit: hears(unit, someone, "hello"))
    fresh = {"k2": secrets.token_bytes(32)}
    both = dataclasses.replace(
        keys, key_encryption={**keys.key_encryption, **fresh}, current="k2"
    )
    turning = Records(Database(records.url, both), records.watch, records.url)
    turning.database.migrate()

    done = turning.write(lambda unit: unit.vault.rewrap(unit.connection, 100))
    again = turning.write(lambda unit: unit.vault.rewrap(unit.connection, 100))
    turning.close()

    assert done >= 2
    assert again == 0
    only_new = dataclasses.replace(keys, key_encryption=fresh, current="k2")
    after = Records(Database(records.url, only_new), records.watch, records.url)
    after.database.migrate()
    said = after.read(lambda unit: unit.messages.after(someone.conversation, None))
    assert [message.text for message in said] == ["hello"]
    after.close()


def test_a_wrapped_key_cannot_be_given_to_someone_else(records: Records) -> None:
    someone = records.write(arrives)
    token = records.write(lambda unit: seal(unit, someone.id, "hello"))

    def lends_the_key(unit: UnitOfWork) -> None:
        row = unit.connection.execute(
            select(data_keys).where(data_keys.c.holder == someone.id)
        ).one()
        stolen = {**row._mapping, "holder": "somebody-else"}
        unit.connection.execute(insert(data_keys), stolen)

    records.write(lends_the_key)
    with pytest.raises(CannotOpen):
        records.read(
            lambda unit: unit.sealer.open(
                messages.c.text, "row", "somebody-else", token
            )
        )


def test_what_belongs_to_nobody_is_sealed_for_the_service(records: Records) -> None:
    token = records.write(lambda unit: seal(unit, SERVICE, "Sam"))

    opened = records.read(
        lambda unit: unit.sealer.open_text(messages.c.text, "row", SERVICE, token)
    )
    assert opened == "Sam"


def test_a_phone_number_is_looked_up_by_a_keyed_hash(keys: Keys) -> None:
    ours, theirs = Vault(keys, Watch()), Vault(Keys.generate(), Watch())

    index = ours.phone_index("+447700900123")
    assert len(index) == 32
    assert index == Vault(keys, Watch()).phone_index("+447700900123")
    assert index != theirs.phone_index("+447700900123")
    assert index != ours.phone_index("+447700900124")
