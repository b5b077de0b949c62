"""That one did not work: told without a name, looked at by a person, shown to all."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import httpx
import pytest

from tests.journeys.handrail import Handrail, WebChat, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue
from tests.storage.keeping import Watch


@pytest.fixture
def watch() -> Watch:
    """Half past four, on a Wednesday."""
    return Watch(datetime.fromisoformat("2026-11-25T16:30:00+00:00"))


@pytest.fixture
def handrail(tmp_path: Path, watch: Watch) -> Iterator[Handrail]:
    running = start(tmp_path, ReadableDialogue(away=True), clock=watch)
    yield running
    stop(running)


def test_two_people_it_did_not_work_for_flag_a_record_and_one_alone_does_not(
    handrail: Handrail,
) -> None:
    one, other = handrail.sms("+447700900111"), handrail.sms("+447700900112")

    def flagged() -> list:
        return handrail.record(lambda unit: unit.service_reports.flagged())

    one.young_person_says("what to expect from shout")
    one.young_person_says("that didnt work")
    one.was_sent("signposting.did_not_work")
    one.young_person_says("Too long a wait")
    one.was_sent("signposting.thank_you")
    assert "85258" not in one.texts[-1]
    one.young_person_says("shout didn't work")
    assert flagged() == []

    other.young_person_says("shout didnt work")
    (found,) = flagged()
    assert (found.service, found.times) == ("shout-85258", 2)
    assert found.reasons == ("too_long", "not_said")
    assert "shout-85258" in handrail.desk().client.get("/staff/figures").text
    cleared = handrail.thread.do(
        handrail.house.database.write(
            lambda unit: unit.service_reports.looked_at("shout-85258")
        )
    )
    assert cleared == 2
    assert flagged() == []


def test_what_did_not_work_for_two_comes_later_and_is_marked_until_someone_looked(
    handrail: Handrail, watch: Watch, web: WebChat
) -> None:
    mark = "Some people said this did not work for them."

    def page() -> str:
        watch.move(minutes=2)
        return httpx.get(f"{handrail.address}/help", trust_env=False).text

    def names() -> list[str]:
        web.young_person_says("somewhere lgbt friendly")
        told = [said for said in web.messages if said["key"] == "signposting.choice"]
        return [said["text"].partition(":")[0] for said in told]

    assert names()[:2] == ["Switchboard", "Mermaids"]
    for number in ("+447700900113", "+447700900114"):
        assert mark not in page()
        handrail.sms(number).young_person_says("mermaids didn't work")
    assert mark not in page()  # Mermaids is for people like them, and nobody asked.
    handrail.sms("+447700900113").young_person_says("tellmi didn't work")
    handrail.sms("+447700900114").young_person_says("tellmi didn't work")
    assert page().count(mark) == 1
    assert names()[0] == "Switchboard"
    assert "some people said it didn't work" in web.messages[2]["text"]

    for service in ("tellmi", "mermaids"):
        handrail.thread.do(
            handrail.house.database.write(
                lambda unit, name=service: unit.service_reports.looked_at(name)
            )
        )
    assert mark not in page()
    assert "didn't work" not in " ".join(names())
