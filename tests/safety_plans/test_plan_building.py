"""Conversations that build a plan, one question at a time."""

from datetime import timedelta

import pytest
from texting import Texting, as_sent

from foundations.gsm7 import encoding, segments
from foundations.saying import Channel
from safety_plans.plan import SectionId, Stage

EVERYTHING = {
    SectionId.GETTING_THROUGH: "music, my dog, ringing nan",
    SectionId.MAKING_SAFER: "go to nan's, sit with mum",
    SectionId.LIFT_OR_CALM: "tea, my hoodie",
    SectionId.DISTRACTIONS: "minecraft, the dog walk",
    SectionId.PEOPLE_TO_SUPPORT: "Jaz, cousin Mo",
    SectionId.PEOPLE_TO_TALK_TO: "Auntie Jo, 07700 900123",
    SectionId.EMERGENCY_SUPPORT: "get dad to ring",
}


def in_section(section: SectionId) -> Texting:
    robin = Texting().starts().says("yes")
    while robin.plan.open_section is not section:
        robin.says("skip")
    return robin


def test_a_full_plan_takes_sixteen_messages_and_is_read_back_whole() -> None:
    robin = Texting(channel=Channel.WEB).starts().says("yes")
    for answer in EVERYTHING.values():
        robin.says(answer, "1")

    assert robin.messages == 16
    assert [s for s in SectionId if robin.plan.lines(s)] == list(EVERYTHING)
    assert robin.keys[:2] == ["plan.finished", "plan.whole"]
    assert "- ringing nan" in "".join(reply.text for reply in robin.replies)
    assert robin.plan.stage is None


def test_permission_comes_before_any_question_and_says_who_can_see() -> None:
    robin = Texting().starts()

    assert robin.keys == ["plan.permission"]
    assert "Nobody else sees it" in robin.text
    assert robin.plan.open_section is None


@pytest.mark.parametrize("not_yes", ["what?", "maybe", "idk", "music", "ideas", "🤷"])
def test_only_a_yes_is_a_yes(not_yes: str) -> None:
    robin = Texting().starts().says(not_yes)

    assert robin.plan.stage is Stage.PERMISSION
    assert robin.keys[-1] == "plan.permission_again"


@pytest.mark.parametrize("number", ["1", "2.", " 12 ", "1, 2"])
def test_a_number_that_picks_nothing_is_no_line_of_the_plan(number: str) -> None:
    robin = Texting().starts().says("yes", number)

    assert robin.keys[0] == "plan.not_an_answer"
    assert robin.words_in_plan() == []


def test_a_short_number_to_ring_is_a_line() -> None:
    robin = Texting().starts().says("yes", "111")

    assert robin.words_in_plan() == ["111"]


def test_no_is_taken_kindly_and_ends_it() -> None:
    robin = Texting().starts().says("3")

    assert robin.keys == ["plan.maybe_later"]
    assert robin.plan.stage is None


def test_several_answers_in_one_text_become_lines_and_are_read_back() -> None:
    robin = Texting().starts().says("yes", "music, my dog, ringing nan")

    assert robin.keys == ["plan.check"]
    assert "- music\n- my dog\n- ringing nan" in robin.text


def test_more_answers_join_before_the_section_is_checked() -> None:
    robin = Texting().starts().says("yes", "music", "my dog as well")

    assert robin.words_in_plan() == ["music", "my dog as well"]
    assert robin.keys == ["plan.check"]


def test_take_it_back_undoes_the_last_answer_and_asks_again() -> None:
    robin = Texting().starts().says("yes", "musik", "2")

    assert robin.words_in_plan() == []
    assert robin.keys == ["plan.undone", "plan.ask_getting_through"]


@pytest.mark.parametrize(
    ("command", "key"),
    [
        ("what's this for?", "plan.what_for"),
        ("show me ideas", "plan.ideas"),
        ("idk", "plan.that_is_ok"),
        ("skip", "plan.ask_making_safer"),
        ("SKIP", "plan.ask_making_safer"),
        ("back", "plan.at_the_start"),
        ("undo", "plan.nothing_to_undo"),
        ("pause", "plan.paused"),
        ("stop for now", "plan.paused"),
        ("stop", "plan.paused"),
        ("🤷🏽", "plan.that_is_ok"),
        ("👍", "plan.not_an_answer"),
        ("gtg soz", "plan.paused"),
        ("skip this 1 pls", "plan.ask_making_safer"),
        ("show my plan", "plan.nothing_yet"),
    ],
)
def test_every_command_works_at_a_prompt_and_none_becomes_a_line(
    command: str, key: str
) -> None:
    robin = Texting().starts().says("yes", command)

    assert robin.keys[0] == key
    assert robin.words_in_plan() == []


