"""An organisation's file is read strictly, and says what is wrong with it by name."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from foundations.content import read_yaml
from handover.on_call import Place, Way
from handover.organisation import ORGANISATIONS, Organisations
from handover.timers import AlertStep

DEMO = read_yaml(ORGANISATIONS / "demo.yml")


def written(folder: Path, **changes: Any) -> Path:
    (folder / "one.yml").write_text(yaml.safe_dump({**DEMO, **changes}))
    return folder


def hours(**changes: Any) -> dict[str, Any]:
    row = {**DEMO["cover"]["hours"][0], **changes}
    return {"shifts": "counted", "hours": [{k: v for k, v in row.items() if v}]}


def test_the_demo_charity_is_whole() -> None:
    demo = Organisations.load().by_id["demo"]

    assert demo.timers.alert == {
        AlertStep.FIRST: 0,
        AlertStep.REMIND: 2,
        AlertStep.SECOND: 5,
        AlertStep.LEAD: 10,
    }
    assert demo.timers.tell == (2, 5, 10)
    assert set(demo.on_call.places) == set(Place)


def test_hours_that_do_not_say_what_a_holiday_does_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"one\.yml.*bank_holidays"):
        Organisations.load(written(tmp_path, cover=hours(bank_holidays=None)))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"cover": hours(opens="9am")}, "09:00"),
        ({"cover": hours(days=["monday"])}, "one.yml"),
        ({"cover": hours(bank_holidays="maybe")}, "maybe"),
        ({"cover": {"shifts": "yes", "hours": []}}, "counted"),
        ({"timers": {"remind": 2, "second": 5, "tell": [2]}}, "lead"),
        ({"timers": {"remind": 2, "second": 5, "lead": 9, "tell": [5, 2]}}, "rising"),
        ({"timers": {"remind": 2, "second": 5, "lead": 9, "tell": []}}, "rising"),
        ({"next": "nobody"}, "nobody.yml"),
        ({"on_call": {"first": [], "second": []}}, "lead"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Organisations.load(written(tmp_path, **changes))


@pytest.mark.parametrize(
    "way",
    [
        {"sms": "07700 900951"},
        {"email": "not an address"},
        {"webhook": "ftp://example.org"},
        {"pigeon": "coop"},
    ],
)
def test_an_address_that_is_none_is_refused(
    tmp_path: Path, way: dict[str, str]
) -> None:
    chain = {**DEMO["on_call"], "first": [{"name": "worker", "ways": [way]}]}
    with pytest.raises(ValueError, match=r"one\.yml"):
        Organisations.load(written(tmp_path, on_call=chain))


def test_ways_are_kept_in_order(tmp_path: Path) -> None:
    ways = [{"email": "a@example.org"}, {"sms": "+447700900951"}]
    chain = {**DEMO["on_call"], "first": [{"name": "worker", "ways": ways}]}
    found = Organisations.load(written(tmp_path, on_call=chain)).by_id["one"]
    (worker,) = found.on_call.places[Place.FIRST]

    assert [one.way for one in worker.addresses] == [Way.EMAIL, Way.SMS]
