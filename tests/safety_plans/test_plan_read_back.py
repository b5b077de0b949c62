"""What is read back while a plan is built: short by text, and nothing but lines."""

from dataclasses import replace

import pytest
from test_plan_building import in_section
from texting import WORDS, Texting, as_sent

from bot.gaps import fill
from bot.turns.safety_plan_asking import WORDS_AROUND_LINES
from foundations.gsm7 import segments
from foundations.saying import Channel, Say
from safety_plans.plan import SEVEN, SectionId
from safety_plans.sections import sections

LONG = "ring my auntie Jo who lives near the big park and stay on the phone with her"


@pytest.mark.parametrize(
    "answer",
    [
        "\n".join([LONG] * 5),
        "\n".join(f"thing number {n}" for n in range(200)),
        "x" * 1_000,
        "🐶💜" * 200,
        "my dog 🐶, {0}, {0}, {0}".format("hot choc 💜 in the blue mug"),
        "أختي نور تساعدني دائما\nالموسيقى الهادئة\nالمشي مع الكلب\nصلاة قصيرة",
        "friends",
        "friends\n" + "\n".join([LONG] * 4),
    ],
)
@pytest.mark.parametrize("section", [*SEVEN])
def test_a_read_back_is_two_segments_at_most_and_counts_what_it_leaves_out(
    section: SectionId, answer: str
) -> None:
    robin = in_section(section)
    robin.says(answer)
    assert segments(as_sent(robin.replies[-1])) <= 2, robin.keys
    robin.says("back", "next", "back")

    assert segments(as_sent(robin.replies[-1])) <= 2, robin.keys


def test_the_words_around_lines_are_no_longer_than_was_allowed_for() -> None:
    longest = max((section.title for section in sections().by_id.values()), key=len)
    literal = max((s.literal_title for s in sections().by_id.values()), key=len)
    title = max(longest, literal, key=len)
    for key, most in WORDS_AROUND_LINES.items():
        usual = WORDS.render(Say(key, {"title": title, "lines": ""}), Channel.SMS)
        exact = key.replace("plan.", "plan.literal_")
        for way in (
            *WORDS.variations(key, Channel.SMS),
            *WORDS.variations(exact, Channel.SMS),
        ):
            said = replace(usual, text=fill(way.text, usual.values))
            assert len(as_sent(said)) <= most, (key, way.text)


@pytest.mark.parametrize(
    "insult",
    [
        "ur useless mate",
        "you dont get it do you",
        "ur so annoying",
        "u r shit at this",
        "this is shit",
        "you useless bot",
        "omg youre so thick",
        "fuck you",
    ],
)
@pytest.mark.parametrize(
    "section",
    [
        SectionId.GETTING_THROUGH,
        SectionId.MAKING_SAFER,
        SectionId.PEOPLE_TO_SUPPORT,
        SectionId.PEOPLE_TO_TALK_TO,
    ],
)
def test_an_insult_to_the_bot_is_no_line_with_rasa_or_without(
    section: SectionId, insult: str
) -> None:
    robin = in_section(section).says(insult)
    robin.says(insult, intent="swearing_at_bot")

    assert robin.words_in_plan() == []
    assert robin.keys == ["plan.fed_up", f"plan.ask_{section.value}"]
    assert robin.plan.open_section is section


@pytest.mark.parametrize(
    "line",
    [
        "that stupid song by lewis",
        "shit films with my brother",
        "your song by elton john",
        "stupid videos",
        "shout into a pillow, fuck everything playlist",
        "annoying my sister",
        "this playlist",
        "useless facts podcast",
    ],
)
def test_strong_words_in_a_line_are_still_a_line(line: str) -> None:
    robin = Texting().starts().says("yes")
    robin.says(line, intent="swearing_at_bot")

    assert ", ".join(robin.words_in_plan()) == line
