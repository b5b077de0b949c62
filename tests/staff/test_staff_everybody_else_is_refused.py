"""Every route of the desk, for every role, inside and across organisations.

The table is made from the running application: a new route is in it by itself.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from channels.staff.may import May
from gateway.desk.roles import MAY
from storage.staff.records import StaffRole
from tests.house_rules.test_routes import routes, shown
from tests.journeys.handrail import Handrail, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue
from tests.staff.conftest import two_organisations
from tests.staff.people import StaffBrowser, invited, joined
from tests.storage.keeping import Watch

NEEDS = {
    "/staff/inbox": May.HOLD_CASES,
    "/staff/team": May.HOLD_CASES,
    "/staff/done": May.HOLD_CASES,
    "/staff/cases": May.HOLD_CASES,
    "/staff/cover": May.MANAGE_COVER,
    "/staff/people": May.MANAGE_PEOPLE,
    "/staff/links": May.MANAGE_LINKS,
    "/staff/figures": May.SEE_FIGURES,
    "/staff/agreements": May.MANAGE_AGREEMENTS,
    "/staff/audit": May.READ_AUDIT,
    "/staff/practice": May.PRACTISE,
}
FOR_EVERYBODY = re.compile(
    r"/staff(/<way>|/(sign-in|sign-out|join|prove|account|shift|static)\b.*)?"
)
CANARY = "kazoo"
FIELDS = {
    "text": "hello",
    "note": "hello",
    "reason": "somebody_else",
    "outcome": "talked",
    "role": "lead",
    "most_cases": "3",
    "organisation": "harbour",
    "name": "Kim",
    "email": "kim@example.org",
    "place": "Pier",
    "greeting": "none",
    "area": "",
    "lawful_basis": "consent",
    "reference": "DSA 12",
    "expires_on": "2099-01-01",
    "deed": "say",
    "version": "0",
    "said": "open now and then",
    "shifts": "counted",
}


@dataclass(frozen=True)
class Desk:
    """A desk with people of every role in two organisations, and things of demo's."""

    handrail: Handrail
    people: dict[tuple[str, StaffRole], StaffBrowser]
    filled: dict[str, str]

    def routes(self) -> Iterator[tuple[str, str]]:
        """Give every signed-in route as method and path."""
        app = next(
            server.app
            for server in self.handrail.servers
            if any("staff" in route.path for route in server.app.router.routes)
        )
        for method, path in routes(app):
            if path.startswith("/staff"):
                yield method, shown(path)

    def asks(self, who: StaffBrowser, method: str, path: str) -> tuple[int, str]:
        """Ask for a route with demo's own ids in it; give status and text."""
        address = re.sub(r"<(\w+)>", lambda gap: self.filled[gap[1]], path)
        if method == "GET":
            answer = who.http.get(address)
        else:
            colleague = {"colleague": self.filled["member"]}
            answer = who.posts(address, **FIELDS, **colleague)
        return answer.status_code, answer.text


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    home: Path = tmp_path_factory.mktemp("matrix")
    handrail = start(
        home, ReadableDialogue(), organisations=two_organisations(), clock=Watch()
    )
    people = {
        (organisation, role): joined(
            handrail, role, organisation, f"{organisation}{role.value}"
        )
        for organisation in ("demo", "harbour")
        for role in StaffRole
    }
    yield Desk(handrail, people, things_of_demo(handrail, people))
    stop(handrail)


def things_of_demo(
    handrail: Handrail, people: dict[tuple[str, StaffRole], StaffBrowser]
) -> dict[str, str]:
    web = handrail.web_chat()
    web.asks_for_a_person()
    (case,) = handrail.record(lambda unit: unit.handovers.waiting())
    worker = people["demo", StaffRole.WORKER]
    worker.posts(f"/staff/cases/{case.id}/claim")
    worker.posts(f"/staff/cases/{case.id}/say", text=f"hello {CANARY}")
    worker.posts(f"/staff/cases/{case.id}/note", note=CANARY)
    invited(handrail, name="Kim", email="kim-is-coming@example.org")
    members = handrail.record(lambda unit: unit.staff.of_organisation("demo"))
    member = next(one for one in members if one.role is StaffRole.WORKER)
    sessions = handrail.record(lambda unit: unit.sessions.of_member(member.id))
    waiting = handrail.record(lambda unit: unit.invitations.of_organisation("demo"))
    return {
        "case": case.id,
        "note": handrail.record(lambda u: u.notes.of_case(case.id))[0].id,
        "member": member.id,
        "session": sessions[0].id,
        "invitation": waiting[-1].id,
        "passkey": "0" * 32,
        "slug": "demo",
        "script": "first_talk",
        "token": "no-such-token",
        "name": "staff.css",
    }


