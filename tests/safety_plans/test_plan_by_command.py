"""PLAN and its kin, as they answer at any hour with or without the dialogue."""

from datetime import UTC, datetime, timedelta

import pytest
from kept_in_memory import KeptInMemory
from plan_services import ROBIN
from texting import WORDS, as_sent

from bot.turns.safety_plan import (
    WORDS_AROUND_FIRST_PART,
    plan_words,
    what_helps,
    who_to_ring,
)
from foundations.gsm7 import encoding, segments
from foundations.saying import Channel
from safety_plans import editing
from safety_plans.looking_again import is_worth_asking
from safety_plans.plan import SafetyPlan, SectionId
from safety_plans.rendering import render
from safety_plans.showing import plain_text

NIGHT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


def plan_with(lines: dict[SectionId, list[str]]) -> SafetyPlan:
    history = KeptInMemory()
    for section, words in lines.items():
        editing.add_lines(history, ROBIN, section, words, now=NIGHT)
    return history.plan(ROBIN)


FULL = plan_with(
    {
        section: [f"my own way {n} of this part" for n in range(5)]
        for section in SectionId
    }
)


def by_sms(command: str, plan: SafetyPlan) -> str:
    replies = (WORDS.render(say, Channel.SMS) for say in plan_words(command, plan, SMS))
    return "\n".join(as_sent(reply) for reply in replies)


SMS = Channel.SMS


def test_plan_texts_the_first_part_in_one_segment_and_offers_the_rest() -> None:
    text = by_sms("PLAN", FULL)

    assert segments(text) == 1
    assert text.startswith("Right now\n- my own way 0")
    assert text.endswith("More: PLAN 2, 3, 4, 5, 6, 7, 8, 9 or ALL")


@pytest.mark.parametrize(
    "words", ["🐶" * 200, "x" * 10_000, "أختي نور" * 30, "café" * 100, "€" * 300]
)
def test_the_first_part_is_one_segment_whatever_was_written(words: str) -> None:
    plan = plan_with(
        {section: [words, "tea"] for section in SectionId if "people" not in section}
    )

    assert segments(by_sms("plan", plan)) == 1


@pytest.mark.parametrize("key", WORDS_AROUND_FIRST_PART)
def test_the_words_around_the_first_part_are_no_longer_than_was_allowed_for(
    key: str,
) -> None:
    (variation,) = WORDS.variations(key, Channel.SMS)
    around = variation.text.replace("{title}", "").replace("{lines}", "")

    assert len(around.replace("{numbers}", "")) <= WORDS_AROUND_FIRST_PART[key]


def test_after_a_while_the_first_part_asks_if_it_fits_within_its_one_segment() -> None:
    (say,) = plan_words("plan", FULL, SMS, asks_if_it_fits=True)
    text = WORDS.render(say, SMS).text

    assert segments(text) == 1
    assert "Does it still fit?" in text
    assert "my own way 0" in text


def test_on_the_web_it_is_asked_with_something_to_press() -> None:
    _, asked = plan_words("plan", FULL, Channel.WEB, asks_if_it_fits=True)

    assert [c.label for c in WORDS.render(asked, Channel.WEB).choices] == [
        "Yes, it fits",
        "Change something",
    ]


@pytest.mark.parametrize(
    ("days", "asked_after", "worth"),
    [(59, None, False), (60, None, True), (90, 61, False), (130, 61, True)],
)
def test_it_is_asked_seldom(days: int, asked_after: int | None, worth: bool) -> None:
    history = KeptInMemory()
    editing.add_lines(history, ROBIN, SectionId.SIGNS, ["tired"], now=NIGHT)
    if asked_after:
        at = NIGHT + timedelta(days=asked_after)
        editing.note_fit_asked(history, ROBIN, now=at)

    plan = history.plan(ROBIN)

    assert is_worth_asking(plan, NIGHT + timedelta(days=days)) is worth
    assert not is_worth_asking(SafetyPlan(), NIGHT)


