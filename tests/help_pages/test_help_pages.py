"""Who can help, on a page that needs no chat and no scripts."""

import logging
import re
from datetime import datetime
from types import SimpleNamespace

import httpx
import pytest

from channels.help_pages.blueprint import HERE
from channels.help_pages.door import Behind
from channels.help_pages.drawing import Drawing
from channels.help_pages.filters import AUDIENCES, TOPICS, read_filters
from channels.web_chat.words import load_words
from foundations.clock import LONDON, utc_now
from foundations.ids import OrganisationId
from gateway.doors.help_door import LinksHelpDoor
from gateway.finding_help.reported import Reported
from handover import Organisations
from runtime.crisis_numbers import crisis_numbers
from signposting import load
from signposting.home import NO_HOME, Home, load_homes
from storage import DatabaseUnavailable, Outage
from storage.staff.records import ChatLink
from tests.journeys.handrail import Handrail

NIGHT = datetime(2026, 11, 22, 3, 0, tzinfo=LONDON)
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def words_of(page: str) -> str:
    """Read a page as someone sees it, without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.fixture(scope="module")
def draw():
    """Draw a page for a moment, from the records of a local run or of a real one."""

    def drawn(page, picks, *, sample=True, home=NO_HOME, reported=frozenset()):
        directory = load(sample=sample)
        words = load_words(HERE / "words.yml")
        drawing = Drawing(directory, words, crisis_numbers(), "https://x", "/s.css")
        filters = read_filters(picks, directory.places)
        show = drawing.now if page == "now" else drawing.everyone
        behind = Behind(home=home, reported=reported)
        return words_of(show(filters, behind, NIGHT).body.decode())

    return drawn


def test_three_who_are_there_at_night_each_with_a_link_that_calls_or_texts(draw):
    page = draw("now", [])

    assert page.count("Open now") == 3
    assert "Call 999" in page
    assert "Text SHOUT to 85258" in page


def test_each_says_what_will_happen_and_not_known_where_it_is_not(draw):
    page = draw("all", [])

    for line in ("Who answers", "What it costs", "Is it private", "Good to know"):
        assert page.count(line) == page.count("What will happen") > 10
    assert "Not known" in page


def test_what_opens_later_says_when_and_unknown_hours_are_never_open(draw):
    page = draw("all", [])

    assert "Shut. Opens at 5pm CALM" in page
    assert "Check these first" in page
    assert "Hours not known Alumina" in page


def test_no_calls_takes_every_call_away_but_the_emergency_line(draw):
    page = draw("all", [("need", "no-calls")])

    assert re.findall(r"\bCall [\d ]+", page) == ["Call 999 "]
    assert "You picked: No calls." in page


def test_age_and_place_are_used_together(draw):
    page = draw("all", [("age", "19-25"), ("area", "cornwall")])

    assert "Cornwall NHS crisis line" in page
    assert "Runaway Helpline" not in page
    assert "Cornwall CAMHS" not in page


def test_when_nothing_of_the_kind_is_open_the_next_is_named(draw):
    page = draw("now", [("for", "lgbtq"), ("way", "call")])

    assert "No help like that is open for you right now." in page
    assert "The next to open is Switchboard, at 10am." in page
    assert page.count("Open now") == 3


def test_when_nobody_fits_it_says_so_and_shows_who_is_there_all_the_same(draw):
    page = draw("all", [("about", "housing"), ("way", "place"), ("kind", "group")])

    assert "Nobody I know of fits all of that." in page
    assert page.count("Open now") == 3
    assert "Here for you now" in page


def test_sample_data_carries_its_mark_and_a_real_page_shows_none_of_it(draw):
    assert "Sample data, not checked." in draw("all", [])
    real = draw("all", [], sample=False)

    assert "Sample data" not in real
    assert "CALM" not in real
    assert "Samaritans" in real


def test_an_organisation_sets_where_its_people_are_and_whom_it_names_first(draw):
    home = Home(frozenset({"cornwall"}), ("papyrus-hopeline247",))
    page = draw("all", [], home=home)

    assert "Cornwall NHS crisis line" in page
    assert page.index("HOPELINE247") < page.index("Samaritans")
    assert "suggested by the people behind this link" in page
    assert "in Cornwall" not in draw("now", [("area", "leeds")], home=home)


def test_what_did_not_work_for_two_people_is_marked_and_comes_last(draw):
    mark = "Some people said this did not work for them. We will check it."
    picks = [("area", "cornwall")]
    before = draw("all", picks)
    assert before.index("Cornwall NHS crisis line") < before.index("Samaritans")
    assert mark not in before

    after = draw("all", picks, reported=frozenset({"cornwall-111", "samaritans"}))
    assert after.count(mark) == 1
    assert after.index("Samaritans") < after.index("Cornwall NHS crisis line")
    assert "but some people said it didn" in after
    assert mark not in draw("now", picks, reported=frozenset({"samaritans"}))


def test_a_home_that_names_nobody_is_refused_by_its_file(tmp_path):
    (tmp_path / "demo.yml").write_text("{areas: [atlantis], first: [nobody]}")

    with pytest.raises(ValueError, match=r"demo\.yml: not known: atlantis, nobody"):
        load_homes(load(), tmp_path)


@pytest.mark.parametrize("path", ["/help", "/help/now"])
def test_a_page_needs_no_script_and_may_load_nothing_from_elsewhere(
    http: httpx.Client, path: str
):
    page = http.get(path)
    policy = page.headers["content-security-policy"]

    assert page.status_code == 200
    assert "<script" not in page.text
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert " style=" not in page.text
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["cache-control"] == "no-store"


def test_a_link_shows_who_stands_behind_it_and_leads_to_its_chat(http: httpx.Client):
    page = http.get("/help/now", params={"link": "demo"}).text

    assert "This page comes to you from the demo charity." in page
    assert 'href="/c/demo"' in page


@pytest.mark.parametrize("link", ["nobody", "<b>", "../x", "x" * 5000, "%ff"])
def test_a_link_that_nobody_has_gets_the_page_all_the_same(
    http: httpx.Client, link: str
):
    page = http.get("/help/now", params={"link": link})

    assert page.status_code == 200
    assert "comes to you from" not in page.text
    assert "&lt;b&gt;" not in page.text


def test_what_someone_is_or_what_it_is_about_is_put_in_no_address(
    http: httpx.Client,
):
    sent = "for=lgbtq&about=self-harm&area=plymouth"
    page = http.post("/help", content=sent, headers=FORM)
    addresses = re.findall(r'(?:href|action)="([^"]*)"', page.text)

    assert "You picked: Plymouth, LGBTQ+ people, Self-harm." in page.text
    assert "/help/now?area=plymouth" in addresses
    assert not [a for a in addresses for one in ("lgbtq", "harm") if one in a]


def test_only_the_open_picks_have_a_field_in_the_form_that_makes_an_address(
    http: httpx.Client,
):
    page = http.get("/help").text
    open_form = page[page.index('<form method="get"') :].partition("</form>")[0]

    assert 'type="text"' not in page
    assert not re.search(r'name="(for|about)"', open_form)
    assert page.count('name="for"') == len(AUDIENCES)
    assert page.count('name="about"') == len(TOPICS)


@pytest.mark.parametrize(
    "query",
    [
        "area=PL1%202AB&age=fifteen&way=carrier-pigeon",
        "area=" + "x" * 7_000,
        "&".join("area=plymouth" for _ in range(500)),
        "age=%ff%fe",
        "=&=&==;",
    ],
)
def test_what_is_not_on_our_lists_is_left_out_and_never_said_back(
    http: httpx.Client, query: str
):
    page = http.get(f"/help?{query}")

    assert page.status_code == 200
    assert "PL1" not in page.text
    assert "pigeon" not in page.text


def test_nothing_that_is_picked_reaches_a_log(
    http: httpx.Client, caplog: pytest.LogCaptureFixture
):
    with caplog.at_level(logging.DEBUG):
        http.get("/help?area=plymouth&age=13-15")
        http.post("/help", content="for=lgbtq", headers=FORM)

    ours = [r.getMessage() for r in caplog.records if not r.name.startswith("http")]
    assert not [said for said in ours if re.search("plymouth|13-15|lgbtq", said)]


def test_a_link_with_an_area_of_its_own_starts_there(
    handrail: Handrail, http: httpx.Client
):
    link = ChatLink("library", OrganisationId("demo"), True, area="Cornwall")
    handrail.thread.do(
        handrail.house.database.write(lambda unit: unit.chat_links.put(link))
    )

    page = http.get("/help", params={"link": "library"}).text

    assert "Cornwall NHS crisis line" in page


def test_without_the_database_a_page_is_drawn_for_nobody_in_particular(
    handrail: Handrail,
):
    async def away(_work):
        raise DatabaseUnavailable(Outage.LOST)

    none = SimpleNamespace(read=away)
    reported = Reported(none, utc_now)
    door = LinksHelpDoor(none, Organisations.load(), {}, load().places, reported)

    assert handrail.thread.do(door.behind("demo")) == Behind()


def test_when_the_list_cannot_be_drawn_the_numbers_still_are(
    http: httpx.Client, monkeypatch: pytest.MonkeyPatch
):
    def broken(*_):
        raise RuntimeError("plymouth")

    monkeypatch.setattr("channels.help_pages.drawing.choose", broken)
    page = http.get("/help/now")

    assert page.status_code == 503
    for number in ("999", "85258", "116 123", "0800 1111"):
        assert number in page.text
