"""Each invariant finds the one thing that it is there to find."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace as Row
from typing import Any

import pytest

from tests.campaign.invariants import broken
from tests.campaign.seen import Seen, TextIn, TextOut

AT = datetime(2026, 11, 25, tzinfo=UTC)
PHONE = "+447700900101"


def inbox(sid: str, position: int, **more: Any) -> Row:
    kept = {"id": f"inbox-{sid}", "conversation": "c", "route": "none"}
    return Row(
        provider_message_id=sid,
        position=position,
        **{**kept, "answered_at": AT, **more},
    )


def outbox(id: str, position: int, kind: str) -> Row:
    return Row(id=id, position=position, kind=kind, state="delivered", conversation="c")


GOOD = Seen(
    texts_in=(
        TextIn("a", PHONE, "hello"),
        TextIn("b", PHONE, "WHO"),
        TextIn("c", PHONE, "i want to die"),
    ),
    texts_out=(
        TextOut("1", PHONE, "hello"),
        TextOut("2", PHONE, "who"),
        TextOut("3", PHONE, "116 123"),
    ),
    inbox=(inbox("a", 1), inbox("b", 2), inbox("c", 3, route="suicide")),
    escalations=(Row(inbox="inbox-c", route="suicide"),),
    outbox=(
        outbox("1", 1, "ordinary"),
        outbox("2", 2, "ordinary"),
        outbox("3", 3, "crisis"),
    ),
    conversations=(Row(id="c", young_person="p", owner="bot"),),
)

WRONG: dict[str, Seen] = {
    "accepted_is_in_the_inbox_once: lost a": replace(GOOD, inbox=GOOD.inbox[1:]),
    "accepted_is_in_the_inbox_once: twice a": replace(
        GOOD, inbox=(inbox("a", 1), *GOOD.inbox)
    ),
    "accepted_is_answered: unanswered inbox-b": replace(
        GOOD,
        inbox=(GOOD.inbox[0], inbox("b", 2, answered_at=None), GOOD.inbox[2]),
    ),
    "crisis_is_answered_and_recorded: 0 records of c": replace(GOOD, escalations=()),
    "crisis_is_answered_and_recorded: 2 records of c": replace(
        GOOD, escalations=GOOD.escalations * 2
    ),
    "crisis_is_answered_and_recorded: somebody in a crisis got no words (1)": replace(
        GOOD, texts_out=GOOD.texts_out[:2]
    ),
    "nothing_is_sent_beyond_its_limit: ordinary 2 left 2 times": replace(
        GOOD, texts_out=(*GOOD.texts_out, GOOD.texts_out[1])
    ),
    "one_conversation_has_one_owner: c is held by nobody": replace(
        GOOD, conversations=(Row(id="c", young_person="p", owner="nobody"),)
    ),
    "order_is_kept_for_each_person: taken out of order: [2, 1, 3]": replace(
        GOOD, inbox=(inbox("a", 2), inbox("b", 1), GOOD.inbox[2])
    ),
    "order_is_kept_for_each_person: said out of order: [2, 1]": replace(
        GOOD,
        texts_out=(GOOD.texts_out[1], GOOD.texts_out[0], GOOD.texts_out[2]),
    ),
}


def test_a_good_night_breaks_nothing() -> None:
    assert broken(GOOD) == []


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_found_and_nothing_else(what: str) -> None:
    assert broken(WRONG[what]) == [what]


def test_a_crisis_text_may_leave_twice_and_no_more() -> None:
    twice = replace(GOOD, texts_out=(*GOOD.texts_out, GOOD.texts_out[2]))
    thrice = replace(twice, texts_out=(*twice.texts_out, GOOD.texts_out[2]))

    assert broken(twice) == []
    assert broken(thrice) == ["nothing_is_sent_beyond_its_limit: crisis 3 left 3 times"]


def test_a_word_in_a_log_is_found_and_not_repeated(tmp_path: Path) -> None:
    log = tmp_path / "gateway.log"
    log.write_text("somebody said zyxomma")
    seen = replace(GOOD, logs=(log,), canaries=("zyxomma",))

    assert broken(seen) == ["no_log_holds_words_or_numbers: gateway.log holds canary 0"]
