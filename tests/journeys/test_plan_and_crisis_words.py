"""Crisis words in the middle of a plan go first, and no answer is lost to them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from foundations.gsm7 import segments
from foundations.saying import Channel
from gateway.inbound import ByPhone, Inbound
from gateway.recording import read_turn
from safety_plans.editing import plan_of
from safety_plans.plan import SafetyPlan, SectionId
from tests.journeys.clocks import StillClock
from tests.journeys.conversations import heard_by
from tests.journeys.handrail import Handrail, Sms, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue

NOON = datetime.fromisoformat("2026-11-25T12:00:00+00:00")
LINE = "give nan my razors when i want to hurt myself"


@pytest.fixture
def handrail(tmp_path: Path, dialogue: ReadableDialogue) -> Iterator[Handrail]:
    dialogue.away = True
    running = start(tmp_path, dialogue, clock=StillClock(NOON))
    yield running
    stop(running)


@pytest.fixture
def robin(handrail: Handrail, sms: Sms) -> Sms:
    """Someone who has just been asked how to make things safer."""
    for said in ("make a safety plan", "yes", "loud music", "yes"):
        sms.young_person_says(said)
    sms.was_sent("plan.ask_making_safer")
    return sms


def plan(robin: Sms) -> SafetyPlan:
    def read(unit):  # type: ignore[no-untyped-def]
        return plan_of(unit.plans, unit.people.find_by_phone(robin.number))

    found: SafetyPlan = robin.handrail.record(read)
    return found


def safer(robin: Sms) -> list[str]:
    return [line.words for line in plan(robin).lines(SectionId.MAKING_SAFER)]


def says_a_line_that_calls_for_crisis_words(robin: Sms) -> None:
    """Is answered first, is asked whether they are safe, and says that they are."""
    robin.handrail.clock.now += timedelta(minutes=1)
    robin.young_person_says("sit downstairs")
    robin.handrail.clock.now += timedelta(minutes=11)
    robin.young_person_says(LINE)
    assert any(said.key.startswith("escalation.") for said in robin.new())
    assert not any(said.key.startswith("plan.") for said in robin.new())
    robin.young_person_says("yes")
    assert heard_by(robin) == ["escalation.glad_safe_plan", "plan.held"]


def test_one_text_asks_one_thing_and_are_you_safe_comes_before_the_plan(
    robin: Sms,
) -> None:
    robin.handrail.clock.now += timedelta(minutes=1)
    robin.young_person_says(LINE)
    robin.handrail.clock.now += timedelta(minutes=11)
    robin.young_person_says("sit downstairs")
    assert heard_by(robin) == ["plan.unsure", "escalation.ask_safe"]
    text = robin.texts[-1]
    assert text.endswith("1 I'm safe right now\n2 I'm not safe")
    assert safer(robin) == []
    robin.young_person_says("2")
    robin.was_sent("escalation.not_safe")
    robin.young_person_says("carry on")

    robin.was_sent("plan.held")
    assert robin.texts[-1].endswith("1 Yes, add it\n2 No, leave it out")


def test_the_offer_that_returns_in_a_plan_does_not_stop_it(robin: Sms) -> None:
    robin.handrail.clock.now += timedelta(minutes=1)
    for said in ("my mum hits me", "im safe", "carry on", "my cat", "yes"):
        robin.young_person_says(said)
    lines = [f"my {thing}" for thing in ("den", "bike", "sofa", "shed")]
    asked = []
    for said in [word for line in lines for word in (line, "yes")]:
        robin.new()
        robin.young_person_says(said)
        asked.append(heard_by(robin))

    returned = [keys for keys in asked if "escalation.gentle_return_in_plan" in keys]
    assert returned
    assert all(len(keys) == 2 and keys[0].startswith("plan.") for keys in returned)
    assert not any("plan.waits" in keys for keys in asked)
    assert [line.words for line in plan(robin).all_lines][-4:] == lines


@pytest.mark.parametrize(
    "before",
    [
        ("i want to die", "im safe", "make a plan", "yes"),
        ("i want to die", "what is this", "make a plan", "yes"),
        ("my mate wants to die", "make a plan", "yes"),
    ],
)
def test_a_plan_begun_after_crisis_words_is_put_aside_by_no_question_of_theirs(
    sms: Sms, before: tuple[str, ...]
) -> None:
    for said in before:
        sms.young_person_says(said)
    sms.was_sent("plan.ask_getting_through")
    sms.young_person_says("loud music")
    assert heard_by(sms) == ["plan.check", "escalation.offer_person"]
    asked, offered = sms.texts[-1].rsplit("\n\n", 1)
    assert asked.endswith("1 Yes, next\n2 Take it back")
    assert offered.endswith("3 Talk to a person")
    sms.young_person_says("1")
    assert heard_by(sms) == ["plan.ask_making_safer"]
    sms.young_person_says("sit downstairs")

    assert heard_by(sms) == ["plan.check_private"]


@pytest.mark.parametrize("wish", ["make a plan", "can we make a safety plan for me"])
@pytest.mark.parametrize("door", ["sms", "web"])
def test_a_plan_that_was_asked_for_starts_after_are_you_safe_was_answered(
    request: pytest.FixtureRequest, door: str, wish: str
) -> None:
    robin = request.getfixturevalue(door)
    robin.young_person_says("i want to die")
    robin.young_person_says(wish)
    assert heard_by(robin)[-2:] == ["plan.start_next", "escalation.ask_safe"]
    robin.young_person_says("im safe right now")
    assert heard_by(robin) == ["escalation.glad_safe_plan", "plan.permission"]
    robin.young_person_says("yes")

    robin.was_sent("plan.ask_getting_through")


def test_a_wish_not_to_make_a_plan_starts_none(sms: Sms) -> None:
    sms.young_person_says("i want to die")
    sms.young_person_says("i dont want to make a plan")
    sms.young_person_says("im safe right now")

    assert heard_by(sms) == ["escalation.glad_safe"]


def test_the_answer_is_asked_about_once_and_kept_word_for_word(robin: Sms) -> None:
    says_a_line_that_calls_for_crisis_words(robin)
    asked = robin.was_sent("plan.held")
    assert "razors" not in asked
    robin.young_person_says("put it in my plan")

    robin.was_sent("plan.check_private")
    assert safer(robin) == ["sit downstairs", LINE]
    assert not any("razors" in text for text in robin.texts)
    robin.young_person_says("yes")
    robin.was_not_sent("plan.held")


def test_it_stays_out_when_that_is_the_answer(robin: Sms) -> None:
    says_a_line_that_calls_for_crisis_words(robin)
    robin.young_person_says("leave it out of my plan")
    robin.young_person_says("yes")

    robin.was_not_sent("plan.held")
    assert safer(robin) == ["sit downstairs"]


def test_it_is_asked_about_though_the_plan_was_left_for_days(
    handrail: Handrail, robin: Sms
) -> None:
    says_a_line_that_calls_for_crisis_words(robin)
    robin.young_person_says("pause")
    handrail.clock.now = NOON.replace(day=28)
    robin.young_person_says("carry on")
    robin.was_sent("plan.held")
    robin.young_person_says("yes")

    assert safer(robin) == ["sit downstairs", LINE]


def test_other_words_are_an_answer_of_their_own(robin: Sms) -> None:
    says_a_line_that_calls_for_crisis_words(robin)
    robin.young_person_says("ring my cousin")

    assert safer(robin) == ["sit downstairs", "ring my cousin"]


@pytest.mark.parametrize("said", ["i want 2 die", "my friend wants to kill herself"])
def test_wishing_to_die_and_a_friend_in_danger_are_never_offered_as_a_line(
    robin: Sms, said: str
) -> None:
    robin.handrail.clock.now += timedelta(minutes=1)
    robin.young_person_says(said)
    robin.handrail.clock.now += timedelta(minutes=11)
    robin.young_person_says("sit downstairs")
    if "plan.held" not in heard_by(robin):
        robin.young_person_says("im safe right now")
    robin.was_sent("plan.held")
    robin.young_person_says("yes")

    assert safer(robin) == ["sit downstairs"]


def test_an_emergency_is_never_offered_as_a_line(robin: Sms) -> None:
    robin.handrail.clock.now += timedelta(minutes=1)
    robin.young_person_says("ive just taken all the tablets")
    robin.young_person_says("sit downstairs")

    robin.was_not_sent("plan.held")


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("i got my nan here", "glad_safe_plan"),
        ("nan is here", "glad_safe_plan"),
        ("im with my mate", "glad_safe_plan"),
        ("got my sister with me", "glad_safe_plan"),
        ("my mum's downstairs", "someone_near"),
        ("yeah just my brother", "someone_near"),
        ("just me", "nobody_near"),
        ("no1 here", "nobody_near"),
        ("idk", "nobody_near"),
    ],
)
def test_who_is_near_is_heard_in_mid_plan_and_is_no_line(
    robin: Sms, said: str, heard: str
) -> None:
    robin.young_person_says("i want 2 die")
    robin.young_person_says("no")
    robin.was_sent("escalation.not_safe")
    robin.young_person_says(said)

    back = ["plan.ask_making_safer"] if heard == "glad_safe_plan" else []
    assert heard_by(robin) == [f"escalation.{heard}", *back]
    assert not plan(robin).held
    assert safer(robin) == []


def test_an_answer_that_is_not_understood_there_is_kept_aside_and_asked_about(
    robin: Sms,
) -> None:
    robin.young_person_says("i want 2 die")
    robin.young_person_says("no")
    robin.young_person_says("she pops in of an evening")
    assert heard_by(robin) == ["plan.unsure", "escalation.ask_safe"]
    assert safer(robin) == []
    robin.young_person_says("yes")
    robin.was_sent("plan.held")
    robin.young_person_says("no")

    assert heard_by(robin) == ["plan.ask_making_safer"]
    assert safer(robin) == []


@pytest.mark.parametrize("said", ["my mum's downstairs", "nan is here", "just me"])
def test_who_is_near_is_not_asked_again_once_that_was_told(
    robin: Sms, said: str
) -> None:
    for before in ("i want 2 die", "no", said):
        robin.young_person_says(before)
    for more in ("will you tell my mum", "what do you keep", "are you real"):
        robin.young_person_says(more)
        robin.was_not_sent("escalation.ask_someone")


@pytest.mark.parametrize("said", ["ok", "no", "idk", "skip", "sorry", "lol soz"])
def test_the_plans_question_comes_back_with_being_safe_and_owns_the_next_word(
    robin: Sms, said: str
) -> None:
    robin.young_person_says("sit downstairs")
    robin.young_person_says("i want 2 die")
    robin.young_person_says("yes")
    assert heard_by(robin) == ["escalation.glad_safe_plan", "plan.check_private"]
    robin.young_person_says(said)

    assert ("plan.ask_lift_or_calm" in heard_by(robin)) == (said == "skip")
    assert safer(robin) == ["sit downstairs"]


def test_the_plans_question_comes_back_once(robin: Sms) -> None:
    robin.young_person_says("i want 2 die")
    robin.young_person_says("im safe")
    robin.was_sent("plan.ask_making_safer")
    robin.young_person_says("im safe")

    assert heard_by(robin) == ["escalation.glad_again"]


@pytest.mark.parametrize("said", ["ok", "no", "idk", "skip", "sorry", "lol soz"])
def test_whoever_is_to_get_checked_is_asked_nothing_of_the_plan_beside_it(
    robin: Sms, said: str
) -> None:
    robin.young_person_says("sit downstairs")
    robin.young_person_says("ive just took all my tablets")
    robin.young_person_says("im safe right now")
    assert heard_by(robin) == ["escalation.get_checked", "escalation.glad_safe"]
    robin.young_person_says(said)

    robin.was_not_sent("plan.ask_lift_or_calm")
    assert plan(robin).open_section is SectionId.MAKING_SAFER
    assert safer(robin) == ["sit downstairs"]


def test_being_safe_before_shall_we_start_is_no_yes_to_it(sms: Sms) -> None:
    sms.young_person_says("make a safety plan")
    sms.young_person_says("i want 2 die")
    sms.young_person_says("im safe")

    assert heard_by(sms) == [
        "escalation.glad_safe_plan",
        "plan.what_is_a_plan",
        "plan.permission_again",
    ]


@pytest.mark.parametrize("worry", ["will you tell my mum", "i cant sleep"])
@pytest.mark.parametrize("in_plan", [True, False])
def test_a_worry_after_crisis_words_comes_with_one_question_in_two_segments(
    request: pytest.FixtureRequest, worry: str, in_plan: bool
) -> None:
    robin = request.getfixturevalue("robin" if in_plan else "sms")
    robin.young_person_says("i want 2 die")
    for asked, choices in (
        ("ask_safe", "1 I'm safe right now\n2 I'm not safe"),
        ("ask_someone", "1 Someone is with me\n2 Not right now"),
    ):
        robin.young_person_says(worry)
        if in_plan and asked == "ask_someone":
            answer, question, offer = heard_by(robin)
            assert question == "plan.ask_making_safer"
            assert offer == "escalation.offer_person"
            continue
        answer, question = heard_by(robin)

        assert answer.split(".")[0] in ("about", "feelings")
        assert question == f"escalation.{asked}"
        text = robin.texts[-1]
        assert text.endswith(choices)
        assert text.count("\n1 ") == 1
        assert segments(text) <= 2


def test_a_message_that_is_answered_twice_adds_its_lines_once(
    handrail: Handrail, robin: Sms
) -> None:
    house = handrail.house
    inbound = Inbound(
        channel=Channel.SMS,
        provider_message_id="SM" + "7" * 32,
        sender=ByPhone(robin.number),
        text="sit downstairs, ring my cousin",
        received_at=house.clock(),
    )
    received = handrail.thread.do(house.pipeline.receive(inbound))
    _, turn = handrail.record(
        lambda unit: read_turn(
            unit, received, house.organisations.home, house.pipeline._languages
        )
    )
    for _ in range(2):
        handrail.thread.do(house.pipeline._steps[-1](turn))

    assert safer(robin) == ["sit downstairs", "ring my cousin"]


def test_no_to_a_read_back_is_for_the_plan_though_a_worker_is_offered_beside_it(
    robin: Sms,
) -> None:
    robin.young_person_says("i want 2 die")
    robin.young_person_says("my nan is here")
    robin.young_person_says("carry on")
    robin.young_person_says("sit downstairs")
    assert heard_by(robin)[-1].startswith(("plan.", "escalation.offer"))
    robin.young_person_says("no")

    robin.was_sent("plan.put_right")
    robin.was_not_sent("escalation.offer_stays")
