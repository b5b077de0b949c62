"""Whoever asked for exact words gets them for everything, but for a reasoned few."""

from dataclasses import replace
from fnmatch import fnmatchcase

import pytest

from bot.gaps import gaps_in
from bot.languages import EXACT, Hearer, Languages
from bot.lint import room
from bot.words import Words
from foundations.saying import Channel, Say
from tests.for_each import for_each

ENGLISH = Words.load()
LANGUAGES = Languages.load(ENGLISH)
SAYS_THEY_ARE_ON = "plan.literal_on"
EXACTLY = sorted(
    key for key in ENGLISH.by_key if f".{EXACT}" in key and key != SAYS_THEY_ARE_ON
)
SAID_BY_NAME = "plan.literal_ask_"
"""The plan asks these by their own key; all others stand in for a usual one."""
STANDING_IN = [
    key
    for key in EXACTLY
    if not key.startswith(SAID_BY_NAME) or key == "plan.literal_ask_more"
]

WITHOUT = {
    "said before exact words can be asked for": (
        "welcome.link_*",
        "welcome.sms",
        "welcome.sms_before_plan",
        "welcome.what_i_keep",
        "welcome.who_i_am",
        "welcome.who_sees",
    ),
    "said when nothing is known of them any more": ("forgetting.done",),
    "what networks need, the same each time": (
        "carrier.started",
        "carrier.stopped",
        "carrier.stopped_for_good",
        "carrier.stopped_waiting",
    ),
    "the notice: one text, for everybody, and a page of its own": (
        "notice.by_text",
        "notice.how_long",
        "notice.not_passed_on",
        "notice.passed_on",
        "notice.texts",
        "notice.w*",
        "notice.yours",
    ),
    "what they say themselves, not what we say": ("meaning.*",),
    "exactly what is shared, or a piece of the preview of it": (
        "handover.answer_from",
        "handover.item_*",
        "handover.with_next",
    ),
    "only facts, or their own words": (
        "own_data.kept",
        "plan.first_part*",
        "plan.its_name",
        "plan.part",
        "plan.what_for",
        "plan.whole",
        "signposting.about_cost",
        "signposting.about_wait",
        "signposting.choice",
        "signposting.expect_more",
        "signposting.what_to_expect",
    ),
    "worded once, and exact already": (
        "joining.nothing_joined",
        "joining.unjoin_by_text",
        "own_data.wipe",
        SAYS_THEY_ARE_ON,
        "plan.share_ended",
        "plan.share_no_such",
        "plan.shared_with_nobody",
        "plan.usual_on",
        "plan.version_was_empty",
        "signposting.already_in_plan",
        "signposting.and_a_plan",
        "signposting.cannot_remind",
        "signposting.no_reminders",
        "signposting.none_set",
        "signposting.one_*",
        "texting.any_time",
        "texting.plan_again",
        "texting.too_fast",
    ),
}
"""What has no exact words of its own, by why."""


def exactly(key: str) -> str:
    feature, _, name = key.partition(".")
    return f"{feature}.{EXACT}{name}"


USUAL = sorted(key for key in ENGLISH.by_key if key not in EXACTLY)
PATTERNS = [pattern for group in WITHOUT.values() for pattern in group]


@for_each(USUAL)
def test_a_response_has_exact_words_or_a_reason_to_have_none(key: str) -> None:
    without = any(fnmatchcase(key, pattern) for pattern in PATTERNS)

    assert (exactly(key) in ENGLISH.by_key) != without


@for_each(PATTERNS)
def test_a_reason_stands_for_a_response_that_is_there(pattern: str) -> None:
    assert any(fnmatchcase(key, pattern) for key in USUAL)


@for_each(EXACTLY)
def test_exact_words_say_what_a_usual_response_says(key: str) -> None:
    assert key.replace(EXACT, "", 1) in ENGLISH.by_key
    assert all(len(ENGLISH.variations(key, channel)) == 1 for channel in Channel)


@for_each(STANDING_IN)
def test_exact_words_fill_the_same_gaps_and_fit_a_text_with_its_choices(
    key: str,
) -> None:
    for channel in Channel:
        (exact,) = ENGLISH.variations(key, channel)
        (said, *_) = ENGLISH.variations(key.replace(EXACT, "", 1), channel)

        assert gaps_in(exact.text) == gaps_in(said.text)
        if channel is Channel.SMS:
            assert list(room(replace(exact, choices=said.choices))) == []


@for_each(key for key in EXACTLY if not key.startswith("plan."))
def test_exact_words_outside_the_plan_show_the_same_choices(key: str) -> None:
    for channel in Channel:
        (exact,) = ENGLISH.variations(key, channel)
        (said, *_) = ENGLISH.variations(key.replace(EXACT, "", 1), channel)

        assert exact.choices == said.choices


@pytest.mark.parametrize("channel", list(Channel))
@pytest.mark.parametrize(
    "key",
    ["feelings.hard_time", "plan.permission", "menu.main", "about.delete_my_data"],
)
def test_whoever_asked_for_exact_words_gets_them(key: str, channel: Channel) -> None:
    usual = ENGLISH.render(Say(key), channel)

    (said,) = LANGUAGES.say((usual,), somebody(channel, exact=True))

    assert said.text == ENGLISH.render(Say(exactly(key)), channel).text
    assert (said.key, said.choices) == (usual.key, usual.choices)
    assert LANGUAGES.say((usual,), somebody(channel)) == (usual,)


@pytest.mark.parametrize("channel", list(Channel))
def test_what_would_be_shared_stands_in_the_exact_preview_word_for_word(
    channel: Channel,
) -> None:
    values = {gap: f"<{gap}>" for gap in ENGLISH.gaps("handover.preview")}
    values["preview"] = "What you would like help with: sleep\nFrom your plan: my nan"
    usual = ENGLISH.render(Say("handover.preview", values), channel)

    (said,) = LANGUAGES.say((usual,), somebody(channel, exact=True))

    assert said.text != usual.text
    assert values["preview"] in said.text


def somebody(channel: Channel, *, exact: bool = False) -> Hearer:
    return Hearer(channel, None, lambda _: None, lambda: exact)
