"""Parts of a plan shared with one person: exactly what was previewed, until no more."""

import re

import httpx
import pytest

from safety_plans.plan import SectionId
from tests.journeys.handrail import Handrail
from tests.plan_pages.young_person import FULL, Robin
from tests.storage.keeping import Watch

CALM, PEOPLE = SectionId.LIFT_OR_CALM, SectionId.PEOPLE_TO_SUPPORT
IDENTITY = "my chosen name is Robin, do not tell dad"


def previews(robin: Robin, *parts: SectionId, who: str = "Nan", days: str = "") -> str:
    chosen = {part.value: "on" for part in parts}
    return robin.presses("/my/share/preview", recipient=who, days=days, **chosen)


def shares(robin: Robin, *parts: SectionId, who: str = "Nan", days: str = "") -> str:
    """Preview, say yes, and give the link's path."""
    share = share_in(previews(robin, *parts, who=who, days=days))
    agreed = robin.presses("/my/share/agree", share=share)
    link = re.search(rf"{robin.handrail.address}(/s/[A-Za-z0-9_-]+)", agreed)
    assert link is not None
    return link[1]


def share_in(page: str) -> str:
    found = re.search(r'name="share" value="([0-9a-f]{32})"', page)
    assert found is not None
    return found[1]


def article(page: str) -> str:
    found = re.search(r"<article.*</article>", page, re.S)
    assert found is not None
    return found[0]


@pytest.fixture
def nan(handrail: Handrail) -> httpx.Client:
    """A trusted adult with a browser that has never been here."""
    return httpx.Client(base_url=handrail.address, trust_env=False)


def test_what_nan_sees_is_what_was_previewed_byte_for_byte(
    robin: Robin, nan: httpx.Client
) -> None:
    preview = previews(robin, CALM, PEOPLE)
    share = share_in(preview)
    robin.presses("/my/share/agree", share=share)
    link = re.search(r"/s/[A-Za-z0-9_-]+", robin.page.text)
    assert link is not None
    seen = nan.post(link[0]).text

    assert article(seen) == article(preview)
    assert all(line in seen for line in [*FULL[CALM], *FULL[PEOPLE]])


def test_nothing_but_the_chosen_parts_is_anywhere_on_the_page(
    robin: Robin, nan: httpx.Client
) -> None:
    seen = nan.post(shares(robin, CALM)).text
    kept = [line for part, lines in FULL.items() if part is not CALM for line in lines]

    assert [line for line in kept if line in article(seen)] == []
    assert "Biscuit" not in seen
    assert robin.person not in seen


def test_a_line_added_after_the_preview_is_not_shared(
    robin: Robin, nan: httpx.Client
) -> None:
    link = shares(robin, CALM)
    robin.does("add", section=CALM.value, words=IDENTITY)

    assert IDENTITY not in nan.post(link).text
    assert "Your plan has changed since." in robin.looks("/my/share")


def test_a_preview_alone_shares_nothing(robin: Robin) -> None:
    page = previews(robin, CALM)

    assert "/s/" not in page
    assert "Shared so far" not in robin.looks("/my/share")
    assert "Parts shared now: 0" in robin.looks()


def test_lines_that_no_share_may_repeat_are_counted_and_stay(
    handrail: Handrail, nan: httpx.Client
) -> None:
    way = "give Nan the tablets"
    plan = {SectionId.MAKING_SAFER: [way], CALM: ["tea"]}
    robin = Robin(handrail).wrote(plan).opens_a_link()
    preview = previews(robin, CALM, SectionId.MAKING_SAFER)

    assert "1 line of these parts stays private." in preview
    assert way not in preview
    assert way not in nan.post(shares(robin, CALM, SectionId.MAKING_SAFER)).text
    assert "None of the parts" in previews(robin, SectionId.MAKING_SAFER)
    assert way in robin.looks()


def test_nan_presses_a_button_first_so_that_previews_read_nothing(
    robin: Robin, nan: httpx.Client
) -> None:
    link = shares(robin, CALM)
    before = nan.get(link)

    assert "blue mug" not in before.text
    assert before.text.replace(link, "") == nan.get("/s/other").text.replace(
        "/s/other", ""
    )
    assert "Not opened yet." in robin.looks("/my/share")
    nan.post(link)
    assert "Last opened on" in robin.looks("/my/share")


