"""What is kept is told, counted, shown, and wiped so that nothing is left."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from foundations.content import read_yaml
from storage.tables.core import metadata
from tests.journeys.handrail import Handrail, Sms, WebChat
from tests.journeys.readable_dialogue import ReadableDialogue


def page(handrail: Handrail, web: WebChat, path: str) -> httpx.Response:
    return httpx.get(
        f"{handrail.address}{path}", cookies={"chat": web.token}, trust_env=False
    )


def everything_stored(handrail: Handrail) -> str:
    """Every row, as text; but for the notes of copies that others have yet to wipe."""

    def look(unit):  # type: ignore[no-untyped-def]
        return [
            tuple(row)
            for table in metadata.sorted_tables
            if table.name != "copies_elsewhere"
            for row in unit.connection.execute(select(table))
        ]

    return repr(handrail.record(look))


def test_the_beginning_has_three_that_would_be_passed_on_and_three_that_would_not(
    web: WebChat,
) -> None:
    text = web.was_sent("welcome.who_sees")
    would, would_not = text.split("What would not:")

    assert would.count("\n- ") == would_not.count("\n- ") == 3
    assert "?" not in " ".join(said["text"] for said in web.messages)
    assert "tell me more" in [c["value"] for c in web.messages[-1]["choices"]]


def test_how_long_the_words_say_is_how_long_it_is(web: WebChat) -> None:
    periods = read_yaml(Path("storage/retention.yml"))

    said = web.was_sent("welcome.what_i_keep")
    web.young_person_says("tell me more")
    assert f"{periods['chat_lines']['days']} days" in said
    assert f"{periods['chat_lines']['days']} days" in web.was_sent("notice.how_long")
    assert periods["quiet_people"]["days"] == 365


@pytest.mark.parametrize("more", ["tell me more", "more", "yes"])
def test_tell_me_more_tells_the_whole_notice_a_few_at_a_time(
    handrail: Handrail, web: WebChat, more: str
) -> None:
    told: list[str] = []
    for said in ("tell me more", more, more):
        web.young_person_says(said)
        assert len(web.messages) == 4
        told += [one["text"] for one in web.messages[:-1]]
    shown = httpx.get(f"{handrail.address}/notice/demo", trust_env=False)

    assert web.keys[-1] == "menu.main"
    assert len(set(told)) == 9
    assert shown.status_code == 200
    for text in told:
        assert text.partition(". ")[2].replace("'", "&#39;") in shown.text
    assert "Who runs this" not in page(handrail, web, "/notice/nobody").text


def test_enough_of_the_notice_shows_what_else_there_is(web: WebChat) -> None:
    web.young_person_says("tell me more")
    web.young_person_says("thats enough")
    assert web.keys == ["menu.main"]
    web.young_person_says("tell me more")

    assert web.keys[0] == "notice.who_runs_it"


def test_by_text_the_notice_says_where_all_of_it_is(
    handrail: Handrail, sms: Sms
) -> None:
    sms.young_person_says("hello")
    sms.young_person_says("Tell me more")

    assert f"{handrail.address}/notice/demo" in sms.was_sent("notice.by_text")


def test_delete_shows_what_would_go_asks_once_and_leaves_nothing(
    handrail: Handrail, web: WebChat
) -> None:
    web.young_person_says("make a plan")
    person = handrail.record(
        lambda unit: unit.conversations.get(web.conversation).young_person
    )
    web.young_person_says("DELETE")
    asked = web.was_sent("own_data.would_go")
    values = [choice["value"] for choice in web.messages[-1]["choices"]]
    assert "Messages: 6" in asked
    assert values == ["delete everything", "keep everything"]
    assert person in everything_stored(handrail)
    web.young_person_says("delete everything")

    assert "nothing is left" in web.was_sent("forgetting.done")
    stored = everything_stored(handrail)
    assert person not in stored
    assert web.conversation not in stored


def test_in_the_middle_of_a_plan_delete_everything_is_asked_about_once(
    dialogue: ReadableDialogue, sms: Sms, web: WebChat
) -> None:
    dialogue.away = True
    for robin in (sms, web):
        robin.young_person_says("make a plan")
        robin.young_person_says("yes")
        robin.young_person_says("delete everything")
        robin.was_sent("own_data.would_go")
        robin.young_person_says("DELETE EVERYTHING")

    assert "nothing is left" in web.was_sent("forgetting.done")
    assert "116 123" in sms.texts[-1]


def test_while_a_person_is_asked_for_delete_everything_is_asked_about_once(
    sms: Sms, web: WebChat
) -> None:
    for robin in (sms, web):
        for said in ("PERSON", "yes", "my dad", "delete everything"):
            robin.young_person_says(said)
        robin.was_sent("own_data.would_go")
        robin.young_person_says("DELETE EVERYTHING")

    assert "nothing is left" in web.was_sent("forgetting.done")
    assert "116 123" in sms.texts[-1]


def test_take_it_all_back_ends_the_asking_also_with_a_plan_open(
    dialogue: ReadableDialogue, sms: Sms, web: WebChat
) -> None:
    dialogue.away = True
    for robin in (sms, web):
        for said in ("make a plan", "yes", "PERSON", "yes", "my dad"):
            robin.young_person_says(said)
        robin.young_person_says("take it all back")
        robin.was_sent("handover.nothing_shared")
        robin.young_person_says("SHARE")
        robin.was_sent("handover.nothing_to_share")


def test_share_before_it_does_not_turn_delete_everything_into_a_goodbye(
    handrail: Handrail, web: WebChat
) -> None:
    web.young_person_says("SHARE")
    web.young_person_says("DELETE")
    web.young_person_says("delete everything")

    assert "nothing is left" in web.was_sent("forgetting.done")


@pytest.mark.parametrize("then", [(), ("plan.ask_making_safer",)])
@pytest.mark.parametrize(
    ("understood", "word"),
    [("about.my_data", "MY DATA"), ("about.delete_my_data", "DELETE")],
)
def test_asked_in_any_words_the_same_is_counted_as_by_the_command_word(
    handrail: Handrail, understood: str, word: str, then: tuple[str, ...]
) -> None:
    by_word, in_own_words = handrail.web_chat(), handrail.web_chat()
    dialogue = handrail.house.dialogue
    assert isinstance(dialogue, ReadableDialogue)
    for web in (by_word, in_own_words):
        web.young_person_says("hello")
    by_word.young_person_says(word)
    dialogue.key, dialogue.then = understood, then
    in_own_words.young_person_says("whatever it was that was said")

    assert in_own_words.keys == by_word.keys
    assert in_own_words.messages[-1]["text"] == by_word.messages[-1]["text"]


def test_a_bare_number_in_a_text_never_wipes_anything(
    handrail: Handrail, sms: Sms
) -> None:
    sms.young_person_says("hello")
    sms.young_person_says("DELETE")
    for number in "123":
        sms.young_person_says(number)

    assert sms.conversation() is not None


def test_my_data_is_a_page_with_everything_and_for_its_owner_only(
    handrail: Handrail, web: WebChat
) -> None:
    for said in ("PERSON", "yes", "show me so far", "SHARE"):
        web.young_person_says(said)
    web.was_sent("handover.waiting")
    for _ in range(60):
        web.young_person_says("who")
    web.young_person_says("a last thing")
    copy = page(handrail, web, "/c/demo/my-data")

    assert copy.status_code == 200
    assert copy.text.count(">who</p>") == 60
    assert "a last thing" in copy.text
    assert "<h3>the demo charity, " in copy.text
    assert copy.headers["cache-control"] == "no-store"
    stranger = httpx.get(f"{handrail.address}/c/demo/my-data", trust_env=False)
    assert (stranger.status_code, stranger.text) == (303, "")
    web.token = "nobody"
    assert page(handrail, web, "/c/demo/my-data").status_code == 404


def test_the_file_of_my_data_holds_what_its_page_shows_and_nothing_more(
    handrail: Handrail, web: WebChat, sms: Sms
) -> None:
    dialogue = handrail.house.dialogue
    assert isinstance(dialogue, ReadableDialogue)
    dialogue.away = True
    web.young_person_says("make a safety plan")
    web.young_person_says("yes")
    web.young_person_says("tea & <b>toast</b>")
    web.young_person_says("pause")
    for said in ("PERSON", "yes", "show me so far", "SHARE"):
        web.young_person_says(said)
    web.was_sent("handover.waiting")
    web.young_person_says("LINK")
    shown_code = web.was_sent("joining.code").partition("LINK ")[2]
    code = "".join(re.findall(r"\d", shown_code))[:6]
    sms.young_person_says(f"LINK {code}")
    sms.was_sent("joining.done")
    spec = httpx.get(f"{handrail.address}/api/openapi.json", trust_env=False).json()
    described = {"$ref": "#/components/schemas/OwnCopy"} | spec
    answer = page(handrail, web, "/c/demo/my-data.json")
    on_page = html.unescape(page(handrail, web, "/c/demo/my-data").text)
    data = answer.json()

    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"].startswith("attachment; filename=")
    # It takes seconds to come in: not for every run that comes by this file.
    from jsonschema import Draft202012Validator

    Draft202012Validator(described).validate(data)
    assert data["phone"] == sms.phone.number
    assert data["plan"][0]["lines"] == ["tea & <b>toast</b>"]
    assert data["shared"][0]["shared_with"] == "the demo charity"
    assert data["said"][-1]["text"] in sms.was_sent("joining.done")
    assert len(re.findall("<li[^>]*><p class", on_page)) == len(data["said"])
    for words in leaves({k: data[k] for k in ("plan", "shared", "phone", "said")}):
        assert words in on_page


def leaves(found: object, name: str = "") -> Iterator[str]:
    """Give every text in a copy; moments and speakers are worded by the page."""
    if isinstance(found, dict):
        for key, value in found.items():
            yield from leaves(value, key)
    elif isinstance(found, list):
        for value in found:
            yield from leaves(value)
    elif isinstance(found, str) and name not in ("at", "from"):
        yield found


def test_the_file_of_my_data_is_for_its_owner_only_and_not_while_hidden(
    handrail: Handrail, web: WebChat
) -> None:
    address = f"{handrail.address}/c/demo/my-data.json"
    hidden = {"chat": web.token, "chat-hidden": "1"}
    for cookies in ({}, hidden):
        answer = httpx.get(address, cookies=cookies, trust_env=False)
        assert (answer.status_code, answer.text) == (303, "")
    web.token = "nobody"

    assert page(handrail, web, "/c/demo/my-data.json").status_code == 404


def test_a_long_conversation_opens_where_it_stands(
    handrail: Handrail, web: WebChat
) -> None:
    for _ in range(60):
        web.young_person_says("who")
    web.young_person_says("the newest thing")

    assert "the newest thing" in page(handrail, web, "/c/demo").text
    missed = web.missed()
    assert len(missed) == 100
    assert "the newest thing" in [said["text"] for said in missed]
