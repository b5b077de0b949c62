"""A bare yes or no is for the last question that was asked, on both doors."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.turns.safety_plan_asking import about_held
from foundations.ids import MessageId, new_id
from foundations.saying import Channel, Choice, Say, Speaker
from gateway.questions import questions
from safety_plans import editing
from safety_plans.gaps import FILLED_IN
from safety_plans.plan import SafetyPlan, SectionId
from safety_plans.sections import sections
from storage.records import StoredMessage
from tests.journeys.conversations import heard_by
from tests.journeys.handrail import Handrail, Sms, WebChat, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue

SHARES = (Choice("Yes", "share now"), Choice("No", "don't share"))
CLEARING = tuple(
    Choice(label, says.format(number=1)) for label, says in sections().clearing
)
ASKED: dict[str, Say] = {
    "feedback.ask": Say("feedback.ask"),
    "handover.nobody_yet": Say("handover.nobody_yet"),
    "handover.nothing_to_share": Say("handover.nothing_to_share"),
    "notice.more": Say("notice.more"),
    "own_data.would_go": Say(
        "own_data.would_go",
        {"messages": "1", "lines": "1", "asked": "0", "phones": "0"},
    ),
    "plan.check_in_when": Say("plan.check_in_when"),
    "plan.clear_part": Say("plan.clear_part", {"number": "1", "count": "2"}, CLEARING),
    "plan.delete_sure": Say("plan.delete_sure", {"count": "2"}),
    "plan.empty": Say("plan.empty"),
    "plan.first_part_after_a_while": Say(
        "plan.first_part_after_a_while",
        {"title": "Right now", "lines": "- music", "numbers": "2"},
    ),
    **{
        f"plan.gap_{gap.value}": Say(
            f"plan.gap_{gap.value}", {"number": str(sections()[part].number)}
        )
        for gap, part in FILLED_IN.items()
    },
    "plan.held": about_held(SectionId.MAKING_SAFER, SafetyPlan()),
    "plan.share_preview": Say(
        "plan.share_preview",
        {"name": "Nan", "day": "Sunday", "lines": "- music"},
        SHARES,
    ),
    "plan.share_which": Say("plan.share_which"),
    "plan.share_who": Say("plan.share_who"),
    "plan.still_fits": Say("plan.still_fits"),
    "plan.wipe_sure": Say("plan.wipe_sure"),
}
NO = {
    "feedback.ask": "feedback.what_should_change",
    "handover.nobody_yet": None,
    "handover.nothing_to_share": None,
    "notice.more": "menu.main",
    "own_data.would_go": "own_data.all_kept",
    "plan.check_in_when": None,
    "plan.clear_part": None,
    "plan.delete_sure": "plan.not_deleted",
    "plan.empty": None,
    "plan.first_part_after_a_while": "plan.how_to_edit",
    **{f"plan.gap_{gap.value}": None for gap in FILLED_IN},
    "plan.held": "plan.held_none",
    "plan.share_preview": "plan.share_not_now",
    "plan.share_which": "plan.share_not_now",
    "plan.share_who": "plan.share_not_now",
    "plan.still_fits": "plan.how_to_edit",
    "plan.wipe_sure": "plan.not_wiped",
}
"""What a no brings; None is nothing but the plan's question, if a plan is open."""
YES = {
    "feedback.ask": "feedback.what_should_change",
    "own_data.would_go": "own_data.would_go",
    "plan.clear_part": "plan.part_cleared",
    "plan.delete_sure": "plan.empty",
    "plan.first_part_after_a_while": "plan.it_fits",
    "plan.held": "plan.held_none",
    "plan.share_preview": "plan.share_not_ready",
    "plan.still_fits": "plan.it_fits",
    "plan.wipe_sure": "plan.wiped",
}
ELSEWHERE = ("handover.", "notice.", "plan.empty", "plan.gap_")
"""A yes to these opens something that is tried by itself."""
PLAN_ASKS = "plan.ask_getting_through"
numbers = iter(range(300, 500))


@pytest.fixture(scope="module")
def handrail(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Handrail]:
    running = start(tmp_path_factory.mktemp("owns"), ReadableDialogue(away=True))
    yield running
    stop(running)


@pytest.fixture(params=["sms", "web"])
def robin(request: pytest.FixtureRequest, handrail: Handrail) -> Sms | WebChat:
    """Someone who has just been asked the first question of a plan."""
    if request.param == "sms":
        someone: Sms | WebChat = handrail.sms(f"+447700900{next(numbers)}")
    else:
        someone = handrail.web_chat()
    for said in ("make a plan", "yes"):
        someone.young_person_says(said)
    assert heard_by(someone) == [PLAN_ASKS]
    return someone


def is_asked(robin: Sms | WebChat, say: Say) -> None:
    """Have a question be the last thing that was said."""
    channel = Channel.SMS if isinstance(robin, Sms) else Channel.WEB
    here = robin.conversation if isinstance(robin, WebChat) else robin.conversation()
    house = robin.handrail.house
    reply = house.words.render(say, channel)

    def ask(unit: Any) -> None:
        young_person = unit.conversations.get(here).young_person
        unit.messages.add_outbound(
            conversation=here,
            young_person=young_person,
            channel=channel,
            replies=(reply,),
        )

    robin.handrail.thread.do(house.database.write(ask))


def pauses(robin: Sms | WebChat) -> None:
    robin.young_person_says("pause")
    assert heard_by(robin) == ["plan.paused"]


def lines(robin: Sms | WebChat) -> list[str]:
    here = robin.conversation if isinstance(robin, WebChat) else robin.conversation()
    found = robin.handrail.record(
        lambda unit: editing.plan_of(
            unit.plans, unit.conversations.get(here).young_person
        )
    )
    return [line.words for line in found.all_lines]


