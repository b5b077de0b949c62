"""A phone and a web chat become one person's, whole, and the code tells nothing."""

from types import SimpleNamespace

import pytest
from sqlalchemy import LargeBinary, select

from foundations.saying import Reply
from safety_plans.folding import plan_from
from storage import NotFound, UnitOfWork
from storage.join_codes import TRIES_AT_MOST, JoinCodes, WebChat
from storage.joining import NEVER_SEALED, TwoHandovers, close_web_chats
from storage.records import Owner
from storage.tables.core import consent_steps, metadata, people
from storage.tables.joining import joined_conversations
from tests.storage.keeping import Records, Someone, arrives, hears, says
from tests.storage.test_storage_people import lives_a_full_life

A_NUMBER, ANOTHER = "+447700900123", "+447700900456"


@pytest.fixture
def phone(records: Records) -> Someone:
    return records.write(lambda unit: arrives(unit, A_NUMBER))


@pytest.fixture
def web(records: Records) -> Someone:
    return records.write(arrives)


def code_of(records: Records, web: Someone) -> str:
    chat = WebChat(web.conversation, web.id)
    return records.write(lambda unit: unit.join_codes.make(chat))


def redeems(records: Records, phone: Someone, code: str) -> WebChat | None:
    return records.write(lambda unit: unit.join_codes.redeem(phone.id, code))


def join(unit: UnitOfWork, phone: Someone, web: Someone) -> None:
    unit.joining.join(
        stays=unit.conversations.get(phone.conversation),
        goes=unit.conversations.get(web.conversation),
        now=unit.clock(),
    )


