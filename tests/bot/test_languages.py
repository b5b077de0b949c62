"""Other languages hold the same keys, gaps and numbers as English, and fit a text."""

from dataclasses import replace

import pytest

from bot.gaps import gaps_in
from bot.languages import Hearer, Languages
from bot.lint import room, wording
from bot.words import Words
from foundations.content import read_yaml
from foundations.saying import Again, Channel, Choice, Reply, Say
from signposting.phrases import WORDS
from tests.for_each import for_each

ENGLISH = Words.load()
LANGUAGES = Languages.load(ENGLISH)
WELSH = LANGUAGES.others["cy"]
KEYS = sorted(WELSH.words.by_key)


def somebody(
    language: str | None,
    channel: Channel = Channel.WEB,
    before: str | None = None,
    *,
    exact: bool = False,
) -> Hearer:
    return Hearer(channel, language, lambda _: before, lambda: exact)


@for_each(KEYS)
def test_a_text_has_an_english_one_and_only_its_gaps(key: str) -> None:
    assert key in ENGLISH.by_key
    for channel in Channel:
        (said, *_) = WELSH.words.variations(key, channel)

        assert gaps_in(said.text) <= ENGLISH.gaps(key)


@for_each(KEYS)
def test_a_text_fits_a_phone_and_keeps_the_rules_of_words(key: str) -> None:
    for said in WELSH.words.by_key[key]:
        assert list(wording(said)) == []
    for said in WELSH.words.variations(key, Channel.SMS):
        assert list(room(said)) == []


def test_letters_that_texts_do_not_have_are_counted_for_what_they_cost() -> None:
    whole = "Mae'r tŷ ar y bryn. " * 4

    assert list(room(Words.of(one(whole)).by_key["made.up"][0])) == [
        "a letter that halves the room of a text"
    ]


def one(text: str) -> dict[str, list[dict[str, str]]]:
    return {"utter_made.up": [{"text": text}]}


@for_each(KEYS)
def test_every_choice_beside_these_words_has_a_label(key: str) -> None:
    for said in ENGLISH.by_key[key]:
        for choice in said.choices:
            assert choice.label in WELSH.labels


def test_every_choice_beside_a_service_has_a_label() -> None:
    written = read_yaml(WORDS)
    choices = {k: v for k, v in written["choices"].items() if not k.startswith("ask_")}

    assert set(choices.values()) <= set(WELSH.labels)
    assert set(written["reports"].values()) <= set(WELSH.labels)


@pytest.mark.parametrize("channel", list(Channel))
def test_a_reply_is_said_again_with_its_values_and_the_same_choices(
    channel: Channel,
) -> None:
    values = {"title": "People around me", "lines": "my nan\nUncle {x}"}
    english = ENGLISH.render(Say("plan.check", values), channel)

    (said,) = LANGUAGES.say((english,), somebody("cy", channel))

    assert "my nan\nUncle {x}" in said.text
    assert "People around me" not in said.text
    assert [c.value for c in said.choices] == [c.value for c in english.choices]
    assert said.choices[0] == Choice("Ie, nesaf", "yes")


def test_what_nobody_wrote_yet_stays_english() -> None:
    reply = ENGLISH.render(Say("plan.its_name", {"name": "Sunny"}), Channel.WEB)
    no_values = Reply("plan.check", "Right?")

    for code in ("cy", "fr", None):
        said = LANGUAGES.say((reply, no_values), somebody(code))
        assert said == (reply, no_values)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Cynllun", "plan"),
        ("NÔL", "back"),
        ("Yn agos i fi", "near me"),
        ("my nan", "my nan"),
    ],
)
def test_words_are_known_in_the_language_that_was_chosen(
    typed: str, meant: str
) -> None:
    assert LANGUAGES.meant("cy", typed) == meant
    assert LANGUAGES.meant(None, typed) == typed


@pytest.mark.parametrize(
    ("typed", "code"),
    [("Cymraeg", "cy"), ("in Welsh?", "cy"), ("ENGLISH", "en"), ("welsh cakes", None)],
)
def test_a_whole_message_chooses(typed: str, code: str | None) -> None:
    assert LANGUAGES.asked_for(typed) == code


def test_the_same_is_not_said_in_the_same_words_twice_in_a_row() -> None:
    once = ENGLISH.render(Say("welcome.thanks"), Channel.WEB)

    (first,) = LANGUAGES.say((once,), somebody(None))
    (second,) = LANGUAGES.say((once,), somebody(None, before=first.text))

    assert first == once
    assert second.text != first.text
    assert second.choices == first.choices


def test_what_is_asked_for_word_for_word_comes_as_it_was_said() -> None:
    said = Reply("welcome.thanks", "As it was said.", again=Again.SAME_WORDS)

    assert LANGUAGES.say((said,), somebody("cy")) == (said,)
    assert LANGUAGES.say((said,), somebody(None)) == (said,)


def test_what_was_not_followed_comes_in_other_words_where_there_are_some() -> None:
    first = ENGLISH.render(Say("welcome.thanks"), Channel.WEB)
    asked = replace(first, again=Again.OTHER_WORDS)
    whole = Reply("plan.whole", "Your lines", again=Again.OTHER_WORDS)

    other, same = LANGUAGES.say((asked, whole), somebody(None, before=first.text))

    assert other.text != first.text
    assert same == whole


@pytest.mark.parametrize("channel", list(Channel))
def test_whoever_asked_for_exact_words_gets_them_outside_the_plan_too(
    channel: Channel,
) -> None:
    usual = ENGLISH.render(Say("feelings.hard_time"), channel)

    (said,) = LANGUAGES.say((usual,), somebody(None, channel, exact=True))

    assert said.text == ENGLISH.render(Say("feelings.literal_hard_time"), channel).text
    assert (said.key, said.choices) == (usual.key, usual.choices)
    assert LANGUAGES.say((usual,), somebody(None, channel)) == (usual,)