def test_every_question_that_owns_an_answer_is_tried_here() -> None:
    owned = {**questions().called_for, **questions().offered}

    assert set(ASKED) == set(owned) == set(NO)
    assert set(YES) == {
        key
        for key, answers in owned.items()
        if answers.yes and not key.startswith(ELSEWHERE)
    }


def test_a_yes_to_what_a_plan_lacks_opens_the_part_that_it_belongs_in(
    robin: Sms | WebChat,
) -> None:
    robin.young_person_says("loud music")
    pauses(robin)
    for gap, part in FILLED_IN.items():
        is_asked(robin, ASKED[f"plan.gap_{gap.value}"])
        robin.young_person_says("yes")

        (asked,) = heard_by(robin)
        assert asked in (f"plan.ask_{part.value}", "plan.ask_more", "plan.check")
        pauses(robin)


def test_in_mid_plan_a_no_is_for_what_was_asked_last_and_the_plan_comes_back(
    robin: Sms | WebChat,
) -> None:
    for key, say in ASKED.items():
        is_asked(robin, say)
        robin.young_person_says("no")

        brought = [NO[key]] if NO[key] else []
        assert heard_by(robin) == [*brought, PLAN_ASKS], key
    assert lines(robin) == []


def test_in_mid_plan_a_yes_is_for_what_was_asked_last(robin: Sms | WebChat) -> None:
    for key, brought in YES.items():
        is_asked(robin, ASKED[key])
        robin.young_person_says("yeah")

        again = [] if questions().waits(brought) else [PLAN_ASKS]
        assert heard_by(robin) == [brought, *again], key
    assert lines(robin) == []


@pytest.mark.parametrize(("answers", "said"), [(NO, "nah"), (YES, "yes")])
def test_with_no_plan_open_both_are_heard_too(
    robin: Sms | WebChat, answers: dict[str, str | None], said: str
) -> None:
    pauses(robin)
    for key, brought in answers.items():
        is_asked(robin, ASKED[key])
        robin.young_person_says(said)

        assert heard_by(robin) == [brought or "answers.never_mind"], key


@pytest.mark.parametrize("said", ["put it in my plan", "leave it out"])
def test_what_is_held_is_settled_in_more_words_after_crisis_words_too(
    robin: Sms | WebChat, said: str
) -> None:
    for before in ("i want to die", "the purple beanbag", "yes"):
        robin.young_person_says(before)
    assert heard_by(robin) == ["escalation.glad_safe_plan", "plan.held"]
    robin.young_person_says(said)

    kept = said.startswith("put")
    assert heard_by(robin)[-1] == ("plan.check" if kept else PLAN_ASKS)
    assert lines(robin) == (["the purple beanbag"] if kept else [])


@pytest.mark.parametrize(
    "said",
    [
        "no",
        "nah",
        "nope",
        "keep it",
        "leave it",
        "no thanks",
        "👎",
        "nah u can keep it",
    ],
)
def test_delete_is_called_off_in_any_words(robin: Sms | WebChat, said: str) -> None:
    robin.young_person_says("DELETE")
    assert heard_by(robin) == ["own_data.would_go"]
    robin.young_person_says(said)

    assert heard_by(robin) == ["own_data.all_kept", PLAN_ASKS]


def test_other_words_than_a_yes_or_no_are_for_the_plan(robin: Sms | WebChat) -> None:
    robin.young_person_says("DELETE")
    robin.young_person_says("loud music")

    assert heard_by(robin) == ["plan.check"]
    assert lines(robin) == ["loud music"]


def test_the_plans_own_question_keeps_its_yes_and_its_no(robin: Sms | WebChat) -> None:
    robin.young_person_says("loud music")
    robin.young_person_says("no")
    assert heard_by(robin)[0] == "plan.put_right"
    robin.young_person_says("yes")

    assert heard_by(robin) == ["plan.ask_making_safer"]


def test_a_yes_is_heard_where_a_whole_plan_asks_about_what_is_held(
    robin: Sms | WebChat,
) -> None:
    here = robin.conversation if isinstance(robin, WebChat) else robin.conversation()

    def hold(unit: Any) -> None:
        person, now = unit.conversations.get(here).young_person, unit.clock()
        editing.hold_line(
            unit.plans, person, SectionId.MAKING_SAFER, f"nan {new_id()}", now=now
        )

    robin.young_person_says("loud music")
    pauses(robin)
    robin.handrail.thread.do(robin.handrail.house.database.write(hold))
    robin.young_person_says("PLAN ALL")
    assert heard_by(robin)[-1] == "plan.held"
    robin.young_person_says("yes")

    assert heard_by(robin) == ["plan.held_added"]
    assert len(lines(robin)) == 2


def test_a_yes_picks_no_choice_of_what_stands_before_the_question() -> None:
    asks = about_held(SectionId.GETTING_THROUGH, SafetyPlan())
    said = (
        one_said(
            "about.what_happens", Choice("Will you tell?", "will you tell anyone")
        ),
        one_said("plan.held", *asks.choices),
    )
    yes, no = (questions().meant(each, lambda: said) for each in ("yes", "no"))

    assert [yes, no] == [one.value for one in asks.choices]


def one_said(key: str, *choices: Choice) -> StoredMessage:
    now = datetime.now(UTC)
    return StoredMessage(
        MessageId(new_id()), 1, Speaker.BOT, key, ".", choices, now, Channel.SMS
    )


def test_after_crisis_words_too_a_no_to_delete_wipes_nothing_and_stands_alone(
    robin: Sms | WebChat,
) -> None:
    for said in ("i want to die", "what", "DELETE", "no"):
        robin.young_person_says(said)

    assert heard_by(robin) == ["own_data.all_kept", PLAN_ASKS]
