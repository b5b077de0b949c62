"""Asking for a person through the real Rasa: one question, a preview, no surprise."""

import asyncio
from typing import Any

import pytest

from foundations.ids import ConversationId
from handover import InformationSet
from storage import Database
from tests.bot.conftest import YoungPerson

pytestmark = pytest.mark.slow


def draft_of(database: Database, young_person: YoungPerson) -> Any:
    conversation = ConversationId(young_person.conversation)
    return asyncio.run(
        database.read(lambda unit: unit.consents.latest_draft(conversation))
    )


def test_the_preview_shows_exactly_what_is_kept_for_sharing(
    young_person: YoungPerson, database: Database
) -> None:
    young_person.says("can i talk to a person")
    young_person.was_told("handover.ask_what_about")
    young_person.says("stuff at home, exams & my nan being ill")

    young_person.was_told("handover.preview")
    draft = draft_of(database, young_person)
    kept = InformationSet.from_json(draft.items_json).preview()
    assert "stuff at home, exams & my nan being ill" in kept
    assert kept in young_person.replies[0]["text"]


@pytest.mark.parametrize("said", ["skip", "idk", "no"])
def test_the_question_can_be_left_unanswered(
    young_person: YoungPerson, database: Database, said: str
) -> None:
    young_person.says("talk to a person")
    young_person.says(said)

    young_person.was_told("handover.preview")
    kept = InformationSet.from_json(draft_of(database, young_person).items_json)
    assert len(kept.items) == 1


def test_never_mind_drafts_nothing(
    young_person: YoungPerson, database: Database
) -> None:
    young_person.says("talk to a person")
    young_person.chooses("Never mind")

    young_person.was_told("handover.declined")
    assert draft_of(database, young_person) is None


def test_a_question_of_their_own_is_answered_then_ours_is_asked_again(
    young_person: YoungPerson,
) -> None:
    young_person.says("talk to a person")
    young_person.says("will you tell my mum")

    young_person.was_told("about.will_you_tell", "handover.ask_what_about")

    young_person.says("my parents splitting up")

    young_person.was_told("handover.preview")


def test_what_they_said_last_time_is_not_carried_over(
    young_person: YoungPerson, database: Database
) -> None:
    young_person.says("talk to a person")
    young_person.says("my parents splitting up")
    young_person.says("talk to a person")

    young_person.was_told("handover.ask_what_about")

    young_person.says("skip")

    kept = InformationSet.from_json(draft_of(database, young_person).items_json)
    assert "parents" not in kept.preview()


def test_yes_to_a_preview_asks_for_the_word_and_shares_nothing(
    young_person: YoungPerson,
) -> None:
    young_person.says("talk to a person")
    young_person.says("exams")
    young_person.says("yes")

    young_person.was_told("handover.share_word")


def test_not_now_to_a_preview_shares_nothing(young_person: YoungPerson) -> None:
    young_person.says("talk to a person")
    young_person.says("exams")
    young_person.chooses("Not now")

    young_person.was_told("handover.declined")
