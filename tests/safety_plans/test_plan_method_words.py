"""What names a way of coming to harm stays in the plan and comes back nowhere."""

from pathlib import Path
from typing import Any

import pytest
from kept_in_memory import KeptInMemory
from plan_services import ROBIN, TWO_IN_THE_MORNING
from test_plan_building import in_section
from texting import WORDS, Texting, as_sent

from bot.turns.safety_plan import plan_words, what_helps, who_to_ring
from bot.turns.safety_plan_versions import version_shown
from foundations.content import from_yaml
from foundations.saying import Channel, Say
from safety_plans import editing
from safety_plans.plan import SafetyPlan, SectionId
from safety_plans.privacy import names_a_way_of_harm
from safety_plans.rendering import render
from safety_plans.sharing import NothingToShare, preview

SET: list[dict[str, Any]] = from_yaml(
    Path(__file__).with_name("method_words.yml").read_text(encoding="utf-8")
)
BY_LINE = {row["line"]: row["never"] for row in SET}


def leaked(text: str, line: str) -> list[str]:
    return [word for word in BY_LINE[line] if word.casefold() in text.casefold()]


def said(says: tuple[Say, ...], channel: Channel) -> str:
    return "\n".join(as_sent(WORDS.render(say, channel)) for say in says)


def plan_of_all_lines() -> tuple[KeptInMemory, SafetyPlan]:
    history = KeptInMemory()
    for section in SectionId:
        editing.add_lines(history, ROBIN, section, BY_LINE, now=TWO_IN_THE_MORNING)
    editing.rename_plan(history, ROBIN, SET[0]["line"], now=TWO_IN_THE_MORNING)
    return history, history.plan(ROBIN)


@pytest.mark.parametrize("line", BY_LINE)
def test_every_line_of_the_set_is_known_for_what_it_may_be(line: str) -> None:
    assert names_a_way_of_harm(line)


@pytest.mark.parametrize("line", BY_LINE)
@pytest.mark.parametrize(
    "section",
    [SectionId.GETTING_THROUGH, SectionId.MAKING_SAFER, SectionId.PEOPLE_TO_TALK_TO],
)
def test_nothing_said_while_building_repeats_it(section: SectionId, line: str) -> None:
    robin = in_section(section)
    robin.says(line, "show my plan", "what's this for?", "back", "next", "pause")
    web = Texting(history=robin.history, channel=Channel.WEB).starts().says("yes")

    text = "\n".join(as_sent(reply) for reply in (*robin.sent, *web.sent))
    assert line in robin.words_in_plan()
    assert leaked(text, line) == []


@pytest.mark.parametrize("channel", list(Channel))
def test_no_command_and_no_old_version_repeats_any(channel: Channel) -> None:
    history, plan = plan_of_all_lines()
    commands = ["PLAN", "PLAN ALL", *(f"PLAN {n}" for n in range(1, 10))]
    says = [
        say
        for command in commands
        for asks in (False, True)
        for say in plan_words(command, plan, channel, asks_if_it_fits=asks)
    ]
    says += [*what_helps(plan), *who_to_ring(plan)]
    for version in plan.versions:
        changes = history.changes(ROBIN)
        says += version_shown(f"plan version {version.number}", changes)

    text = said(tuple(says), channel)

    assert "kept private" in text
    assert {line: leaked(text, line) for line in BY_LINE if leaked(text, line)} == {}


@pytest.mark.parametrize("section", list(SectionId))
def test_no_share_holds_any(section: SectionId) -> None:
    _, plan = plan_of_all_lines()

    with pytest.raises(NothingToShare):
        preview(plan, recipient="Nan", chosen=[section], now=TWO_IN_THE_MORNING)


def test_their_own_page_has_every_one_of_them() -> None:
    _, plan = plan_of_all_lines()
    (own, *_) = render(plan).sections

    # A page shows a line on one row; the words are theirs.
    assert [line.words for line in own.lines] == list(BY_LINE)


@pytest.mark.parametrize(
    "line",
    [
        "hanging out with Jaz",
        "meditation app",
        "cut up fruit for smoothies",
        "sit at the kitchen table",
        "medical dramas",
        "my sister",
        "go to nans on the bus",
    ],
)
def test_an_everyday_line_is_not_taken_for_one(line: str) -> None:
    assert not names_a_way_of_harm(line)
