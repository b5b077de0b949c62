"""Whoever chooses parts to share never shares another part than the one they meant."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.conversations import heard_by
from tests.journeys.handrail import Handrail, Sms, WebChat, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue

LINES = {1: "loud music", 3: "hot chocolate", 4: "the puzzle book"}
BUILDS = ["make a safety plan", "yes", LINES[1], "yes", "skip", LINES[3], "yes"]
BUILDS += [LINES[4], "yes", "pause"]


@pytest.fixture
def handrail(tmp_path: Path, dialogue: ReadableDialogue) -> Iterator[Handrail]:
    dialogue.away = True
    running = start(tmp_path, dialogue)
    yield running
    stop(running)


@pytest.fixture(params=["sms", "web"])
def robin(request: pytest.FixtureRequest) -> Sms | WebChat:
    """Someone with a plan of the first, the third and the fourth part."""
    someone: Sms | WebChat = request.getfixturevalue(request.param)
    for said in BUILDS:
        someone.young_person_says(said)
    return someone


def told(someone: Sms | WebChat) -> str:
    if isinstance(someone, WebChat):
        return "\n".join(said["text"] for said in someone.messages)
    return someone.texts[-1]


def would_be_seen(someone: Sms | WebChat) -> set[int]:
    preview = someone.was_sent("plan.share_preview")
    return {part for part, line in LINES.items() if f"- {line}" in preview}


def asks_which(someone: Sms | WebChat, name: str = "mum") -> None:
    someone.young_person_says("share my plan")
    someone.young_person_says(name)
    someone.was_sent("plan.share_which")


def test_parts_are_listed_by_their_own_numbers_at_both_doors(
    sms: Sms, web: WebChat
) -> None:
    for someone in (sms, web):
        for said in BUILDS:
            someone.young_person_says(said)
        asks_which(someone)

    assert sms.texts[-1].endswith("\n1 Right now\n3 Lift or calm\n4 Distractions")
    assert "say ALL" in sms.texts[-1]
    labels = [choice["label"] for choice in web.messages[-1]["choices"]]
    own = ["1 Right now", "3 Lift or calm", "4 Distractions", "All of these"]
    assert labels == own


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("3", {3}),
        ("4.", {4}),
        ("1 3", {1, 3}),
        ("1 and 4", {1, 4}),
        ("part 3", {3}),
        ("parts 1 & 4 pls", {1, 4}),
        ("just part three", {3}),
        ("Lift or calm", {3}),
        ("right now and distractions", {1, 4}),
        ("things that lift or calm me", {3}),
        ("4 Distractions", {4}),
        ("all", {1, 3, 4}),
        ("ALL pls", {1, 3, 4}),
        ("everything", {1, 3, 4}),
        ("all of them", {1, 3, 4}),
    ],
)
def test_a_part_is_chosen_by_its_own_number_or_name_and_all_by_a_word(
    robin: Sms | WebChat, said: str, parts: set[int]
) -> None:
    asks_which(robin)
    robin.young_person_says(said)

    assert would_be_seen(robin) == parts


@pytest.mark.parametrize(
    "said",
    [
        "2",
        "5",
        "10",
        "13",
        "1-3",
        "1.1",
        "the third one",
        "the last one",
        "3 right now",
        "3 parts",
        "all 3",
        "not 3",
        "all but 1",
        "everything except part 1",
        "1 or 3",
        "not lift or calm",
    ],
)
def test_what_could_be_another_part_is_asked_again_and_nothing_is_shown(
    sms: Sms, said: str
) -> None:
    for text in BUILDS:
        sms.young_person_says(text)
    asks_which(sms)
    sms.young_person_says(said)

    assert heard_by(sms) == ["plan.share_which"]
    sms.young_person_says("3")
    assert would_be_seen(sms) == {3}


def test_no_number_that_is_typed_at_the_web_chat_stands_for_all(web: WebChat) -> None:
    for text in BUILDS:
        web.young_person_says(text)
    asks_which(web)
    for number in range(1, 10):
        web.young_person_says(str(number))
        if number in LINES:
            assert would_be_seen(web) == {number}
            asks_which(web)
        else:
            assert heard_by(web) == ["plan.share_which"]


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("share part 1 with my mum", {1}),
        ("share parts 1 and 4 with mum", {1, 4}),
        ("can i share lift or calm with my mum", {3}),
        ("share part 3 of my plan with mum", {3}),
        ("share it all with mum", {1, 3, 4}),
    ],
)
def test_parts_and_a_name_in_one_message_are_understood(
    robin: Sms | WebChat, said: str, parts: set[int]
) -> None:
    robin.young_person_says(said)

    assert would_be_seen(robin) == parts


@pytest.mark.parametrize(
    "said", ["stop it", "no one", "idk", "nvm", "not now", "dunno", "cancel it", "no"]
)
def test_nobody_is_no_name_and_nothing_is_shared(
    robin: Sms | WebChat, said: str
) -> None:
    robin.young_person_says("share my plan")
    robin.young_person_says(said)

    assert heard_by(robin) == ["plan.share_not_now"]


def test_stop_on_the_web_ends_the_sharing(web: WebChat) -> None:
    for text in (*BUILDS, "share my plan", "stop"):
        web.young_person_says(text)

    assert "plan.share_which" not in heard_by(web)


@pytest.mark.parametrize(
    "said", ["what will she see", "yes", "will they see everything?"]
)
def test_a_question_about_what_is_seen_is_no_name(
    robin: Sms | WebChat, said: str
) -> None:
    robin.young_person_says("share my plan")
    robin.young_person_says(said)

    assert heard_by(robin) == ["plan.share_who"]
    assert "They see nothing until" in told(robin)


@pytest.mark.parametrize(
    "name", ["mum", "my nan and grandad", "for Miss Khan", "my social worker", "Ash"]
)
def test_a_name_is_still_a_name(robin: Sms | WebChat, name: str) -> None:
    robin.young_person_says("share my plan")
    robin.young_person_says(name)

    robin.was_sent("plan.share_which")


def test_sharing_in_the_middle_of_making_a_plan_takes_a_name_and_parts(
    robin: Sms | WebChat,
) -> None:
    robin.young_person_says("carry on")
    robin.young_person_says("share my plan")
    robin.young_person_says("mum")
    robin.was_sent("plan.share_which")
    robin.young_person_says("1 3")
    assert would_be_seen(robin) == {1, 3}
    robin.young_person_says("share now")
    robin.was_sent("plan.share_link")
    robin.young_person_says("PLAN ALL")

    assert "- mum" not in told(robin)
