"""T33: SQL and paths in every parameter of every route change nothing, open nothing."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import func, inspect, select

from storage.staff.records import StaffRole
from storage.tables.core import data_keys, people
from storage.tables.staff import chat_links, staff_members
from tests.house_rules.test_routes import routes, shown
from tests.journeys.handrail import Handrail, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue
from tests.staff.conftest import two_organisations
from tests.staff.people import StaffBrowser, joined
from tests.storage.keeping import Watch

HOSTILE = (
    "' OR '1'='1",
    "1; DROP TABLE people; --",
    "x' UNION SELECT wrapped FROM data_keys --",
    "../../../../etc/passwd",
    "..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/keys.json",
    "/etc/passwd",
    "..\\..\\keys.json",
    "keys.json\0.css",
    "chat.css/../../keys.json",
)
FROM_A_FILE = ("root:", "key_encryption", "daemon:")
WAITS = "/api/chat/messages"
ENDS_THE_SESSION = re.compile(r"/sign-out|/shut-out|/role")


@pytest.fixture(scope="module")
def handrail(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Handrail]:
    home: Path = tmp_path_factory.mktemp("hostile")
    running = start(
        home, ReadableDialogue(), organisations=two_organisations(), clock=Watch()
    )
    yield running
    stop(running)


def addresses(handrail: Handrail) -> Iterator[tuple[str, str]]:
    """Give the method and path of every route; the simulator is in no real use."""
    for server in handrail.servers:
        paths = list(routes(server.app))
        if any(path.startswith("/staff") for _, path in paths):
            here = ((method, shown(path)) for method, path in paths)
            yield from (one for one in here if not one[1].startswith("/simulator"))


def kept(handrail: Handrail) -> object:
    """Give the tables, and how many people, keys, links and members there are."""

    def look(unit: Any) -> object:
        tables = sorted(inspect(unit.connection).get_table_names())
        counted = (people, data_keys, chat_links, staff_members)
        many = [select(func.count()).select_from(one) for one in counted]
        return tables, [unit.connection.execute(one).scalar_one() for one in many]

    return handrail.record(look)


@pytest.mark.parametrize("said", HOSTILE, ids=range(len(HOSTILE)))
def test_what_stands_in_an_address_reaches_no_file_and_no_statement(
    handrail: Handrail, said: str
) -> None:
    who = {
        role: joined(handrail, role, "demo", f"{role.value}{abs(hash(said))}")
        for role in (StaffRole.LEAD, StaffRole.ADMINISTRATOR)
    }
    before = kept(handrail)
    wrong = []
    for method, path in addresses(handrail):
        if method != "GET" or ENDS_THE_SESSION.search(path):
            continue
        hidden = re.sub(r"<\w+>", quote(said, safe="%"), path)
        asked = {"next": said, "days": said, "period": said, "link": said, "q": said}
        if path != WAITS:
            asked["after"] = said
        for browser in who.values():
            answer = browser.http.get(hidden, params=asked)
            if answer.status_code >= 500 or leaks(answer.text):
                wrong.append((path, answer.status_code))

    assert wrong == []
    assert kept(handrail) == before


@pytest.mark.parametrize("said", HOSTILE, ids=range(len(HOSTILE)))
def test_what_stands_in_a_form_reaches_no_file_and_no_statement(
    handrail: Handrail, said: str
) -> None:
    lead = joined(handrail, StaffRole.LEAD, "demo", f"form{abs(hash(said))}")
    before = kept(handrail)
    token, wrong = lead.form_token(), []
    for method, path in addresses(handrail):
        if method != "POST" or ENDS_THE_SESSION.search(path) or "/chat" in path:
            continue
        hidden = re.sub(r"<\w+>", "demo", path)
        form = dict.fromkeys(FIELDS, said) | {"form_token": token}
        answer = posted(lead, hidden, form)
        if answer[0] >= 500 or leaks(answer[1]):
            wrong.append((path, answer[0]))
    tables, counted = kept(handrail)  # type: ignore[misc]

    assert wrong == []
    assert tables == before[0]  # type: ignore[index]
    assert counted[3] == before[1][3]  # type: ignore[index]


FIELDS = ("text", "name", "email", "code", "password", "next", "link", "slug", "place")


def posted(who: StaffBrowser, path: str, form: dict[str, str]) -> tuple[int, str]:
    answer = who.http.post(path, data=form)
    return answer.status_code, answer.text


def leaks(page: str) -> bool:
    return any(mark in page for mark in FROM_A_FILE)
