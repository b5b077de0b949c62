"""What a worker writes about a young person is theirs to read, on page and in file."""

import html
from typing import Any

import httpx
import pytest

from storage.staff.records import StaffRole
from tests.journeys.handrail import Handrail, WebChat
from tests.journeys.readable_dialogue import ReadableDialogue
from tests.staff.people import StaffBrowser, asks, claims, joined, reads


@pytest.fixture
def robin(handrail: Handrail) -> StaffBrowser:
    return joined(handrail)


def own_page(handrail: Handrail, web: WebChat, path: str = "my-data") -> httpx.Response:
    return httpx.get(
        f"{handrail.address}/c/demo/{path}",
        cookies={"chat": web.token},
        trust_env=False,
    )


def own_file(handrail: Handrail, web: WebChat) -> Any:
    return own_page(handrail, web, "my-data.json").json()


def note_of(handrail: Handrail, case: str) -> str:
    (note,) = handrail.record(lambda unit: unit.notes.of_case(case))
    return str(note.id)


def holds_a_note(handrail: Handrail, web: WebChat, worker: StaffBrowser) -> str:
    case = asks(handrail, web)
    claims(worker, case)
    worker.posts(f"/staff/cases/{case}/note", note="Likes <b>brief</b> messages.")
    return case


def test_a_note_is_on_their_page_and_in_their_file_as_soon_as_it_is_kept(
    handrail: Handrail, robin: StaffBrowser
) -> None:
    web = handrail.web_chat()
    case = holds_a_note(handrail, web, robin)
    page, (note,) = own_page(handrail, web).text, own_file(handrail, web)["notes"]

    assert "reads them on their own page" in reads(robin, case)
    assert "Likes &lt;b&gt;brief&lt;/b&gt; messages." in page
    assert note["text"] == "Likes <b>brief</b> messages."
    assert (note["by"], note["held_back"]) == ("the demo charity", False)


def test_a_note_is_held_back_only_by_a_decision_that_is_kept_and_can_be_undone(
    handrail: Handrail, robin: StaffBrowser
) -> None:
    web = handrail.web_chat()
    case = holds_a_note(handrail, web, robin)
    note = f"/staff/cases/{case}/notes/{note_of(handrail, case)}"
    for wrong in ("because", "nothing"):
        assert robin.posts(note, reason=wrong).status_code == 400
    robin.posts(note, reason="somebody_else")
    page, data = own_page(handrail, web).text, own_file(handrail, web)

    assert "brief" not in page
    assert "You can ask the demo charity why." in html.unescape(page)
    assert data["notes"][0]["text"] is None
    assert data["notes"][0]["held_back"] is True
    assert "would tell them about somebody else" in reads(robin, case)
    robin.posts(note, reason="")
    assert own_file(handrail, web)["notes"][0]["held_back"] is False
    did = [row.action for row in handrail.record(lambda unit: unit.audit.rows())]
    assert [one for one in did if one.startswith("note_")] == [
        "note_held_back",
        "note_shown_again",
    ]


def test_nobody_decides_on_a_note_of_a_case_that_is_not_theirs(
    handrail: Handrail, robin: StaffBrowser
) -> None:
    web, other = handrail.web_chat(), handrail.web_chat()
    case = holds_a_note(handrail, web, robin)
    elsewhere = asks(handrail, other)
    claims(robin, elsewhere)
    note = note_of(handrail, case)
    alex = joined(handrail, name="Alex Example")
    lead = joined(handrail, StaffRole.LEAD, name="Lee Example")
    address = f"/staff/cases/{case}/notes/{note}"
    through_another = f"/staff/cases/{elsewhere}/notes/{note}"

    assert robin.posts(through_another, reason="crime").status_code == 404
    assert alex.posts(address, reason="crime").status_code == 404
    assert lead.posts(address, reason="crime").status_code == 404
    robin.posts(f"/staff/cases/{case}/close", outcome="talked")
    assert alex.posts(address, reason="crime").status_code == 404
    assert own_file(handrail, web)["notes"][0]["held_back"] is False
    assert lead.posts(address, reason="crime").status_code == 303
    assert own_file(handrail, web)["notes"][0]["held_back"] is True


def test_how_they_like_to_be_helped_is_on_the_page_and_in_the_file(
    handrail: Handrail,
) -> None:
    dialogue = handrail.house.dialogue
    assert isinstance(dialogue, ReadableDialogue)
    dialogue.away = True
    web = handrail.web_chat()
    for said in ("somewhere lgbt friendly", "text one plz", "no plan by text"):
        web.young_person_says(said)
    web.young_person_says("only text me between 4 and 6")
    wished = own_file(handrail, web)["wished"]
    page = html.unescape(own_page(handrail, web).text)

    assert wished["finding"] == "by text, for LGBTQ+ people"
    assert wished["texts"] == "4pm - 6pm"
    assert wished["language"] == "en"
    assert "Help you looked for: by text, for LGBTQ+ people" in page
    assert "When texts may come: 4pm - 6pm" in page
    assert (wished["plan_by_text"], wished["plan_word"]) == (False, False)
    assert "Your plan by text: no" in page