def need(path: str) -> May | None:
    return next((may for start, may in NEEDS.items() if path.startswith(start)), None)


def test_every_route_is_either_for_everybody_or_needs_something(desk: Desk) -> None:
    unknown = [
        path
        for _, path in desk.routes()
        if need(path) is None and not FOR_EVERYBODY.fullmatch(path)
    ]

    assert unknown == []
    assert len(list(desk.routes())) > 40


@pytest.mark.parametrize("role", StaffRole)
def test_no_route_gives_or_changes_anything_of_another_organisation(
    desk: Desk, role: StaffRole
) -> None:
    before = all_of_demo(desk)
    stranger = desk.people["harbour", role]
    leaks = []
    for method, path in desk.routes():
        if "<" not in path or need(path) in (None, May.PRACTISE):
            continue
        status, text = desk.asks(stranger, method, path)
        if status not in (403, 404) or CANARY in text:
            leaks.append(f"{method} {path} answered {status}")

    assert leaks == []
    assert all_of_demo(desk) == before


@pytest.mark.parametrize("role", StaffRole)
def test_lists_hold_nothing_of_another_organisation(
    desk: Desk, role: StaffRole
) -> None:
    stranger = desk.people["harbour", role]
    ids = [desk.filled[each] for each in ("case", "member", "session", "invitation")]
    theirs = [*ids, CANARY, "demoworker", "kim-is-coming"]
    for method, path in desk.routes():
        if method == "GET" and "<" not in path:
            _, text = desk.asks(stranger, method, path)
            found = [each for each in theirs if each in text]
            assert found == [], path


@pytest.mark.parametrize("role", StaffRole)
def test_no_route_opens_for_a_role_that_does_not_need_it(
    desk: Desk, role: StaffRole
) -> None:
    before = all_of_demo(desk)
    somebody = desk.people["demo", role]
    let_in = []
    for method, path in desk.routes():
        wanted = need(path)
        if wanted is None or wanted in MAY[role]:
            continue
        status, text = desk.asks(somebody, method, path)
        if status != 403 or CANARY in text:
            let_in.append(f"{method} {path} answered {status}")

    assert let_in == []
    assert all_of_demo(desk) == before


def test_a_colleague_reads_no_conversation_that_another_worker_holds(
    desk: Desk,
) -> None:
    lead = desk.people["demo", StaffRole.LEAD]
    case = desk.filled["case"]
    for path in (f"/staff/cases/{case}", f"/staff/cases/{case}/thread"):
        answer = lead.http.get(path)
        assert (answer.status_code, CANARY in answer.text) == (404, False)
    for deed in ("say", "note", "hand-back", "close"):
        answer = lead.posts(f"/staff/cases/{case}/{deed}", **FIELDS)
        assert answer.status_code == 404, deed


@pytest.mark.parametrize("role", StaffRole)
def test_every_role_opens_what_it_needs(desk: Desk, role: StaffRole) -> None:
    somebody = desk.people["demo", role]
    for path, wanted in NEEDS.items():
        if wanted in MAY[role] and path != "/staff/cases":
            assert somebody.http.get(path).status_code == 200, path


def all_of_demo(desk: Desk) -> object:
    """What of demo's a stranger could have changed; the audit trail is not here."""

    def read(unit: object) -> object:
        u = unit  # type: ignore[var-annotated]
        case = desk.filled["case"]
        return (
            u.staff.of_organisation("demo"),  # type: ignore[attr-defined]
            u.invitations.of_organisation("demo"),  # type: ignore[attr-defined]
            u.chat_links.of_organisation("demo"),  # type: ignore[attr-defined]
            u.cover_plans.newest("demo"),  # type: ignore[attr-defined]
            u.agreements.history("demo"),  # type: ignore[attr-defined]
            u.handovers.steps(case),  # type: ignore[attr-defined]
            u.notes.of_case(case),  # type: ignore[attr-defined]
            u.sessions.of_member(desk.filled["member"]),  # type: ignore[attr-defined]
        )

    return desk.handrail.record(read)
