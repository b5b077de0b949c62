"""The young person's own page: read, added to, changed, moved, undone; safely shown."""

import re
from html import unescape

import pytest

from foundations.saying import Channel
from safety_plans import editing
from safety_plans.plan import SectionId, Way
from tests.journeys.handrail import Handrail
from tests.plan_pages.young_person import FULL, Robin

HERE = SectionId.DISTRACTIONS
EVERY_LINE = [line for lines in FULL.values() for line in lines]
XSS = '<script>alert(1)</script><img src=x onerror=alert(1)>"><svg/onload=alert(1)>'


def test_every_line_is_there_in_order_and_the_title_says_nothing(robin: Robin) -> None:
    page = robin.looks()

    assert [words.replace("\n", "") for words in plain_lines(robin)] == EVERY_LINE
    assert "<title>My page</title>" in page
    assert "noindex" in page


def plain_lines(robin: Robin) -> list[str]:
    return [re.sub(r"<[^>]+>", "", line) for line in robin.lines]


def test_an_empty_part_says_in_a_sentence_what_it_is_for(handrail: Handrail) -> None:
    robin = Robin(handrail).opens_a_link()
    empty = robin.looks().split('class="rail')[1].split("<details")[0]

    assert "This is for the first hard minutes.</p>" in empty
    robin.does("add", section=HERE.value, words="jigsaws")
    part = robin.looks().split(f'id="{HERE.value}"')[1].split("<details")[0]
    assert "This is for" not in part


def test_a_line_is_added_where_it_was_written(robin: Robin) -> None:
    robin.does("add", section=HERE.value, words="jigsaws, the big one")

    assert robin.plan.lines(HERE)[-1].words == "jigsaws, the big one"
    assert robin.page.url.path == "/my/plan"
    assert robin.page.url.fragment == HERE.value
    assert "Added." in robin.page.text


def test_a_line_is_changed_on_a_page_of_its_own(robin: Robin) -> None:
    line = robin.id_of("Ash, for company")
    assert "Ash, for company</textarea>" in robin.looks(f"/my/line?line={line}")
    robin.presses("/my/do", do="change", line=line, words="Ash and Kit")

    assert "Ash and Kit" in robin.lines
    assert "Ash, for company" not in robin.page.text


def test_a_plan_is_deleted_for_good_on_its_page(robin: Robin) -> None:
    assert "Yes, delete my plan" in robin.looks()
    robin.does("delete")

    assert robin.plan.all_lines == ()
    assert not robin.in_records(lambda unit: unit.plans.changes(robin.person))
    assert robin.lines == []
    assert "Your plan is deleted" in robin.page.text
    assert "Yes, delete my plan" not in robin.looks()


@pytest.mark.parametrize(
    ("pressed", "kept"), [("keep_held", True), ("leave_held", False)]
)
def test_what_may_be_a_line_waits_on_the_page_until_the_person_says(
    robin: Robin, pressed: str, kept: bool
) -> None:
    words = f"that didnt work {XSS}"
    robin.in_records(
        lambda unit: editing.hold_line(
            unit.plans, robin.person, HERE, words, now=robin.handrail.house.clock()
        )
    )
    assert unescape(robin.looks()).count("that didnt work") == 1
    assert words not in robin.lines
    assert XSS not in robin.page.text
    robin.does(pressed, section=HERE.value)

    assert (words in words_in(robin, HERE)) is kept
    assert robin.plan.held == ()
    assert "You also wrote" not in robin.page.text
    assert ("Added." if kept else "Left out.") in robin.page.text
    assert robin.page.url.fragment == HERE.value
    robin.does(pressed, section=HERE.value)
    assert words_in(robin, HERE).count(words) == kept


def test_a_line_moves_up_down_and_to_another_part(robin: Robin) -> None:
    robin.does("up", "The baking videos")
    assert words_in(robin, HERE) == ["The baking videos", "Skate park on Saturday"]
    robin.does("up", "The baking videos")
    assert words_in(robin, HERE)[0] == "The baking videos"
    robin.does("down", "The baking videos")
    assert words_in(robin, HERE)[1] == "The baking videos"
    robin.does("move", "The baking videos", section="lift_or_calm")

    assert words_in(robin, HERE) == ["Skate park on Saturday"]
    assert words_in(robin, SectionId.LIFT_OR_CALM)[-1] == "The baking videos"


def words_in(robin: Robin, section: SectionId) -> list[str]:
    return [line.words for line in robin.plan.lines(section)]


def test_what_is_taken_out_comes_back_with_one_press(robin: Robin) -> None:
    robin.does("remove", "Nan, for tea")
    assert "Nan, for tea" not in robin.page.text
    assert "Undo" in robin.page.text
    robin.does("undo")

    assert "Nan, for tea" in robin.lines
    assert robin.page.url.fragment == "people_to_support"


def test_the_plan_takes_the_name_it_is_given(robin: Robin) -> None:
    robin.does("rename", words="Robin's rope <b>")

    assert "<h1>Robin&#39;s rope &lt;b&gt;</h1>" in robin.page.text
    assert "<title>My page</title>" in robin.page.text


def test_words_about_dying_are_answered_first_and_the_line_is_kept(
    robin: Robin,
) -> None:
    page = robin.does("add", section=HERE.value, words="i want to kill myself tonight")
    before_the_plan = page.partition('class="rail')[0]

    assert "Before anything else" in before_the_plan
    assert before_the_plan.count("116 123") > 1
    assert "i want to kill myself tonight" in robin.lines


