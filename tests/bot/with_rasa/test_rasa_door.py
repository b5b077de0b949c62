"""Rasa's only door: who may come in, what is answered, and what is never said."""

import json
import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from foundations.ids import new_id
from runtime.rasa_command import GIVES_WAY
from tests.bot.conftest import YoungPerson
from tests.bot.rasa_process import RasaProcess

pytestmark = pytest.mark.slow

CANARY = "zebracanary"


def a_message(**changed: Any) -> dict[str, Any]:
    return {
        "conversation": new_id(),
        "message": new_id(),
        "channel": "web",
        "text": "hello",
        "context": {},
        **changed,
    }


def test_the_probe_says_only_that_rasa_is_there_and_which(
    rasa_server: RasaProcess,
) -> None:
    answer = httpx.get(rasa_server.probe, trust_env=False)

    assert (answer.status_code, int(answer.text)) == (200, rasa_server.answering)


def test_rasa_lets_the_gateway_compute_first(
    rasa_server: RasaProcess,
) -> None:
    threads = [
        thread
        for process in (rasa_server.process.pid, rasa_server.answering)
        for thread in Path(f"/proc/{process}/task").iterdir()
    ]
    stands = {os.getpriority(os.PRIO_PROCESS, int(thread.name)) for thread in threads}

    assert stands == {os.getpriority(os.PRIO_PROCESS, 0) + GIVES_WAY}


@pytest.mark.parametrize("secret", ["", "wrong", "é"])
def test_nobody_comes_in_without_the_secret(
    rasa_server: RasaProcess, secret: str
) -> None:
    answer = httpx.post(
        rasa_server.messages,
        content=json.dumps(a_message()).encode(),
        headers={"X-Handrail-Secret": secret.encode()},
        trust_env=False,
    )

    assert (answer.status_code, answer.json()) == (401, {"error": "unauthorised"})


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"\xff\xfe",
        b"[]",
        b"[" * 30_000,
        json.dumps(a_message(text="")).encode(),
        json.dumps(a_message(text="   ")).encode(),
        json.dumps(a_message(text=None)).encode(),
        json.dumps(a_message(text=7)).encode(),
        json.dumps(a_message(text="x" * 2_001)).encode(),
        json.dumps(a_message(text="/goodbye")).encode(),
        json.dumps(a_message(text=" \n/greet")).encode(),
        json.dumps(a_message(channel="rest")).encode(),
        json.dumps(a_message(channel=["sms"])).encode(),
        json.dumps(a_message(conversation="")).encode(),
        json.dumps(a_message(message="m" * 201)).encode(),
        json.dumps(a_message(context="hi")).encode(),
    ],
)
def test_a_body_of_the_wrong_shape_is_refused(
    rasa_server: RasaProcess, body: bytes
) -> None:
    answer = rasa_server.post(body)

    assert (answer.status_code, answer.json()) == (400, {"error": "bad_request"})


def test_a_body_past_64_kib_is_refused(rasa_server: RasaProcess) -> None:
    answer = rasa_server.post(b'{"text": "' + b"x" * 70_000 + b'"}')

    assert answer.status_code == 413


def test_a_text_of_2000_characters_is_answered(
    rasa_server: RasaProcess, young_person: YoungPerson
) -> None:
    conversation = young_person.conversation
    answer = rasa_server.post(
        a_message(conversation=conversation, text="hello " + "x" * 1_994)
    )

    assert answer.status_code == 200
    assert answer.json()["replies"]


def test_an_answer_has_keys_words_and_choices(young_person: YoungPerson) -> None:
    young_person.says("hello")

    young_person.was_told("welcome.hello")
    assert "bot" in young_person.replies[0]["text"]
    assert "who is open now" in young_person.choices


def test_a_text_message_gets_the_words_written_for_texts(
    young_person: YoungPerson, young_person_texting: YoungPerson
) -> None:
    young_person.says("what do i say when i ring")
    young_person_texting.says("what do i say when i ring")

    on_the_web, in_a_text = young_person.replies[0], young_person_texting.replies[0]
    assert on_the_web["key"] == in_a_text["key"] == "finding_help.what_to_say"
    assert len(in_a_text["text"]) < len(on_the_web["text"])


RATHER_A_MEMORY = "id rather be a memory than whatever this is"


def test_what_a_second_look_raises_stands_before_the_answer(
    rasa_server: RasaProcess, young_person: YoungPerson
) -> None:
    conversation = young_person.conversation
    answer = rasa_server.post(
        a_message(
            conversation=conversation,
            text=RATHER_A_MEMORY,
            context={"may_raise": True},
        )
    )

    first, second = answer.json()["replies"]
    assert first == {
        "key": "raised.suicide",
        "text": "raised.suicide",
        "choices": [],
        "values": {},
        "again": None,
    }
    assert second["key"].startswith("feelings.")


@pytest.mark.parametrize(
    ("said", "may_raise"),
    [
        (RATHER_A_MEMORY, False),
        ("delete everything i dont want any of this kept", True),
    ],
)
def test_nothing_is_raised_where_it_may_not_or_something_is_surely_asked_for(
    rasa_server: RasaProcess, young_person: YoungPerson, said: str, may_raise: bool
) -> None:
    conversation = young_person.conversation
    told = a_message(
        conversation=conversation, text=said, context={"may_raise": may_raise}
    )

    (only,) = rasa_server.post(told).json()["replies"]

    assert not only["key"].startswith("raised.")


