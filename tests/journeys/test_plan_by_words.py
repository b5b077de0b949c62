"""The plan by its own words, with Rasa away: started, found, changed, looked at."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from foundations.gsm7 import segments
from safety_plans.folding import plan_from
from safety_plans.plan import SectionId
from safety_plans.sharing import preview
from tests.journeys.conversations import heard_by
from tests.journeys.handrail import Handrail, Sms, WebChat, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue
from tests.storage.keeping import Watch


@pytest.fixture
def watch() -> Watch:
    return Watch(datetime.fromisoformat("2026-11-25T14:00:00+00:00"))


@pytest.fixture
def handrail(
    tmp_path: Path, dialogue: ReadableDialogue, watch: Watch
) -> Iterator[Handrail]:
    dialogue.away = True
    running = start(tmp_path, dialogue, clock=watch)
    yield running
    stop(running)


def builds(robin: Sms | WebChat) -> None:
    robin.young_person_says("make a safety plan")
    robin.was_sent("plan.permission")
    robin.young_person_says("yes")
    robin.young_person_says("music, my dog, ringing nan")
    robin.young_person_says("yes")
    robin.young_person_says("pause")


def test_a_plan_is_started_and_carried_on_with_rasa_away(sms: Sms) -> None:
    builds(sms)
    sms.young_person_says("carry on")

    sms.was_sent("plan.welcome_back")
    sms.was_sent("plan.ask_making_safer")


@pytest.mark.parametrize(
    ("asked", "line"),
    [("change 5", "5.1"), ("change 4", "1.1"), ("change my plan", "1.1")],
)
def test_how_to_change_names_a_line_that_is_there(
    sms: Sms, asked: str, line: str
) -> None:
    builds(sms)
    sms.young_person_says("add to 5")
    sms.young_person_says("my nan")
    sms.young_person_says("pause")
    sms.young_person_says(asked)

    assert f"change {line} to" in sms.was_sent("plan.how_to_edit")


def test_a_question_in_the_middle_is_answered_and_the_plan_goes_on(sms: Sms) -> None:
    builds(sms)
    sms.young_person_says("carry on")
    sms.young_person_says("will you tell my mum")

    sms.was_sent("about.will_you_tell")
    sms.was_sent("plan.ask_making_safer")


def test_a_section_is_added_to_with_rasa_away(web: WebChat) -> None:
    builds(web)
    web.young_person_says("add signs")
    web.was_sent("plan.ask_signs")
    web.young_person_says("i stop answering")
    web.young_person_says("yes")
    web.young_person_says("PLAN 8")

    assert "8.1 i stop answering" in web.was_sent("plan.part")


@pytest.mark.parametrize("ask", ["what helps me", "what can i do"])
def test_what_helps_is_found(sms: Sms, ask: str) -> None:
    builds(sms)
    sms.young_person_says(ask)

    assert "my dog" in sms.was_sent("plan.what_helps")


def test_a_line_is_changed_moved_taken_out_and_put_back(sms: Sms) -> None:
    builds(sms)
    sms.young_person_says("change 1.1 to drill music")
    sms.was_sent("plan.line_changed")
    sms.young_person_says("move 1.3 up")
    sms.young_person_says("delete 1.3")
    sms.young_person_says("undo")
    sms.was_sent("plan.undone")
    sms.young_person_says("PLAN 1")

    assert sms.was_sent("plan.part").endswith(
        "1.1 drill music\n1.2 ringing nan\n1.3 my dog"
    )


def test_plan_is_one_segment_and_asks_after_a_while_whether_it_fits(
    sms: Sms, watch: Watch
) -> None:
    builds(sms)
    sms.young_person_says("PLAN")
    assert segments(sms.was_sent("plan.first_part")) == 1

    watch.move(days=61)
    sms.young_person_says("PLAN")
    text = sms.was_sent("plan.first_part_after_a_while")
    assert segments(text) == 1
    assert "my dog" in text

    sms.young_person_says("PLAN")
    sms.was_sent("plan.first_part")


def test_how_the_plan_was_is_looked_at_and_wiped(web: WebChat, watch: Watch) -> None:
    builds(web)
    watch.move(days=1)
    web.young_person_says("change 1.2 to the cat")
    web.young_person_says("old versions")
    web.was_sent("plan.old_versions")
    (back_then,) = (c["value"] for c in web.messages[0]["choices"])
    web.young_person_says(back_then)
    assert "my dog" in web.was_sent("plan.whole")

    web.young_person_says("wipe old versions")
    web.was_sent("plan.wipe_sure")
    web.young_person_says("wipe old versions now")
    web.young_person_says("old versions")

    web.was_sent("plan.no_old_versions")
    web.young_person_says("PLAN 1")
    assert "the cat" in web.was_sent("plan.part")


def test_a_plan_has_the_name_its_owner_gave_it(sms: Sms) -> None:
    builds(sms)
    sms.young_person_says("call my plan the robin plan")
    sms.was_sent("plan.renamed")
    sms.young_person_says("PLAN ALL")

    sms.was_sent("plan.its_name")
    assert "the robin plan" in sms.texts[-1]


def later(handrail: Handrail, watch: Watch, **by: float) -> None:
    """Let time pass and whatever is due be done."""
    watch.now += timedelta(**by)
    handrail.thread.do(handrail.house.due.do_round())
    handrail.settled()


def test_a_check_in_comes_when_asked_for_in_neutral_words_and_ends_on_one_word(
    handrail: Handrail, sms: Sms, watch: Watch
) -> None:
    builds(sms)
    sms.young_person_says("check in every sunday at 5pm")
    assert "Sunday 29 November, 5pm" in sms.was_sent("plan.check_in_set_often")

    later(handrail, watch, days=4, hours=3)
    assert len(check_ins(sms)) == 1
    later(handrail, watch, days=7)
    assert len(check_ins(sms)) == 2
    for text in check_ins(sms):
        assert not {"safety", "suicide", "harm"} & set(text.casefold().split())

    sms.young_person_says("ENOUGH")
    sms.was_sent("plan.check_ins_ended")
    later(handrail, watch, days=7)
    assert len(check_ins(sms)) == 2


def check_ins(sms: Sms) -> list[str]:
    return [text for text in sms.texts if "you asked" in text]


def test_a_check_in_that_was_missed_for_hours_is_left_out_and_the_next_one_comes(
    handrail: Handrail, sms: Sms, watch: Watch
) -> None:
    sms.young_person_says("check in every day at 5pm")
    before = len(sms.texts)

    later(handrail, watch, days=1, hours=9)
    assert len(sms.texts) == before
    later(handrail, watch, hours=18, minutes=5)

    assert len(sms.texts) == before + 1


def test_stop_ends_check_ins_too(handrail: Handrail, sms: Sms, watch: Watch) -> None:
    sms.young_person_says("check in every day at 5pm")
    sms.young_person_says("STOP")
    before = len(sms.texts)

    later(handrail, watch, days=2)

    assert len(sms.texts) == before


def test_nobody_is_written_to_first_at_night_or_without_a_time(sms: Sms) -> None:
    sms.young_person_says("check in at 2am")
    sms.was_sent("plan.check_in_quiet")
    sms.young_person_says("check in")
    sms.was_sent("plan.check_in_when")


def test_a_check_in_needs_a_number_to_text(web: WebChat) -> None:
    web.young_person_says("check in every sunday at 5pm")

    web.was_sent("plan.check_in_needs_phone")


def test_after_stop_nothing_more_is_asked_and_what_was_written_is_kept(
    sms: Sms,
) -> None:
    builds(sms)
    sms.young_person_says("carry on")
    sms.young_person_says("STOP")
    sms.was_sent("carrier.stopped")
    sms.young_person_says("my cat")
    sms.was_not_sent("plan.check")
    sms.young_person_says("PLAN 1")

    assert "ringing nan" in sms.was_sent("plan.part")


@pytest.mark.parametrize(
    "answer",
    [
        "breathing",
        "someone else",
        "check in with my nan",
        "go home",
        "feedback from sir",
    ],
)
def test_words_that_are_commands_elsewhere_can_answer_the_plans_question(
    sms: Sms, answer: str
) -> None:
    sms.young_person_says("make a safety plan")
    sms.young_person_says("yes")
    sms.young_person_says(answer)
    sms.was_sent("plan.check")
    sms.young_person_says("PLAN 1")

    assert f"1.1 {answer}" in sms.was_sent("plan.part")


def test_enough_in_the_middle_of_a_plan_stops_the_asking(sms: Sms) -> None:
    sms.young_person_says("make a safety plan")
    sms.young_person_says("yes")
    sms.young_person_says("ENOUGH")

    sms.was_sent("plan.paused")


def test_unshare_by_text_ends_what_was_shared_of_the_plan(
    handrail: Handrail, sms: Sms, watch: Watch
) -> None:
    builds(sms)

    def shares(unit: Any) -> Any:
        person = unit.people.find_by_phone(sms.number)
        shown = preview(
            plan_from(unit.plans.changes(person)),
            recipient="Nan",
            chosen=[SectionId.GETTING_THROUGH],
            now=watch.now,
        )
        return unit.plan_shares.agree(
            unit.plan_shares.preview(person, shown, watch.now), watch.now
        )

    def opens(unit: Any) -> Any:
        return unit.plan_shares.opened_by(token, watch.now)

    token = handrail.thread.do(handrail.house.database.write(shares))
    assert handrail.thread.do(handrail.house.database.write(opens)) is not None

    sms.young_person_says("UNSHARE")

    sms.was_sent("handover.withdrawn")
    assert handrail.thread.do(handrail.house.database.write(opens)) is None


def test_a_restart_in_the_middle_of_a_section_loses_nothing_and_asks_nothing_twice(
    tmp_path: Path, dialogue: ReadableDialogue, watch: Watch
) -> None:
    dialogue.away = True
    first = start(tmp_path / "again", dialogue, clock=watch)
    robin = first.sms()
    for said in ("make a safety plan", "yes", "music"):
        robin.young_person_says(said)
    robin.was_sent("plan.check")
    stop(first)
    second = start(tmp_path / "again", dialogue, clock=watch)
    try:
        robin = second.sms()
        robin.young_person_says("my dog as well")
        robin.was_sent("plan.check")
        robin.young_person_says("yes")
        robin.was_sent("plan.ask_making_safer")
        robin.young_person_says("PLAN 1")

        assert robin.was_sent("plan.part").endswith("1.1 music\n1.2 my dog as well")
    finally:
        stop(second)


@pytest.mark.parametrize("door", ["sms", "web"])
def test_what_is_written_before_the_yes_is_asked_about_after_it_and_not_before(
    request: pytest.FixtureRequest, door: str
) -> None:
    robin = request.getfixturevalue(door)
    robin.young_person_says("make a plan")
    robin.young_person_says("drawing, my cat")
    assert heard_by(robin) == ["plan.kept_for_yes", "plan.permission_again"]
    robin.young_person_says("ringing nan")
    assert heard_by(robin) == ["plan.kept_for_yes", "plan.permission_again"]
    robin.young_person_says("PLAN ALL")
    robin.was_sent("plan.empty")
    robin.young_person_says("yes")
    assert heard_by(robin) == ["plan.held"]
    robin.young_person_says("yes")

    read_back = robin.was_sent("plan.check")
    assert "- drawing, my cat\n- ringing nan" in read_back


def test_what_was_written_before_the_yes_stays_out_when_that_is_wished(
    sms: Sms,
) -> None:
    for said in ("make a plan", "drawing my cat", "yes", "no"):
        sms.young_person_says(said)

    assert heard_by(sms) == ["plan.ask_getting_through"]
    sms.young_person_says("PLAN ALL")
    sms.was_sent("plan.empty")


def test_the_long_question_is_asked_once(sms: Sms) -> None:
    sms.young_person_says("make a plan")
    for said in ("idk", "drawing my cat", "what is a plan", "show me ideas"):
        sms.young_person_says(said)

        sms.was_sent("plan.permission_again")
        sms.was_not_sent("plan.permission")


@pytest.mark.parametrize("wish", ["mak a saftey plan", "can u maek a plan 4 me"])
def test_a_misspelt_wish_starts_a_plan_with_rasa_away(sms: Sms, wish: str) -> None:
    sms.young_person_says(wish)

    sms.was_sent("plan.permission")


@pytest.mark.parametrize("door", ["sms", "web"])
def test_pause_in_a_plan_is_no_service_of_that_name(
    request: pytest.FixtureRequest, door: str
) -> None:
    robin = request.getfixturevalue(door)
    for said in ("who", "make a plan", "yes", "pause"):
        robin.young_person_says(said)

    assert heard_by(robin) == ["plan.paused"]
