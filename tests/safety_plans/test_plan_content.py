"""The sections and ideas that were written: whole, safe, and for many lives."""

import re
from itertools import chain

from plan_services import TWO_IN_THE_MORNING
from texting import CONTACTS, WORDS

from escalation import Route, screen
from foundations.gsm7 import encoding
from foundations.ids import PlanLineId
from safety_plans.plan import SEVEN, PlanLine, SafetyPlan, SectionId
from safety_plans.privacy import may_be_repeated, names_a_way_of_harm
from safety_plans.sections import ideas_for, sections, with_numbers

IDEAS = tuple(chain.from_iterable(s.ideas for s in sections().by_id.values()))


def test_the_seven_sections_come_in_order_with_ids_that_last() -> None:
    assert [section.value for section in SEVEN] == [
        "getting_through",
        "making_safer",
        "lift_or_calm",
        "distractions",
        "people_to_support",
        "people_to_talk_to",
        "emergency_support",
    ]


def test_idea_ids_and_words_are_unique_where_they_are_offered() -> None:
    assert len({idea.id for idea in IDEAS}) == len(IDEAS)
    for section in sections().by_id.values():
        assert len({idea.words for idea in section.ideas}) == len(section.ideas)


def test_each_of_the_seven_has_ideas_for_the_night_and_ideas_that_ask_little() -> None:
    for section in SEVEN:
        about = sections()[section]
        assert sum(idea.night for idea in about.ideas) >= 2, section
        assert sum(idea.easy for idea in about.ideas) >= 1, section


def test_culture_faith_identity_care_and_rural_life_are_there() -> None:
    suited = set(chain.from_iterable(idea.suits for idea in IDEAS))

    assert suited == {"culture", "faith", "identity", "care", "rural"}


def test_no_idea_names_a_way_of_harm_or_holds_a_number_of_its_own() -> None:
    for idea in IDEAS:
        assert not names_a_way_of_harm(idea.words), idea.id
        bare = idea.words.replace("{number}", "").replace("HOPELINE247", "")
        assert not re.search(r"\d{3}", bare), idea.id
        assert encoding(idea.words) == "GSM-7", idea.id


def test_a_service_is_not_suggested_when_its_number_is_not_known() -> None:
    offered = with_numbers(sections()[SectionId.EMERGENCY_SUPPORT].ideas, {})

    assert all("{number}" not in idea.words for idea in offered)
    assert all(idea.contact is None for idea in offered)


def test_ideas_come_round_again_when_all_were_seen() -> None:
    every = frozenset(idea.id for idea in IDEAS)
    plan = SafetyPlan(ideas_seen=every)

    assert ideas_for(SectionId.SIGNS, plan, contacts=CONTACTS, at_night=False)


def test_an_everyday_line_is_repeated_and_hanging_out_is_an_everyday_line() -> None:
    for words in ("hanging out with Jaz", "hang out at the park", "cut up fruit"):
        assert not names_a_way_of_harm(words), words


def test_a_reviewed_idea_about_safety_may_be_repeated_and_own_words_may_not() -> None:
    def line(words: str) -> PlanLine:
        return PlanLine(
            PlanLineId("1"), SectionId.MAKING_SAFER, words, TWO_IN_THE_MORNING
        )

    assert may_be_repeated(line("Keep my door open tonight"))
    assert not may_be_repeated(line("Keep my door open tonight please"))


def test_every_section_has_a_question_to_ask() -> None:
    for section in SectionId:
        assert WORDS.by_key[f"plan.ask_{section.value}"]
        assert WORDS.by_key[f"plan.literal_ask_{section.value}"]


def test_no_idea_is_mistaken_for_a_crisis_when_it_is_pressed() -> None:
    mistaken = [
        idea.words
        for idea in with_numbers(IDEAS, CONTACTS)
        if screen(idea.words).route is not Route.NONE
    ]

    assert mistaken == []


def test_no_choice_of_the_plan_is_mistaken_for_a_crisis_when_it_is_pressed() -> None:
    mistaken = [
        choice.value
        for key in WORDS.by_key
        if key.startswith("plan.")
        for said in WORDS.by_key[key]
        for choice in said.choices
        if screen(choice.value).route is not Route.NONE
    ]

    assert mistaken == []
