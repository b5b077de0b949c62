"""The form in Rasa is a thin shell: it keeps no words and takes each message once."""

import asyncio
import json
from typing import Any

import pytest
from plan_services import PlanDatabase, install_plan_services
from rasa_sdk.executor import ActionExecutor

from bot.words import DOMAIN
from foundations.content import read_yaml
from safety_plans.plan import Stage

SAID = {"event": "slot", "name": "plan_line", "value": "said"}
FORM = "safety_plan_form"
ASKED = "requested_slot"


@pytest.fixture
def database() -> PlanDatabase:
    return install_plan_services()


@pytest.fixture(scope="module")
def executor() -> ActionExecutor:
    ready = ActionExecutor()
    ready.register_package("bot.actions")
    return ready


def run(
    executor: ActionExecutor,
    action: str,
    text: str = "",
    *,
    taken: tuple[dict[str, Any], ...] = (),
    intent: str = "nlu_fallback",
) -> Any:
    """Run an action as Rasa asks for it, with what it extracted just before."""
    tracker = {
        "sender_id": "one-conversation",
        "slots": {},
        "latest_message": {"text": text, "intent": {"name": intent, "confidence": 0.9}},
        "events": [
            {"event": "user", "input_channel": "sms"},
            {"event": "action", "name": FORM},
            *taken,
        ],
        "paused": False,
        "followup_action": None,
        "active_loop": {"name": FORM},
        "latest_action_name": "action_listen",
    }
    call = {
        "next_action": action,
        "sender_id": "one-conversation",
        "tracker": tracker,
        "domain": {},
        "version": "3.6.21",
    }
    return asyncio.run(executor.run(call))


def keys(result: Any) -> list[str]:
    return [said["response"] for said in result.responses]


def say(executor: ActionExecutor, text: str, **more: Any) -> Any:
    return run(executor, f"validate_{FORM}", text, taken=(SAID,), **more)


def ask(executor: ActionExecutor) -> Any:
    """Come to the form, or back to it, with nothing to take."""
    return run(executor, f"validate_{FORM}")


def test_a_plan_is_offered_asked_about_taken_and_read_back(
    executor: ActionExecutor, database: PlanDatabase
) -> None:
    run(executor, "action_start_safety_plan", "make a plan")
    assert keys(ask(executor)) == ["utter_plan.permission"]
    asked = say(executor, "yes")
    assert keys(asked) == ["utter_plan.ask_getting_through"]
    read_back = say(executor, "music, my dog")

    assert keys(read_back) == ["utter_plan.check"]
    assert read_back.responses[0]["lines"] == "- music\n- my dog"
    assert database.plan.stage is Stage.CHECK


def test_a_message_that_was_not_just_taken_changes_nothing(
    executor: ActionExecutor, database: PlanDatabase
) -> None:
    run(executor, "action_start_safety_plan")
    reset = {**SAID, "value": None}

    back = run(executor, f"validate_{FORM}", "yes")
    settled = run(executor, f"validate_{FORM}", "yes", taken=(reset,))

    assert keys(back) == ["utter_plan.permission"]
    assert (settled.events, settled.responses) == ([], [])
    assert database.plan.stage is Stage.PERMISSION


def test_a_message_is_answered_and_the_next_question_asked_in_one_call(
    executor: ActionExecutor, database: PlanDatabase
) -> None:
    run(executor, "action_start_safety_plan")
    say(executor, "yes")

    result = say(executor, "what's this for?")

    assert keys(result)[-1] == "utter_plan.ask_getting_through"
    assert len(keys(result)) > 1


def test_when_building_ends_nothing_more_is_asked(
    executor: ActionExecutor, database: PlanDatabase
) -> None:
    run(executor, "action_start_safety_plan")

    result = say(executor, "not now")

    assert keys(result) == ["utter_plan.maybe_later"]


def test_no_slot_ever_holds_what_was_said(
    executor: ActionExecutor, database: PlanDatabase
) -> None:
    run(executor, "action_start_safety_plan")
    results = [say(executor, text) for text in ("yes", "my secret song", "pause")]

    assert "secret" not in json.dumps([result.events for result in results])
    values = [
        e["value"] for result in results for e in result.events if e["name"] != ASKED
    ]
    assert values == [None, None, "rested"]


def test_an_aside_is_refused_so_that_its_own_rule_answers(
    executor: ActionExecutor, database: PlanDatabase
) -> None:
    run(executor, "action_start_safety_plan")
    say(executor, "yes")

    result = say(executor, "will you tell my mum?", intent="will_you_tell")

    assert [event["event"] for event in result.events] == [
        "slot",
        "action_execution_rejected",
    ]
    assert result.responses == []
    assert database.plan.all_lines == ()


def test_ideas_are_choices_that_send_back_plain_words(
    executor: ActionExecutor, database: PlanDatabase
) -> None:
    run(executor, "action_start_safety_plan")
    say(executor, "yes")

    (ideas,) = say(executor, "show me ideas").responses

    assert ideas["response"] == "utter_plan.ideas"
    assert len(ideas["buttons"]) == 5
    assert not any(button["payload"].startswith("/") for button in ideas["buttons"])


def test_a_new_start_of_rasa_waits_for_the_answer_that_was_asked_for(
    executor: ActionExecutor, database: PlanDatabase
) -> None:
    quiet = run(executor, "action_session_start")
    run(executor, "action_start_safety_plan")
    say(executor, "yes")

    carried_on = run(executor, "action_session_start")

    assert [event["event"] for event in quiet.events] == ["session_started", "action"]
    assert {
        "name": FORM,
        "event": "active_loop",
        "timestamp": None,
    } in carried_on.events
    assert carried_on.events[-1]["name"] == "action_listen"


def test_every_intent_of_the_plan_has_examples() -> None:
    domain = read_yaml(DOMAIN / "safety_plan.yml")
    written = {
        entry["intent"]
        for file in (DOMAIN.parent / "data/safety_plan").glob("nlu*.yml")
        for entry in read_yaml(file)["nlu"]
    }

    assert written == set(domain["intents"])


def test_every_action_in_the_domain_is_one_that_runs(executor: ActionExecutor) -> None:
    domain = read_yaml(DOMAIN / "safety_plan.yml")

    assert set(domain["actions"]) <= set(executor.actions)