def another_code(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def test_a_code_finds_its_web_chat_once(
    records: Records, phone: Someone, web: Someone
) -> None:
    code = code_of(records, web)

    assert len(code) == 6
    assert redeems(records, phone, code) == WebChat(web.conversation, web.id)
    assert redeems(records, phone, code) is None


def test_a_code_works_for_ten_minutes(
    records: Records, phone: Someone, web: Someone
) -> None:
    code = code_of(records, web)
    records.watch.move(minutes=10)

    assert redeems(records, phone, code) is None


def test_a_newer_code_ends_the_older_one(
    records: Records, phone: Someone, web: Someone
) -> None:
    older, newer = code_of(records, web), code_of(records, web)

    if older != newer:
        assert redeems(records, phone, older) is None
    assert redeems(records, phone, newer) is not None


def test_after_five_wrong_codes_even_the_right_one_is_wrong_for_ten_minutes(
    records: Records, phone: Someone, web: Someone
) -> None:
    code = code_of(records, web)
    for _ in range(TRIES_AT_MOST):
        assert redeems(records, phone, another_code(code)) is None
        records.watch.move(minutes=1)

    assert redeems(records, phone, code) is None
    records.watch.move(minutes=6)
    fresh = code_of(records, web)
    assert redeems(records, phone, fresh) is not None


def test_the_tries_of_one_phone_are_nobody_elses(
    records: Records, phone: Someone, web: Someone
) -> None:
    code = code_of(records, web)
    for _ in range(TRIES_AT_MOST):
        redeems(records, phone, another_code(code))
    friend = records.write(lambda unit: arrives(unit, ANOTHER))

    assert redeems(records, friend, code) is not None


def statements_of(records: Records, phone: Someone, code: str) -> list[str]:
    """List the kinds of statement that redeeming a code makes the database do."""
    done: list[str] = []

    def watched(unit: UnitOfWork) -> None:
        def noted(statement: object, *more: object) -> object:
            done.append(type(statement).__name__)
            return unit.connection.execute(statement, *more)

        watching = SimpleNamespace(execute=noted)
        JoinCodes(watching, unit.vault, unit.clock).redeem(phone.id, code)

    records.write(watched)
    return done


def test_wrong_old_and_blocked_codes_make_the_database_do_the_same(
    records: Records, phone: Someone, web: Someone
) -> None:
    code = code_of(records, web)
    redeems(records, phone, another_code(code))
    wrong = statements_of(records, phone, another_code(code))
    for _ in range(TRIES_AT_MOST):
        redeems(records, phone, another_code(code))
    blocked = statements_of(records, phone, code)
    records.watch.move(minutes=10)
    old = statements_of(records, phone, code)

    assert wrong == blocked == old


def test_two_full_lives_become_one_and_every_sealed_word_opens(
    records: Records, phone: Someone, web: Someone
) -> None:
    records.write(lambda unit: lives_a_full_life(unit, phone))
    records.write(lambda unit: lives_a_full_life(unit, web))

    records.write(lambda unit: join(unit, phone, web))

    assert records.read(lambda unit: left_of(unit, web)) == []
    opened = records.read(opened_everywhere)
    assert {"messages", "plan_changes", "consents", "consent_steps"} <= opened
    assert {"handover_cases", "outbox", "conversations"} <= opened
    # Of the one who went, the key is gone: nothing of theirs was left under it.
    assert (
        records.read(
            lambda unit: len(unit.handovers.of_conversation(phone.conversation))
        )
        == 2
    )


def left_of(unit: UnitOfWork, gone: Someone) -> list[str]:
    """Name the columns that still hold an id of the one who went."""
    return [
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.columns
        if column.name in ("young_person", "conversation", "holder")
        and unit.connection.execute(
            select(column).where(column.in_((gone.id, gone.conversation)))
        ).first()
    ]


def opened_everywhere(unit: UnitOfWork) -> set[str]:
    """Open every sealed column of every row that is a young person's."""
    opened = set()
    for table in metadata.sorted_tables:
        for column in table.columns:
            is_sealed = isinstance(column.type, LargeBinary)
            if not is_sealed or column.name in NEVER_SEALED:
                continue
            for row in unit.connection.execute(
                select(table).where(column.is_not(None))
            ):
                holder, place = holder_and_place(unit, table.name, row)
                if holder is not None:
                    unit.sealer.open(column, place, holder, getattr(row, column.name))
                    opened.add(table.name)
    return opened


def holder_and_place(
    unit: UnitOfWork, table: str, row: object
) -> tuple[str | None, str]:
    if table == people.name:
        return row.id, row.id
    if table == consent_steps.name:
        return unit.consents.get(row.consent).young_person, row.consent
    return getattr(row, "young_person", None), getattr(row, "id", "")


def test_both_threads_are_one_in_the_order_things_were_said(
    records: Records, phone: Someone, web: Someone
) -> None:
    for someone, words in ((phone, "one"), (web, "two"), (phone, "three")):
        accepted = records.write(
            lambda unit, someone=someone, words=words: hears(unit, someone, words)
        )
        records.watch.move(minutes=1)
        records.write(
            lambda unit, someone=someone, accepted=accepted, words=words: says(
                unit, someone, Reply("key", f"re {words}"), accepted
            )
        )
        records.watch.move(minutes=1)

    records.write(lambda unit: join(unit, phone, web))
    records.write(lambda unit: says(unit, phone, Reply("key", "after")))

    said = records.read(
        lambda unit: unit.messages.after(
            unit.conversations.get(web.conversation).id, None, 100
        )
    )
    assert [message.text for message in said] == [
        "one", "re one", "two", "re two", "three", "re three", "after",
    ]  # fmt: skip
    assert [message.sequence for message in said] == list(range(1, 8))


def test_the_web_chat_is_found_by_its_old_id_until_it_is_closed(
    records: Records, phone: Someone, web: Someone
) -> None:
    records.write(lambda unit: join(unit, phone, web))
    found = records.read(lambda unit: unit.conversations.get(web.conversation))
    assert found.id == phone.conversation

    closed = records.write(lambda unit: close_web_chats(unit.connection, phone.id))

    assert closed == 1
    with pytest.raises(NotFound):
        records.read(lambda unit: unit.conversations.get(web.conversation))


def test_a_second_web_chat_can_be_joined_and_both_still_lead_there(
    records: Records, phone: Someone, web: Someone
) -> None:
    second = records.write(arrives)
    records.write(lambda unit: join(unit, phone, web))
    records.write(lambda unit: join(unit, phone, second))

    for conversation in (web.conversation, second.conversation):
        found = records.read(
            lambda unit, conversation=conversation: unit.conversations.get(conversation)
        )
        assert found.id == phone.conversation


def test_who_answers_and_what_was_wished_and_offered_come_along(
    records: Records, phone: Someone, web: Someone
) -> None:
    def on_the_web(unit: UnitOfWork) -> None:
        unit.conversations.set_wishes(web.conversation, '{"call_me":"Robin"}')
        hears(unit, web, "hi", aftercare='{"route":"x"}')
        unit.conversations.set_owner(web.conversation, Owner.WAITING, None)

    records.write(on_the_web)
    records.write(lambda unit: join(unit, phone, web))

    found = records.read(lambda unit: unit.conversations.get(phone.conversation))
    assert (found.owner, found.aftercare) == (Owner.WAITING, '{"route":"x"}')
    assert found.link == "demo"
    assert (
        records.read(lambda unit: unit.conversations.wishes(phone.conversation))
        == '{"call_me":"Robin"}'
    )


def test_with_a_worker_in_both_nothing_is_put_together(
    records: Records, phone: Someone, web: Someone
) -> None:
    for someone in (phone, web):
        records.write(
            lambda unit, someone=someone: unit.conversations.set_owner(
                someone.conversation, Owner.STAFF, None
            )
        )

    with pytest.raises(TwoHandovers):
        records.write(lambda unit: join(unit, phone, web))

    assert records.read(lambda unit: unit.conversations.get(web.conversation)).id == (
        web.conversation
    )


def test_forgetting_forgets_what_was_joined_as_well(
    records: Records, phone: Someone, web: Someone
) -> None:
    records.write(lambda unit: lives_a_full_life(unit, web))
    records.write(lambda unit: join(unit, phone, web))
    records.write(lambda unit: unit.people.forget(phone.id))

    assert records.read(lambda unit: left_of(unit, phone)) == []
    rows = records.read(
        lambda unit: unit.connection.execute(select(joined_conversations)).all()
    )
    assert rows == []


def test_both_plans_are_there(records: Records, phone: Someone, web: Someone) -> None:
    records.write(lambda unit: lives_a_full_life(unit, phone))
    records.watch.move(minutes=1)
    records.write(lambda unit: lives_a_full_life(unit, web))
    records.write(lambda unit: join(unit, phone, web))

    plan = records.read(lambda unit: plan_from(unit.plans.changes(phone.id)))
    # The same words were in both: they are there once.
    assert [line.words for line in plan.all_lines] == ["walk the dog"]