@pytest.mark.parametrize(
    ("answer", "guess"),
    [
        ("pause and breathe", "plan_pause"),
        ("stop scrolling and sleep", "plan_stop"),
        ("going back to bed", "plan_back"),
        ("skipping rope in the garden", "plan_skip"),
        ("talk to my youth worker", "talk_to_a_person"),
        ("anger playlist", "angry"),
    ],
)
def test_an_answer_that_sounds_like_a_command_is_still_an_answer(
    answer: str, guess: str
) -> None:
    robin = Texting().starts().says("yes").says(answer, intent=guess)

    assert robin.words_in_plan() == [answer]


@pytest.mark.parametrize(
    ("aside", "guess"),
    [
        ("will you tell my mum?", "will_you_tell"),
        ("who is open right now?", "who_is_open"),
        ("i want to talk to a person", "talk_to_a_person"),
        ("im scared mum will see this", "will_you_tell"),
    ],
)
def test_a_question_or_a_worry_is_left_to_be_answered_and_the_plan_waits(
    aside: str, guess: str
) -> None:
    robin = Texting().starts().says("yes").says(aside, intent=guess)

    assert robin.replies == ()
    assert robin.words_in_plan() == []
    assert robin.plan.stage is Stage.ANSWER


@pytest.mark.parametrize("section", list(SectionId)[:7])
def test_a_question_is_never_a_line_with_nobody_to_understand_it(
    section: SectionId,
) -> None:
    robin = in_section(section).says("will you tell my mum")

    assert robin.replies == ()
    assert robin.words_in_plan() == []


def test_a_picture_can_be_an_answer_of_its_own() -> None:
    robin = Texting().starts().says("yes", "🐶")
    assert robin.words_in_plan() == ["🐶"]

    robin.says("👍")

    assert robin.keys == ["plan.ask_making_safer"]


def test_picking_an_idea_adds_exactly_that_idea() -> None:
    robin = Texting().starts().says("yes", "show me ideas")
    offered = [choice.label for choice in robin.replies[-1].choices]

    robin.says("2")

    assert robin.words_in_plan() == [offered[1]]


def test_two_ideas_can_be_picked_in_one_text() -> None:
    robin = Texting().starts().says("yes", "ideas")
    offered = [choice.label for choice in robin.replies[-1].choices]

    robin.says("1 and 3")

    assert robin.words_in_plan() == [offered[0], offered[2]]


def test_ideas_that_are_not_for_me_do_not_come_back() -> None:
    robin = Texting().starts().says("yes", "ideas")
    seen: set[str] = set()
    while robin.keys[-1] == "plan.ideas":
        offered = {choice.label for choice in robin.replies[-1].choices[:-2]}
        assert not offered & seen
        seen |= offered
        robin.says("None of these")

    assert len(seen) == 12
    assert robin.keys[0] == "plan.no_more_ideas"
    assert robin.words_in_plan() == []


def test_at_two_in_the_morning_every_first_idea_works_at_night() -> None:
    robin = in_section(SectionId.DISTRACTIONS).says("ideas")

    labels = [choice.label for choice in robin.replies[-1].choices[:3]]
    assert "Go for a kickabout" not in labels
    assert "Play a game on my phone" in labels


def test_nobody_to_tell_is_met_without_blame_and_with_a_service() -> None:
    robin = in_section(SectionId.PEOPLE_TO_TALK_TO).says("nobody yet")

    assert robin.keys == ["plan.nobody_yet", "plan.ideas"]
    assert "Text Shout on 85258" in as_sent(robin.replies[-1])


def test_a_plan_without_anyone_to_tell_ends_with_a_question_not_a_mark() -> None:
    robin = Texting().starts().says("yes", "music", "yes")
    while robin.plan.stage is not None:
        robin.says("skip")

    assert robin.keys[-1] == "plan.gap_nobody_to_contact"
    assert "%" not in robin.text


def test_making_things_safer_is_offered_once_more_at_the_end() -> None:
    robin = Texting().starts().says("yes", "music", "yes", "skip")
    assert robin.keys[0] == "plan.skipped_safer"
    while robin.plan.open_section is not SectionId.MAKING_SAFER:
        robin.says("skip")
    assert robin.keys[-1] == "plan.ask_making_safer_again"

    robin.says("skip")

    assert robin.plan.stage is None


