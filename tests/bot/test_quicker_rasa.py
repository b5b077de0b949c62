"""Work that Rasa does over and over is done once, with the same outcome."""

from typing import Any

import pytest

from tests.bot.in_rasas_python import answer_of

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    return answer_of("tests.bot.quicker_in_rasas_python")


def test_an_actions_answer_is_judged_as_rasas_own_schema_judges_it(
    found: dict[str, Any],
) -> None:
    judged = found["judged"]

    assert [ours for _, ours in judged] == [theirs for theirs, _ in judged]
    assert {ours for _, ours in judged} == {True, False}


def test_a_domain_is_empty_as_rasa_has_it(found: dict[str, Any]) -> None:
    assert found["empty"] == [[True, True], [False, False]]


def test_an_action_is_told_the_last_turns_and_once_how_the_latest_was_understood(
    found: dict[str, Any],
) -> None:
    told = found["told"]["tracker"]
    heard = [event for event in told["events"] if event["event"] == "user"]

    assert [event["text"] for event in heard] == ["second", "third", "fourth"]
    assert all("parse_data" not in event for event in heard)
    assert told["latest_message"]["intent_ranking"][0]["name"] == "greet"
    assert "domain" not in found["told"]


def test_a_plain_word_in_yaml_is_of_the_kind_that_ruamel_finds(
    found: dict[str, Any],
) -> None:
    kinds = found["kinds_of_words"]

    assert [ours for _, ours in kinds] == [theirs for theirs, _ in kinds]
    assert len({ours for _, ours in kinds}) > 5
