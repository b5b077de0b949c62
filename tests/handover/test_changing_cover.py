"""What a lead may change of cover, and what is refused: nobody would be there."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from handover import Organisation, Organisations, changing_cover
from handover.changing_cover import NotChanged, Refusal, with_cover
from handover.organisation import ORGANISATIONS
from handover.reading import DAYS
from handover.writing import Written, written

DEMO = Organisations.load().named(next(iter(Organisations.load().by_id)))
EVENINGS = {
    "days": ["mon", "fri"],
    "opens": "18:00",
    "closes": "02:00",
    "bank_holidays": "closed",
}
NIGHT_WORKER = {"name": "night worker", "ways": [{"email": "night@example.org"}]}


def changed(plan: Written, organisation: Organisation = DEMO) -> Organisation:
    return with_cover(organisation, plan)


@pytest.mark.parametrize("path", sorted(ORGANISATIONS.glob("*.yml")), ids=str)
def test_what_is_written_down_is_what_the_file_says(path: Path) -> None:
    on_file = yaml.safe_load(path.read_text(encoding="utf-8"))
    made = written(Organisations.load().by_id[path.stem])  # type: ignore[index]

    assert made == {name: on_file[name] for name in made}


TIMES = st.times().map(lambda one: f"{one:%H:%M}")
ROWS = st.fixed_dictionaries(
    {
        "days": st.lists(st.sampled_from(DAYS), min_size=1, unique=True).map(
            lambda days: sorted(days, key=DAYS.index)
        ),
        "opens": TIMES,
        "closes": TIMES.filter(lambda one: one != "00:00"),
        "bank_holidays": st.sampled_from(["closed", "as usual"]),
    }
)


@given(ROWS)
def test_any_row_of_hours_is_read_back_as_it_was_written(row: Written) -> None:
    made = changed(changing_cover.add_hours(DEMO, row))

    assert written(made)["cover"]["hours"][-1] == row


def test_somebody_is_put_on_call_given_a_turn_and_taken_off_again() -> None:
    with_them = changed(changing_cover.add_contact(DEMO, "first", NIGHT_WORKER))
    on_turns = changed(changing_cover.add_turn(with_them, "night worker", EVENINGS))
    first = changed(changing_cover.ask_earlier(on_turns, "night worker"))
    without_turn = changed(changing_cover.remove_turn(first, "night worker", 0))
    gone = changed(changing_cover.remove_contact(without_turn, "night worker"))

    assert written(on_turns)["on_call"]["first"][-1]["hours"] == [EVENINGS]
    assert written(first)["on_call"]["first"][0]["name"] == "night worker"
    assert "hours" not in written(without_turn)["on_call"]["first"][0]
    assert gone == DEMO


@pytest.mark.parametrize(
    ("plan", "why"),
    [
        (changing_cover.remove_hours(DEMO, 0), Refusal.NO_HOURS),
        (changing_cover.remove_contact(DEMO, "lead"), Refusal.NO_LEAD),
        (
            changing_cover.add_contact(DEMO, "first", {"name": "x", "ways": []}),
            Refusal.NO_WAY,
        ),
        (
            changing_cover.add_contact(DEMO, "first", {**NIGHT_WORKER, "name": "lead"}),
            Refusal.SAME_NAME,
        ),
        (
            changing_cover.add_contact(DEMO, "first", {**NIGHT_WORKER, "name": ""}),
            Refusal.UNREADABLE,
        ),
        (
            changing_cover.add_contact(
                DEMO, "first", {"name": "x", "ways": [{"sms": "07700 900951"}]}
            ),
            Refusal.UNREADABLE,
        ),
        (changing_cover.add_turn(DEMO, "lead", EVENINGS), Refusal.UNREADABLE),
        (changing_cover.say_hours(DEMO, "", shifts_count=True), Refusal.SAID),
        (changing_cover.say_hours(DEMO, "x" * 101, shifts_count=True), Refusal.SAID),
        (
            changing_cover.say_hours(DEMO, "evenings \u263a", shifts_count=True),
            Refusal.SAID,
        ),
        (
            changing_cover.set_timers(
                DEMO, {"remind": 5, "second": 5, "lead": 10, "tell": [2]}
            ),
            Refusal.TIMES,
        ),
        (
            changing_cover.set_timers(
                DEMO, {"remind": 2, "second": 5, "lead": 10, "tell": [0, 5]}
            ),
            Refusal.TIMES,
        ),
        (
            changing_cover.set_timers(
                DEMO, {"remind": 2, "second": 5, "lead": 500, "tell": [2]}
            ),
            Refusal.TIMES,
        ),
        (
            changing_cover.add_hours(DEMO, {**EVENINGS, "days": []}),
            Refusal.UNREADABLE,
        ),
        (
            changing_cover.add_hours(DEMO, {**EVENINGS, "bank_holidays": ""}),
            Refusal.UNREADABLE,
        ),
        (
            changing_cover.add_hours(DEMO, {**EVENINGS, "opens": "25:00"}),
            Refusal.UNREADABLE,
        ),
    ],
)
def test_a_change_that_leaves_nobody_or_cannot_be_read_is_refused(
    plan: Written, why: Refusal
) -> None:
    with pytest.raises(NotChanged) as refused:
        changed(plan)

    assert refused.value.why is why


def test_nothing_that_is_not_there_is_changed() -> None:
    for change in (
        lambda: changing_cover.remove_hours(DEMO, 7),
        lambda: changing_cover.remove_contact(DEMO, "nobody"),
        lambda: changing_cover.add_contact(DEMO, "fourth", NIGHT_WORKER),
        lambda: changing_cover.remove_turn(DEMO, "lead", 0),
    ):
        with pytest.raises(NotChanged):
            change()

    assert replace(DEMO) == DEMO