def test_the_page_says_how_to_help_and_who_to_call(
    robin: Robin, nan: httpx.Client
) -> None:
    seen = nan.post(shares(robin, CALM)).text

    assert "How you can help" in seen
    assert "999" in seen
    assert "0800 068 4141" in seen
    assert "<title>A page for you</title>" in seen
    assert "/my/" not in seen.partition("<body")[2]


def test_taken_back_is_gone_at_once_and_says_nothing(
    robin: Robin, nan: httpx.Client
) -> None:
    link = shares(robin, CALM)
    robin.looks("/my/share")
    share = share_in(robin.page.text)
    robin.presses("/my/share/take-back", share=share)

    assert "Taken back." in robin.page.text
    assert_gone(nan, link)


def test_every_link_that_shows_nothing_gets_the_same_kind_page(
    robin: Robin, nan: httpx.Client, watch: Watch
) -> None:
    ended = shares(robin, CALM, days="7")
    watch.move(days=7)
    robin.opens_a_link()
    taken = shares(robin, CALM)
    robin.in_records(
        lambda unit: [
            unit.plan_shares.take_back(one.id, watch())
            for one in unit.plan_shares.of_person(robin.person)
        ]
    )
    pages = [assert_gone(nan, link) for link in (ended, taken, "/s/guessed-1")]

    assert pages[0] == pages[1] == pages[2]
    assert "It has ended." not in pages[0]


def assert_gone(nan: httpx.Client, link: str) -> str:
    answer = nan.post(link)

    assert answer.status_code == 404
    assert "This page is not here" in answer.text
    assert "blue mug" not in answer.text
    assert "Samaritans" in answer.text
    return answer.text


def test_unshare_by_text_takes_every_share_back(
    handrail: Handrail, nan: httpx.Client
) -> None:
    phone = handrail.sms("+447700900322")
    phone.young_person_says("hello")
    person = handrail.record(lambda unit: unit.people.find_by_phone(phone.number))
    robin = Robin(handrail, person).wrote().opens_a_link()
    links = [shares(robin, CALM), shares(robin, PEOPLE, who="Miss Ali")]
    assert all(nan.post(link).status_code == 200 for link in links)
    phone.young_person_says("UNSHARE")

    phone.was_sent("handover.withdrawn")
    for link in links:
        assert_gone(nan, link)


def test_forgetting_the_person_ends_what_they_shared(
    robin: Robin, nan: httpx.Client
) -> None:
    link = shares(robin, CALM)
    robin.in_records(lambda unit: unit.people.forget(robin.person))

    assert_gone(nan, link)


def test_nobody_shares_or_takes_back_for_someone_else(
    handrail: Handrail, robin: Robin, nan: httpx.Client
) -> None:
    other = Robin(handrail).wrote().opens_a_link()
    waiting = share_in(previews(robin, CALM))
    assert "/s/" not in other.presses("/my/share/agree", share=waiting)
    assert "Shared so far" not in robin.looks("/my/share")
    link = shares(robin, CALM)
    other.presses("/my/share/take-back", share=share_in(robin.looks("/my/share")))

    assert nan.post(link).status_code == 200


def test_the_link_is_shown_once_and_a_second_yes_gives_none(robin: Robin) -> None:
    share = share_in(previews(robin, CALM))
    robin.presses("/my/share/agree", share=share)
    again = robin.presses("/my/share/agree", share=share)

    assert "/s/" not in again
    assert "This was shared already, or has ended." in again


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"recipient": "", CALM.value: "on"}, "Please write who it is for"),
        ({"recipient": "x" * 81, CALM.value: "on"}, "Please write who it is for"),
        ({"recipient": "\u202e\x00", CALM.value: "on"}, "Please write who it is for"),
        ({"recipient": "Nan"}, "Please pick at least one part."),
        ({"recipient": "Nan", "nowhere": "on"}, "Please pick at least one part."),
    ],
)
def test_what_is_missing_is_asked_for(
    robin: Robin, fields: dict[str, str], said: str
) -> None:
    assert said in robin.presses("/my/share/preview", **fields)


def test_odd_words_are_shown_as_words_to_nan(
    handrail: Handrail, nan: httpx.Client
) -> None:
    odd = ["<script>alert(1)</script>", "=1+1", "😀 שלום", "a\x00b", "\u202eabc"]
    robin = Robin(handrail).wrote({CALM: odd}).opens_a_link()
    seen = nan.post(shares(robin, CALM, who="<b>Nan</b>")).text

    assert "<script>alert" not in seen
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in seen
    assert "\u202e" not in seen
    assert "😀 שלום" in seen
    assert "&lt;b&gt;Nan&lt;/b&gt;" in robin.page.text