def test_nobody_changes_the_plan_of_someone_else(
    handrail: Handrail, robin: Robin
) -> None:
    other = Robin(handrail).wrote().opens_a_link()
    theirs = robin.id_of("Nan, for tea")
    for act in ("change", "remove", "up", "move"):
        other.presses("/my/do", do=act, line=theirs, words="x", section="signs")
    other.looks(f"/my/line?line={theirs}")

    assert "Nan, for tea" in [line.words for line in robin.plan.all_lines]
    assert [line.words for line in other.plan.all_lines] == EVERY_LINE
    assert other.page.url.path == "/my/plan"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"do=add",
        b"do=add&section=nowhere&words=x",
        b"do=fly&line=" + b"0" * 32,
        b"do=change&line=%00&words=x",
        b"do=change&do=remove&line=" + b"0" * 32,
        b"do=add&section=signs&words=%FF%FE",
        b"do=add&section=signs&words=",
        b"do=add&section=signs&words=%20%0A%00",
        b"&".join(b"f%d=1" % n for n in range(30)),
        b"words=" + b"x" * 70_000,
    ],
)
def test_an_odd_form_changes_nothing_and_says_so(robin: Robin, body: bytes) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = robin.client.post("/my/do", content=body, headers=form)

    assert answer.status_code == 200
    assert "That could not be read. Nothing was changed." in answer.text
    assert [line.words for line in robin.plan.all_lines] == EVERY_LINE


@pytest.mark.parametrize(
    "words",
    [
        XSS,
        "=cmd|' /C calc'!A0",
        "😀 🧑🏽‍🎓 🐶",
        "שלום עולם، مرحبا",
        "\u202eright to left trick\u202c",
        "before\x00after",
        "x" * 5000,
        "{{ 7 * 7 }} ${7*7} #{7*7}",
        "</textarea><script>alert(1)</script>",
        "line one\nline two",
    ],
)
def test_odd_words_are_kept_and_shown_as_words_everywhere(
    robin: Robin, words: str
) -> None:
    robin.does("add", section=HERE.value, words=words)
    kept = robin.plan.lines(HERE)[-1].words
    assert kept.replace("\r\n", "\n") == words.replace("\x00", "")
    pages = [robin.page.text, robin.looks(f"/my/line?line={robin.id_of(kept)}")]
    for page in pages:
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "\u202e" not in page.partition("<textarea")[0]
        assert "\x00" not in page

    shown = unescape(pages[0])
    assert words.split("\n")[0].replace("\x00", "").strip("\u202e\u202c") in shown


def test_200_lines_are_all_there(handrail: Handrail) -> None:
    many = [f"thing number {n} that helps" for n in range(200)]
    robin = Robin(handrail).wrote({HERE: many}).opens_a_link()

    assert plain_lines(robin) == many


def test_whoever_asked_for_literal_words_gets_literal_headings(robin: Robin) -> None:
    now = robin.handrail.house.clock()
    robin.in_records(
        lambda unit: editing.choose_ways(
            unit.plans, robin.person, [Way.LITERAL], now=now
        )
    )

    assert "Things I can do in the first few minutes" in robin.looks()
    assert "Getting through right now" not in robin.page.text


def test_a_text_size_is_remembered_on_this_browser(robin: Robin) -> None:
    robin.presses("/my/size", size="bigger")
    assert 'class="size-bigger"' in robin.looks()
    robin.presses("/my/size", size='"><script>')

    assert 'class="size-bigger"' in robin.looks()


def test_nothing_a_browser_may_keep_holds_the_plan(robin: Robin) -> None:
    for path in ("/my/plan", "/my/my-page.txt", "/my/my-page.json", "/my/share"):
        robin.looks(path)
        policy = robin.page.headers["content-security-policy"]

        assert robin.page.headers["cache-control"] == "no-store"
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert robin.page.headers["referrer-policy"] == "no-referrer"


def test_a_form_that_is_sent_twice_adds_one_line_and_other_words_another(
    robin: Robin,
) -> None:
    form = re.search(
        rf'name="section" value="{HERE.value}">\s*<input[^>]*name="line" value="(\w+)"',
        robin.looks(),
    )
    assert form is not None
    for words in ("the big jigsaw", "the big jigsaw", "the small jigsaw"):
        robin.presses("/my/do", do="add", section=HERE.value, line=form[1], words=words)

    assert words_in(robin, HERE)[-2:] == ["the big jigsaw", "the small jigsaw"]
    assert words_in(robin, HERE).count("the big jigsaw") == 1


def test_crisis_words_on_the_page_are_recorded_and_the_talk_looks_after_them(
    handrail: Handrail,
) -> None:
    sms = handrail.sms("+447700900177")
    sms.young_person_says("MENU")
    person = handrail.record(lambda unit: unit.people.find_by_phone(sms.number))
    robin = Robin(handrail, person).opens_a_link()
    page = robin.presses(
        "/my/do", do="add", section=HERE.value, words="i want to kill myself"
    )

    assert "116 123" in page
    assert words_in(robin, HERE) == ["i want to kill myself"]
    here = handrail.record(lambda unit: unit.conversations.of_person(person))
    assert here.channel is Channel.SMS
    assert here.aftercare is not None
    assert handrail.record(lambda unit: unit.escalations.of_conversation(here.id))
    sms.young_person_says("hello")
    assert "escalation.ask_safe" in [said.key for said in sms.new()]