def test_the_same_message_twice_gets_the_same_answer_once(
    rasa_server: RasaProcess, young_person: YoungPerson
) -> None:
    conversation = young_person.conversation
    message = a_message(conversation=conversation, text="xkcd wibble fnord")
    first, second = rasa_server.post(message), rasa_server.post(message)

    assert first.json() == second.json()
    assert first.json()["replies"][0]["key"] == "not_understood.noise"


def test_copies_that_overlap_are_one_turn(
    rasa_server: RasaProcess, young_person: YoungPerson
) -> None:
    conversation = young_person.conversation
    message = a_message(conversation=conversation, text="xkcd wibble fnord")
    rasa_server.actions.ran.clear()
    rasa_server.actions.slow_by_s = 0.5
    together = threading.Barrier(8)

    def post(_: int) -> Any:
        together.wait()
        return rasa_server.post(message).json()

    try:
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(post, range(8)))
    finally:
        rasa_server.actions.slow_by_s = 0.0

    assert all(answer == answers[0] for answer in answers)
    assert rasa_server.actions.ran.count("action_not_understood") == 1


def test_half_an_answer_is_a_failure_that_can_be_asked_again(
    rasa_server: RasaProcess, young_person: YoungPerson
) -> None:
    message = a_message(conversation=young_person.conversation, text="talk to a person")
    rasa_server.actions.failing = True
    try:
        failed = rasa_server.post(message)
    finally:
        rasa_server.actions.failing = False
    again = rasa_server.post(message)

    assert (failed.status_code, failed.json()) == (502, {"error": "action_failed"})
    assert again.status_code == 200
    assert again.json()["replies"][0]["key"] == "handover.ask_reach"


def test_nothing_that_was_written_is_ever_logged(
    rasa_server: RasaProcess, young_person: YoungPerson
) -> None:
    conversation = young_person.conversation
    young_person.says(f"{CANARY} hello")
    young_person.says("talk to a person")
    rasa_server.actions.failing = True
    try:
        failed = rasa_server.post(
            a_message(conversation=conversation, text=f"who is open now {CANARY}")
        )
    finally:
        rasa_server.actions.failing = False
    rasa_server.post(a_message(text=f"/{CANARY}"))
    rasa_server.post(a_message(text=f"/greet{{'{CANARY}': '}}"))
    rasa_server.post(json.dumps({"text": CANARY}).encode()[:-1])

    assert failed.status_code == 502
    assert "A turn failed" in rasa_server.logged()
    assert CANARY not in rasa_server.logged()


def test_words_with_braces_are_shown_as_they_were_written(
    young_person: YoungPerson,
) -> None:
    young_person.says("make a safety plan")
    young_person.says("yes")
    young_person.says("my {exams} and {0[preview]} {{x}}")

    young_person.was_told("plan.check")
    assert "my {exams} and {0[preview]} {{x}}" in young_person.replies[0]["text"]


def test_a_conversation_that_is_forgotten_has_nothing_left_to_repeat(
    rasa_server: RasaProcess, young_person: YoungPerson
) -> None:
    young_person.says("hi")
    young_person.says("say that again")
    young_person.was_told("welcome.hello")
    gone = httpx.post(
        f"{rasa_server.address}/webhooks/handrail/forget",
        json={"conversation": young_person.conversation},
        headers={"X-Handrail-Secret": rasa_server.secret},
        trust_env=False,
    )
    young_person.says("say that again")

    assert gone.status_code == 204
    young_person.was_told("answers.nothing_to_repeat")


def test_nobody_without_the_secret_can_have_a_conversation_forgotten(
    rasa_server: RasaProcess, young_person: YoungPerson
) -> None:
    young_person.says("hi")
    refused = httpx.post(
        f"{rasa_server.address}/webhooks/handrail/forget",
        json={"conversation": young_person.conversation},
        trust_env=False,
    )
    young_person.says("say that again")

    assert refused.status_code == 401
    young_person.was_told("welcome.hello")


def test_when_the_one_that_answers_is_stopped_dead_another_answers_at_once(
    rasa_server: RasaProcess, young_person: YoungPerson
) -> None:
    loads, first = rasa_server.process, rasa_server.answering
    os.kill(first, signal.SIGKILL)
    second = put_in_its_place(rasa_server)

    young_person.says("hello")

    assert young_person.replies
    assert second != first
    assert loads.poll() is None


def test_when_the_one_that_answers_is_stuck_another_is_put_in_its_place(
    rasa_server: RasaProcess, young_person: YoungPerson
) -> None:
    first = rasa_server.answering
    os.kill(first, signal.SIGSTOP)
    rasa_server.process.send_signal(signal.SIGUSR1)
    second = put_in_its_place(rasa_server)

    young_person.says("hello")

    assert young_person.replies
    assert second != first


def put_in_its_place(rasa_server: RasaProcess) -> int:
    """Wait for the one that answers now; a new connection waits for it by itself."""
    return int(httpx.get(rasa_server.probe, trust_env=False, timeout=60).text)
