"""A plan is deleted alone: it is asked about first, and the rest stays."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from safety_plans.plan import PlanChange
from tests.journeys.conversations import heard_by
from tests.journeys.handrail import Handrail, Sms, WebChat, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue


@pytest.fixture
def handrail(tmp_path: Path, dialogue: ReadableDialogue) -> Iterator[Handrail]:
    dialogue.away = True
    running = start(tmp_path, dialogue)
    yield running
    stop(running)


@pytest.fixture(params=["sms", "web"])
def robin(request: pytest.FixtureRequest, handrail: Handrail) -> Sms | WebChat:
    """Someone with a line in their plan, who is asked about the second part."""
    someone = handrail.sms() if request.param == "sms" else handrail.web_chat()
    assert says(someone, "make a plan", "yes", "music", "yes") == [SECOND_PART]
    return someone


SECOND_PART = "plan.ask_making_safer"


def says(robin: Sms | WebChat, *texts: str) -> list[str]:
    """Send texts one by one; give what the last one brought."""
    for text in texts:
        robin.young_person_says(text)
    return heard_by(robin)


def history(robin: Sms | WebChat) -> list[PlanChange]:
    here = robin.conversation if isinstance(robin, WebChat) else robin.conversation()
    return list(
        robin.handrail.record(
            lambda unit: unit.plans.changes(unit.conversations.get(here).young_person)
        )
    )


@pytest.mark.parametrize(
    "wish",
    [
        "delete my plan",
        "delte my plan",
        "no just the plan",
        "pls delete my whole plan",
        "delete just my plan not everything",
        "delete my whole plan and start again",
        "how do i delete my plan",
        "delete my plan he might see it",
    ],
)
def test_a_wish_to_delete_the_plan_is_asked_about_and_deletes_nothing(
    robin: Sms | WebChat, wish: str
) -> None:
    before = history(robin)

    assert says(robin, wish) == ["plan.delete_sure"]
    assert history(robin) == before


@pytest.mark.parametrize("said", ["no", "keep it", "nah leave it", "KEEP MY PLAN"])
def test_a_no_keeps_every_line_and_brings_the_plans_question_back(
    robin: Sms | WebChat, said: str
) -> None:
    before = [change.id for change in history(robin)]

    assert says(robin, "delete my plan", said) == ["plan.not_deleted", SECOND_PART]
    assert [change.id for change in history(robin)][: len(before)] == before


def test_the_second_time_every_line_is_gone_and_how_it_was_before(
    robin: Sms | WebChat,
) -> None:
    says(robin, "change 1.1 to drums", "delete my plan")

    assert says(robin, "delete my plan now") == ["plan.deleted"]
    assert history(robin) == []
    assert says(robin, "PLAN ALL") == ["plan.empty"]
    assert says(robin, "undo")[0] != "plan.undone"


def test_a_number_or_a_bare_yes_in_a_text_deletes_nothing(handrail: Handrail) -> None:
    robin = handrail.sms()
    says(robin, "make a plan", "yes", "music", "yes", "pause")
    for said in ("1", "yes"):
        assert says(robin, "delete my plan") == ["plan.delete_sure"]
        says(robin, said)

        assert history(robin) != []


def test_who_it_was_shared_with_sees_nothing_any_more(robin: Sms | WebChat) -> None:
    says(robin, "pause", "share all with nan", "share now")
    says(robin, "delete my plan", "delete my plan now")

    assert says(robin, "who can see my plan") == ["plan.shared_with_nobody"]


def test_a_plan_with_nothing_in_it_needs_no_deleting(handrail: Handrail) -> None:
    robin = handrail.sms()

    assert says(robin, "hello", "delete my plan") == ["plan.empty"]
    assert says(robin, "delete my plan now") == ["plan.empty"]
    assert says(robin, "yes") == ["plan.permission"]


@pytest.mark.parametrize("line", ["delete his number", "delay my plan to drink"])
def test_a_line_that_only_looks_like_it_stays_a_line(
    handrail: Handrail, line: str
) -> None:
    robin = handrail.sms()

    assert says(robin, "make a plan", "yes", line) == ["plan.check"]


def test_whoever_skipped_every_part_can_begin_again(handrail: Handrail) -> None:
    robin = handrail.sms()
    assert says(robin, "make a plan", "yes", *["skip"] * 8) == ["plan.left_empty"]

    assert says(robin, "make a plan", "yes")[-1] == "plan.ask_getting_through"
