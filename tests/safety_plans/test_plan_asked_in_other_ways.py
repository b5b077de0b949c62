"""Choices for whom it is all too much, exact words, feelings, and gentle questions."""

import re

import pytest
from test_plan_building import EVERYTHING, in_section
from texting import WORDS, Texting

from foundations.gsm7 import encoding, segments
from foundations.saying import Channel
from safety_plans.gaps import Gap, gaps_in
from safety_plans.plan import SectionId, Stage, Way

IDIOMS = re.compile(
    r"on your mind|mind off|get(?:s|ting)? through|a bit of|keep an eye"
    r"|fills? your head|lifts?\b|carry(?:ing)? it|bottled|hang in|touch base"
    r"|reach out|ups and downs",
    re.IGNORECASE,
)


def overwhelmed() -> Texting:
    return Texting().starts().says("easy mode")


def test_someone_for_whom_it_is_too_much_gets_three_things_to_pick_not_questions() -> (
    None
):
    robin = overwhelmed()

    assert robin.keys == ["plan.easy_on", "plan.easy_pick"]
    assert "?" not in robin.text
    assert len(robin.replies[-1].choices) == 3 + 2


def test_a_pick_is_kept_word_for_word_and_the_next_three_come_at_once() -> None:
    robin = overwhelmed()
    offered = robin.replies[-1].choices[0].label

    robin.says("1")

    assert robin.words_in_plan() == [offered]
    assert robin.plan.open_section is SectionId.MAKING_SAFER
    assert robin.keys == ["plan.easy_pick"]


def test_a_whole_plan_takes_nine_taps_when_it_is_all_too_much() -> None:
    robin = overwhelmed()
    while robin.plan.stage is not None:
        robin.says("1")

    assert robin.messages == 9
    assert len(robin.words_in_plan()) == 7
    assert robin.keys[0] == "plan.finished"


def test_what_is_offered_when_it_is_too_much_asks_little_and_works_at_night() -> None:
    robin = overwhelmed()

    offered = [choice.label for choice in robin.replies[-1].choices[:3]]
    assert offered[0] == "Wait ten minutes, then look again"


def test_own_words_are_welcome_there_too_and_are_read_back() -> None:
    robin = overwhelmed().says("my nan's voicemail")

    assert robin.keys == ["plan.check"]
    assert robin.words_in_plan() == ["my nan's voicemail"]


@pytest.mark.parametrize("said", ["its too much", "im overwhelmed", "easy mode"])
def test_it_can_be_asked_for_in_the_middle_and_changed_back(said: str) -> None:
    robin = in_section(SectionId.LIFT_OR_CALM).says(said)
    assert robin.keys == ["plan.easy_on", "plan.easy_pick"]

    robin.says("normal")

    assert robin.keys[0] == "plan.usual_on"
    assert robin.plan.ways == frozenset()


def test_none_of_these_brings_three_others_and_skip_goes_on() -> None:
    robin = overwhelmed()
    first = {choice.label for choice in robin.replies[-1].choices[:3]}
    robin.says("None of these")
    assert not first & {choice.label for choice in robin.replies[-1].choices[:3]}

    robin.says("Skip")

    assert robin.plan.open_section is SectionId.MAKING_SAFER
    assert robin.keys[-1] == "plan.easy_pick"


def test_exact_words_come_with_an_example_and_with_what_happens_next() -> None:
    robin = Texting(channel=Channel.WEB).starts().says("literal mode", "yes")

    assert robin.keys == ["plan.literal_ask_getting_through"]
    assert "Example:" in robin.text
    assert "Next, I show you" in robin.text


def test_no_idiom_is_said_to_whoever_asked_for_exact_words() -> None:
    robin = Texting(channel=Channel.WEB).starts().says("literal mode", "yes")
    for _ in SectionId:
        robin.says("something of mine", "yes")

    said = [
        reply.text
        for reply in robin.sent
        if reply.key.startswith(("plan.literal_", "plan.check"))
    ]
    assert len(said) > 14
    assert [text for text in said if IDIOMS.search(text)] == []


@pytest.mark.parametrize("section", list(SectionId))
def test_every_exact_question_is_one_text_and_says_what_happens_next(
    section: SectionId,
) -> None:
    for said in WORDS.variations(f"plan.literal_ask_{section.value}", Channel.SMS):
        assert encoding(said.text) == "GSM-7"
        assert segments(said.text) == 1
        assert "Example: " in said.text
        assert "Next, I " in said.text


def test_one_idea_alone_can_be_turned_down_and_never_comes_back() -> None:
    robin = Texting().starts().says("yes", "ideas")
    turned_down = robin.replies[-1].choices[1].label
    robin.says("not for me 2")

    seen: set[str] = set()
    for _ in range(8):
        seen |= {choice.label for choice in robin.replies[-1].choices[:-2]}
        robin.says("show me ideas")

    assert turned_down not in seen
    assert len(seen) == 11


def test_a_friend_alone_is_company_and_a_grown_up_or_service_is_asked_about_once() -> (
    None
):
    robin = in_section(SectionId.PEOPLE_TO_TALK_TO).says("my best friend Jaz")
    assert robin.keys == ["plan.check_friends"]
    assert "adult or service" in robin.text

    robin.says("what's this for?")

    assert robin.keys == ["plan.what_for", "plan.check"]
    assert Gap.NOBODY_TO_CONTACT in gaps_in(robin.plan)


@pytest.mark.parametrize(
    "line", ["my friend's mum", "Auntie Jo", "Shout", "my mate, nan"]
)
def test_someone_grown_up_is_not_asked_about(line: str) -> None:
    robin = in_section(SectionId.PEOPLE_TO_TALK_TO).says(line)

    assert robin.keys == ["plan.check"]


def test_a_line_has_one_gentle_question_at_most_whatever_is_asked_in_between() -> None:
    robin = in_section(SectionId.PEOPLE_TO_SUPPORT).says("friends")
    assert robin.keys == ["plan.check_clearer"]

    robin.says("what's this for?", "Jaz", "back", "next")

    assert [reply.key for reply in robin.sent].count("plan.check_clearer") == 1


def test_feelings_are_a_list_and_in_the_card_of_signs_they_become_lines() -> None:
    robin = Texting().starts().says("yes", "feelings list")
    assert robin.keys == ["plan.feelings", "plan.ask_getting_through"]

    robin.asks_to("add signs").says("i cant name it")
    label = robin.replies[-1].choices[0].label
    robin.says("1", "yes")

    assert [line.words for line in robin.plan.lines(SectionId.SIGNS)] == [label]


def test_two_more_cards_are_offered_at_the_end_and_can_be_filled() -> None:
    robin = Texting().starts().says("yes")
    for answer in EVERYTHING.values():
        robin.says(answer, "yes")
    assert "ADD SIGNS or ADD WHAT MATTERS" in robin.replies[0].text

    robin.asks_to("add signs").says("i stop answering", "yes")
    assert robin.keys == ["plan.kept"]
    robin.asks_to("add what matters").says("my dog", "yes")

    assert robin.keys == ["plan.kept"]
    assert robin.words_in_plan()[-2:] == ["i stop answering", "my dog"]


def test_ways_last_over_a_pause_and_another_channel() -> None:
    phone = overwhelmed().says("pause")

    web = Texting(history=phone.history, channel=Channel.WEB).starts()

    assert web.plan.ways == {Way.EASY}
    assert web.keys == ["plan.welcome_back", "plan.easy_pick"]
    assert web.plan.stage is Stage.ANSWER