def test_the_name_a_person_gave_their_plan_heads_it_unless_it_names_harm() -> None:
    history = KeptInMemory()
    editing.add_lines(history, ROBIN, SectionId.SIGNS, ["tired"], now=NIGHT)
    editing.rename_plan(history, ROBIN, "the Robin plan", now=NIGHT)
    assert by_sms("plan all", history.plan(ROBIN)).startswith("the Robin plan\n")

    editing.rename_plan(history, ROBIN, "my no blades plan", now=NIGHT)

    assert "blades" not in by_sms("plan all", history.plan(ROBIN))


def test_plain_words_stay_gsm7_though_a_phone_typed_smart_quotes() -> None:
    plan = plan_with({SectionId.GETTING_THROUGH: ["nan’s – “our song” …"]})

    assert encoding(by_sms("plan", plan)) == "GSM-7"
    assert plan.all_lines[0].words == "nan’s – “our song” …"


@pytest.mark.parametrize("command", ["PLAN 4", "plan 4", " Plan  4! "])
def test_a_part_is_found_by_its_number(command: str) -> None:
    (say,) = plan_words(command, FULL, SMS)

    assert say.key == "plan.part"
    assert say.values["title"] == "Taking my mind off it"


def test_an_empty_part_says_how_to_fill_it() -> None:
    plan = plan_with({SectionId.GETTING_THROUGH: ["tea"]})

    (say,) = plan_words("plan 3", plan, SMS)

    assert (say.key, say.values["number"]) == ("plan.part_empty", "3")


def test_a_number_that_is_no_part_is_answered() -> None:
    assert [say.key for say in plan_words("plan 12", FULL, SMS)] == [
        "plan.no_such_section"
    ]


def test_no_plan_yet_is_never_a_dead_end() -> None:
    text = by_sms("plan", SafetyPlan())

    assert "make a plan" in text
    assert "who is open" in text


def test_plan_all_says_every_part_but_no_private_words() -> None:
    text = by_sms("plan all", FULL)

    assert all(f"{n} " in text for n in range(1, 10))
    assert text.count("my own way 0") == 8
    assert "5 lines kept private" in text


def test_on_the_web_the_other_parts_are_choices() -> None:
    (say,) = plan_words("plan", FULL, Channel.WEB)

    assert [choice.value for choice in say.choices] == [
        f"PLAN {n}" for n in range(2, 10)
    ]


def test_what_helps_me_is_what_i_can_do_alone() -> None:
    plan = plan_with(
        {SectionId.LIFT_OR_CALM: ["tea"], SectionId.PEOPLE_TO_TALK_TO: ["nan"]}
    )

    assert what_helps(plan)[0].values["lines"] == "- tea"
    assert who_to_ring(plan)[0].values["lines"] == "- nan"


def test_nobody_to_ring_points_to_who_is_open() -> None:
    (say,) = who_to_ring(plan_with({SectionId.LIFT_OR_CALM: ["tea"]}))

    assert "who is open" in WORDS.render(say, SMS).text


def test_the_kept_text_has_every_word_as_its_owner_wrote_it() -> None:
    plan = plan_with(
        {
            SectionId.GETTING_THROUGH: ["nan’s song"],
            SectionId.MAKING_SAFER: ["give tablets to nan"],
        }
    )

    assert plain_text(plan) == (
        "Getting through right now\n- nan’s song\n\n"
        "Making things safer\n- give tablets to nan\n"
    )


def test_a_rendered_plan_has_every_section_with_its_name_and_its_lines() -> None:
    rendered = render(FULL)

    assert [part.number for part in rendered.sections] == list(range(1, 10))
    assert [part.optional for part in rendered.sections] == [False] * 7 + [True] * 2
    assert rendered.version == len(FULL.versions) == 9
    assert rendered.updated_at == FULL.versions[-1].at
    assert [line.id for part in rendered.sections for line in part.lines] == [
        line.id for line in FULL.all_lines
    ]


def test_an_unwritten_plan_renders_as_nothing_or_as_places_to_fill() -> None:
    assert render(SafetyPlan()).sections == ()
    assert len(render(SafetyPlan(), with_empty=True).sections) == 9
    assert render(SafetyPlan()).version == 0
