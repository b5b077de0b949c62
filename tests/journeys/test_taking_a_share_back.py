"""A share of a plan is taken back in plain words, and only the one that was meant."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.journeys.conversations import heard_by
from tests.journeys.handrail import Handrail, WebChat, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue


@pytest.fixture
def handrail(tmp_path: Path, dialogue: ReadableDialogue) -> Iterator[Handrail]:
    dialogue.away = True
    running = start(tmp_path, dialogue)
    yield running
    stop(running)


@pytest.fixture
def robin(web: WebChat) -> WebChat:
    """Someone with a plan of one line."""
    for said in ("make a safety plan", "yes", "loud music", "yes", "pause"):
        web.young_person_says(said)
    return web


def shares_with(robin: WebChat, name: str) -> str:
    robin.young_person_says(f"share 1 with {name}")
    robin.young_person_says("share now")
    link = re.search(r"https?://\S+/s/\S+", robin.was_sent("plan.share_link"))
    assert link is not None
    return link[0]


def is_open(link: str) -> bool:
    return httpx.post(link, trust_env=False).status_code == 200


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("dont share with mum any more", "plan.share_ended"),
        ("i don't want mum to see it anymore", "plan.share_ended"),
        ("stop my mum seeing it", "plan.share_ended"),
        ("stop sharing it with mum", "plan.share_ended"),
        ("unshare my mum", "plan.share_ended"),
        ("i dont want her to see it", "plan.share_ended"),
        ("take it back", "plan.share_ended"),
        ("can i take it back", "plan.share_ended"),
        ("dont share", "plan.share_ended"),
        ("i changed my mind about sharing", "plan.shared_with_nobody"),
        ("i dont want anyone to see my plan", "plan.shared_with_nobody"),
        ("dont let my mum see my plan", "plan.share_ended"),
        ("dont show my plan to mum", "plan.share_ended"),
    ],
)
def test_one_share_ends_as_somebody_says_it(
    robin: WebChat, said: str, told: str
) -> None:
    link = shares_with(robin, "mum")
    robin.young_person_says(said)

    assert heard_by(robin) == [told]
    assert not is_open(link)
    robin.young_person_says("who can see my plan")
    assert heard_by(robin) == ["plan.shared_with_nobody"]


def test_of_several_shares_the_one_with_that_name_ends(robin: WebChat) -> None:
    mum, khan = shares_with(robin, "my mum"), shares_with(robin, "Miss Khan")
    robin.young_person_says("i dont want mum to see it any more")

    assert heard_by(robin) == ["plan.share_ended"]
    assert not is_open(mum)
    assert is_open(khan)


def test_where_it_could_be_several_they_are_listed_and_all_end_for_nobody(
    robin: WebChat,
) -> None:
    links = [shares_with(robin, name) for name in ("mum", "Miss Khan")]
    robin.young_person_says("take it back")
    assert heard_by(robin) == ["plan.shared_with"]
    robin.young_person_says("i dont want anyone to see my plan")

    assert heard_by(robin) == ["plan.shared_with_nobody"]
    assert not any(map(is_open, links))


def test_words_about_a_preview_leave_what_is_shared_already(robin: WebChat) -> None:
    mum = shares_with(robin, "mum")
    robin.young_person_says("share 1 with Miss Khan")
    robin.young_person_says("take it back")

    assert heard_by(robin) == ["plan.share_not_now"]
    assert is_open(mum)


def test_the_same_words_are_about_something_else_where_nothing_is_shared(
    robin: WebChat,
) -> None:
    robin.young_person_says("i dont want mum to see it anymore")

    assert not any(key.startswith("plan.share") for key in heard_by(robin))
