"""Links and posters: one for each place, printed, and closed without an error."""

import re

import httpx

from gateway.desk.links import new_slug
from storage.staff.records import StaffRole
from tests.journeys.handrail import Handrail
from tests.staff.conftest import HARBOUR, agreed
from tests.staff.people import StaffBrowser, joined


def makes_a_link(lead: StaffBrowser, place: str = "Hilltop School") -> str:
    made = lead.posts("/staff/links/make", place=place, area="leeds", greeting="school")
    assert made.status_code == 303
    page = lead.http.get("/staff/links").text
    return re.search(r"/c/(hilltop[a-z0-9-]+)", page)[1]  # type: ignore[index]


def looks(handrail: Handrail, slug: str) -> httpx.Response:
    return httpx.get(f"{handrail.address}/c/{slug}", trust_env=False)


def test_a_link_says_where_it_was_found_and_reaches_its_organisation(
    handrail: Handrail,
) -> None:
    lead = joined(handrail, StaffRole.LEAD, HARBOUR)
    web = handrail.web_chat(makes_a_link(lead))
    said = [message["key"] for message in web.messages]
    agreed(handrail, HARBOUR)
    web.asks_for_a_person()

    assert said[:2] == ["welcome.who_i_am", "welcome.link_school"]
    assert "Harbour Youth" in web.was_sent("handover.waiting")


def test_a_poster_and_cards_carry_the_address_the_code_and_where_to_turn(
    handrail: Handrail,
) -> None:
    lead = joined(handrail, StaffRole.LEAD)
    slug = makes_a_link(lead)
    poster = lead.http.get(f"/staff/links/{slug}/poster").text
    cards = lead.http.get(f"/staff/links/{slug}/card").text
    code = lead.http.get(f"/staff/links/{slug}/qr.svg")

    assert f"{handrail.address.split('://')[1]}/c/{slug}" in poster
    assert (poster.count("<svg"), cards.count("<svg")) == (1, 8)
    for number in ("999", "116\u00a0123", "85258"):
        assert number in poster
    assert code.headers["content-type"] == "image/svg+xml"
    assert code.text.startswith("<svg")


def test_a_closed_link_shows_national_help_and_no_error(handrail: Handrail) -> None:
    lead = joined(handrail, StaffRole.LEAD)
    slug = makes_a_link(lead)
    before = looks(handrail, slug)
    lead.posts(f"/staff/links/{slug}/revoke")
    after, unknown = looks(handrail, slug), looks(handrail, "nobody-ever-made-this")

    assert "Make a safety plan" in before.text
    assert [page.status_code for page in (before, after, unknown)] == [200] * 3
    assert "tel:999" in after.text
    assert "116 123" in after.text
    assert after.text == unknown.text
    assert lead.http.get(f"/staff/links/{slug}/poster").status_code == 404


def test_a_chat_that_began_before_the_link_was_closed_goes_on(
    handrail: Handrail,
) -> None:
    lead = joined(handrail, StaffRole.LEAD)
    slug = makes_a_link(lead)
    web = handrail.web_chat(slug)
    lead.posts(f"/staff/links/{slug}/revoke")
    web.young_person_says("hello")

    web.was_sent("fake.heard")


def test_a_place_is_written_as_a_short_name_that_cannot_be_counted_up() -> None:
    made = {new_slug("Hilltop School, corridor B!") for _ in range(50)}

    assert len(made) == 50
    assert all(re.fullmatch(r"hilltop-school-corridor-[a-z0-9]{5}", s) for s in made)
    assert re.fullmatch(r"[a-z0-9]{5}", new_slug("学校"))


def test_a_link_needs_a_place_and_choices_that_exist(handrail: Handrail) -> None:
    lead = joined(handrail, StaffRole.LEAD)

    def makes(**fields: str) -> int:
        return lead.posts("/staff/links/make", **fields).status_code

    assert makes(place="", area="", greeting="school") == 400
    assert makes(place="A", area="atlantis", greeting="school") == 400
    assert makes(place="A", area="", greeting="palace") == 400
    assert makes(place="<b>A</b>", area="", greeting="none") == 303
    assert "<b>A</b>" not in lead.http.get("/staff/links").text