def test_back_reopens_the_part_before_and_keeps_what_was_there() -> None:
    robin = Texting().starts().says("yes", "music", "yes", "back")

    assert robin.keys == ["plan.ask_more"]
    assert "- music" in robin.text
    robin.says("my dog", "yes")
    assert robin.keys == ["plan.ask_making_safer"]
    assert robin.words_in_plan() == ["music", "my dog"]


def test_a_pause_on_sms_carries_on_where_it_was_on_the_web() -> None:
    phone = Texting().starts().says("yes", "music", "yes", "skip", "tea", "pause")

    web = Texting(history=phone.history, channel=Channel.WEB).starts()

    assert web.keys == ["plan.welcome_back", "plan.check"]
    assert "- tea" in web.text
    web.says("yes")
    assert web.keys == ["plan.ask_distractions"]
    assert phone.plan == web.plan


def test_one_section_can_be_added_to_after_the_plan_is_made() -> None:
    robin = Texting().starts().says("yes")
    for answer in EVERYTHING.values():
        robin.says(answer, "yes")

    robin.asks_to("add to 4").says("drawing cats", "yes")

    assert robin.keys == ["plan.kept"]
    assert robin.plan.lines(SectionId.DISTRACTIONS)[-1].words == "drawing cats"


def test_a_line_that_could_be_clearer_is_asked_about_once_and_stays_as_it_is() -> None:
    robin = in_section(SectionId.PEOPLE_TO_SUPPORT).says("Friends")
    assert robin.keys == ["plan.check_clearer"]

    robin.says("Jaz from football")

    assert robin.keys == ["plan.check"]
    assert robin.words_in_plan() == ["Friends", "Jaz from football"]


def test_adding_to_a_plan_that_was_never_agreed_to_asks_first() -> None:
    robin = Texting().asks_to("add to 4")

    assert robin.keys == ["plan.permission"]


METHOD_LINES = [
    "give nan my tablets",
    "hide the razor",
    "no p1lls in my room",
    "lock up the para-cetamol",
    "keep away from the bridge",
    "no more b l a d e s",
]


@pytest.mark.parametrize("line", METHOD_LINES)
@pytest.mark.parametrize("section", list(SectionId)[:7])
def test_a_line_about_harm_is_kept_but_never_said_back(
    line: str, section: SectionId
) -> None:
    robin = in_section(section).says(line, "show my plan", "yes")
    while robin.plan.stage is not None:
        robin.says("skip")

    assert line in robin.words_in_plan()
    assert line not in "\n".join(as_sent(reply) for reply in robin.sent)


@pytest.mark.parametrize("channel", list(Channel))
def test_what_a_person_writes_about_safety_is_counted_not_repeated(
    channel: Channel,
) -> None:
    robin = Texting(channel=channel).starts().says("yes", "skip")
    robin.says("give that stuff to uncle Ray")

    assert robin.keys == ["plan.check_private"]
    assert "uncle Ray" not in robin.text
    assert "1 line kept private" in robin.text


def test_every_text_of_a_whole_conversation_is_plain_and_short() -> None:
    robin = Texting().starts().says("yes")
    for answer in EVERYTHING.values():
        robin.says("what's this for?", "idk", answer, "yes")

    for reply in robin.sent:
        assert encoding(as_sent(reply)) == "GSM-7", reply.key
        assert segments(as_sent(reply)) <= 2, reply.key


def test_every_prompt_is_one_segment_by_sms() -> None:
    robin = Texting().starts().says("yes")
    while robin.plan.stage is not None:
        assert segments(as_sent(robin.replies[-1])) == 1, robin.keys
        robin.says("skip")


@pytest.mark.parametrize(
    "odd",
    ["🐶" * 300, "\u202eبعد", "<b>hi</b>", "=1+1", "a\x00b", "x" * 10_000, "{lines}"],
)
def test_odd_answers_are_kept_and_shown_safely(odd: str) -> None:
    robin = Texting().starts().says("yes", odd)

    assert robin.words_in_plan() == [odd]
    assert robin.keys == ["plan.check"]
    assert not {"\x00", "\u202e"} & set(robin.text)
    assert len(robin.text) < 1_000


def test_two_hundred_lines_are_all_kept_and_read_back_short() -> None:
    many = "\n".join(f"thing number {n}" for n in range(200))
    robin = Texting().starts().says("yes", many)

    assert len(robin.words_in_plan()) == 200
    assert len(robin.text) < 1_000
    assert "more" in robin.text


def test_what_a_plan_is_and_who_sees_it_is_said_once() -> None:
    robin = Texting().starts()
    robin.now += timedelta(minutes=1)
    robin.says("idk")

    assert robin.keys[-1] == "plan.permission_again"
    robin.says("yes")
    assert robin.plan.stage is Stage.ANSWER
