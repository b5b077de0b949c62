"""What no phrase found and the dialogue raises: fixed words, a record, a day after."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from escalation import Raised
from foundations.saying import Channel, Reply
from gateway.rasa.dialogue import Question
from storage.records import OutboundKind
from tests.journeys.clocks import london
from tests.journeys.conversations import heard_by
from tests.journeys.handrail import Handrail, Sms, WebChat, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue

UNHEARD = "the weather is grey again"
"""Whatever was written: here the readable dialogue raises it."""


def raises(handrail: Handrail, route: str, *then: str) -> None:
    dialogue = handrail.house.dialogue
    assert isinstance(dialogue, ReadableDialogue)
    dialogue.key, dialogue.then = f"raised.{route}", then or ("feelings.hard_time",)


@pytest.fixture(params=["sms", "web"])
def robin(request: pytest.FixtureRequest, handrail: Handrail) -> Sms | WebChat:
    someone = handrail.sms() if request.param == "sms" else handrail.web_chat()
    someone.young_person_says("hello")
    heard_by(someone)
    return someone


@pytest.mark.parametrize("raised", Raised)
def test_the_words_say_that_they_may_be_wrong_and_stand_alone(
    handrail: Handrail, robin: Sms | WebChat, raised: Raised
) -> None:
    raises(handrail, raised.value)

    robin.young_person_says(UNHEARD)

    words = robin.was_sent(f"escalation.{raised.value}_perhaps")
    assert "may get this wrong" in words
    assert "999" in words
    assert heard_by(robin) == [f"escalation.{raised.value}_perhaps"]


def test_it_is_recorded_as_a_route_that_was_taken_and_a_text_leaves_as_crisis_words(
    handrail: Handrail,
) -> None:
    sms = handrail.sms()
    raises(handrail, "suicide")
    sms.young_person_says(UNHEARD)
    sms.was_sent("escalation.suicide_perhaps")
    here = sms.conversation()

    (recorded,) = handrail.record(lambda u: u.escalations.of_conversation(here))
    kinds = handrail.record(
        lambda u: [
            row.kind
            for row in u.connection.exec_driver_sql("SELECT kind, id FROM outbox")
            if row.id == recorded.outbox_id
        ]
    )

    assert recorded.route == "suicide"
    assert recorded.phrase_ids == ("raised.suicide",)
    assert recorded.reply_keys == ("escalation.suicide_perhaps",)
    assert recorded.channel is Channel.SMS
    assert kinds == [OutboundKind.CRISIS.value]


def test_the_day_after_begins_and_nothing_is_raised_in_it_again(
    handrail: Handrail, robin: Sms | WebChat
) -> None:
    raises(handrail, "suicide")
    robin.young_person_says(UNHEARD)
    robin.was_sent("escalation.suicide_perhaps")
    robin.young_person_says("im not safe")
    assert heard_by(robin) == ["escalation.not_safe"]

    robin.young_person_says("it is all a bit much")

    heard = heard_by(robin)
    assert "feelings.hard_time" in heard
    assert not any("perhaps" in key or "raised" in key for key in heard)


@pytest.mark.parametrize("raised", [Raised.SUICIDE, Raised.HARM_FROM_OTHERS])
def test_a_bare_no_says_that_they_are_not_safe(
    handrail: Handrail, robin: Sms | WebChat, raised: Raised
) -> None:
    raises(handrail, raised.value)
    robin.young_person_says(UNHEARD)
    heard_by(robin)

    robin.young_person_says("no")

    assert heard_by(robin) == ["escalation.not_safe"]


def test_what_is_then_said_plainly_has_its_own_words_and_said_again_fewer(
    handrail: Handrail, robin: Sms | WebChat
) -> None:
    raises(handrail, "suicide")
    robin.young_person_says(UNHEARD)
    heard_by(robin)

    robin.young_person_says("i want to die")
    assert heard_by(robin) == ["escalation.suicide"]
    robin.young_person_says("i want to die")

    assert heard_by(robin)[0] == "escalation.heard_again"


def test_a_line_for_a_plan_is_not_taken_for_something_else(
    handrail: Handrail, robin: Sms | WebChat
) -> None:
    handrail.house.dialogue.key = "plan.ask_warning_signs"
    robin.young_person_says("make a plan")
    heard_by(robin)
    raises(handrail, "suicide", "plan.ask_warning_signs")

    robin.young_person_says(UNHEARD)

    assert heard_by(robin) == ["plan.ask_warning_signs"]


@pytest.mark.parametrize("denial", ["not sucidal jus sad", "im not suicidal just low"])
def test_what_is_plainly_denied_is_not_raised(
    handrail: Handrail, robin: Sms | WebChat, denial: str
) -> None:
    raises(handrail, "suicide")

    robin.young_person_says(denial)

    assert heard_by(robin) == ["feelings.hard_time"]


@pytest.mark.parametrize(
    ("said", "raised"),
    [
        ("not suicidal just tired of it at home", Raised.HARM_FROM_OTHERS),
        ("not suicidal but the weather is grey", Raised.SUICIDE),
        ("not suicidal the weather is grey and grey again", Raised.SUICIDE),
    ],
)
def test_what_says_more_than_a_denial_is_raised_as_ever(
    handrail: Handrail, robin: Sms | WebChat, said: str, raised: Raised
) -> None:
    raises(handrail, raised.value)

    robin.young_person_says(said)

    assert heard_by(robin) == [f"escalation.{raised.value}_perhaps"]


def test_in_the_middle_of_asking_for_a_person_it_stands_alone_too(
    handrail: Handrail, robin: Sms | WebChat
) -> None:
    robin.young_person_says("PERSON")
    heard_by(robin)
    raises(handrail, "suicide")

    robin.young_person_says(UNHEARD)

    assert heard_by(robin) == ["escalation.suicide_perhaps"]


@pytest.mark.parametrize(("route", "then"), [("weather", ("menu.main",)), ("", ())])
def test_what_it_cannot_raise_is_no_answer(
    handrail: Handrail, robin: Sms | WebChat, route: str, then: tuple[str, ...]
) -> None:
    raises(handrail, route)
    handrail.house.dialogue.then = then

    robin.young_person_says(UNHEARD)

    heard = heard_by(robin)
    assert heard
    assert not any("raised" in key or "perhaps" in key for key in heard)


def test_a_deployment_may_leave_the_second_look_out(tmp_path: Path) -> None:
    handrail = start(tmp_path, ReadableDialogue(), second_look=False)
    try:
        web = handrail.web_chat()
        raises(handrail, "suicide")
        web.young_person_says(UNHEARD)
        assert heard_by(web) == ["feelings.hard_time"]
        assert not handrail.house.dialogue.asked[-1].may_raise
        web.young_person_says("i want to die")
        assert heard_by(web) == ["escalation.suicide"]
    finally:
        stop(handrail)


@dataclass
class ThinksAboutIt(ReadableDialogue):
    """Thinks about what it is asked until it is told to go on."""

    thinks: asyncio.Event = field(default_factory=asyncio.Event)
    goes_on: asyncio.Event = field(default_factory=asyncio.Event)

    async def ask(self, question: Question) -> tuple[Reply, ...]:
        """Answer."""
        self.thinks.set()
        await self.goes_on.wait()
        return await super().ask(question)


def test_it_takes_nothing_from_crisis_words_that_left_while_it_was_thought_of(
    tmp_path: Path,
) -> None:
    dialogue = ThinksAboutIt()
    handrail = start(tmp_path, dialogue)
    try:
        raises(handrail, "suicide")
        sms = handrail.sms()
        handrail.thread.do(sms.phone.sends(UNHEARD))
        handrail.thread.do(dialogue.thinks.wait())
        handrail.thread.do(sms.phone.sends("i took loads of paracetamol"))
        handrail.thread.do(sms.phone.received(1))
        handrail.thread.loop.call_soon_threadsafe(dialogue.goes_on.set)
        handrail.settled()
        here = sms.conversation()
        recorded = handrail.record(lambda u: u.escalations.of_conversation(here))
        care = handrail.record(lambda u: u.conversations.get(here).aftercare)

        assert len(sms.texts) == 1
        assert [one.route for one in recorded] == ["emergency_now"]
        assert '"emergency_now"' in care
    finally:
        handrail.thread.loop.call_soon_threadsafe(dialogue.goes_on.set)
        stop(handrail)


def test_in_welsh_it_is_said_in_welsh(handrail: Handrail) -> None:
    web = handrail.web_chat()
    web.young_person_says("cymraeg")
    raises(handrail, "suicide")

    web.young_person_says(UNHEARD)

    assert "galla i gamddeall" in web.was_sent("escalation.suicide_perhaps")


def test_after_the_day_after_it_may_be_raised_again(tmp_path: Path) -> None:
    handrail = start(tmp_path, ReadableDialogue(), clock=london(2026, 11, 25, 12))
    try:
        web = handrail.web_chat()
        web.young_person_says("i want to die")
        assert heard_by(web) == ["escalation.suicide"]
        handrail.later(hours=25)
        raises(handrail, "suicide")

        web.young_person_says(UNHEARD)

        assert heard_by(web) == ["escalation.suicide_perhaps"]
    finally:
        stop(handrail)
