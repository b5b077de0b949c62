"""Other languages hold the same keys, gaps and numbers as English, and fit a text."""

import pytest

from bot.gaps import gaps_in
from bot.languages import Languages
from bot.lint import room, wording
from bot.words import Words
from foundations.saying import Channel, Choice, Reply, Say

ENGLISH = Words.load()
LANGUAGES = Languages.load()
WELSH = LANGUAGES.others["cy"]
KEYS = sorted(WELSH.words.by_key)


@pytest.mark.parametrize("key", KEYS)
def test_a_text_has_an_english_one_and_only_its_gaps(key: str) -> None:
    assert key in ENGLISH.by_key
    for channel in Channel:
        (said, *_) = WELSH.words.variations(key, channel)

        assert gaps_in(said.text) <= ENGLISH.gaps(key)


@pytest.mark.parametrize("key", KEYS)
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


@pytest.mark.parametrize("key", KEYS)
def test_every_choice_beside_these_words_has_a_label(key: str) -> None:
    for said in ENGLISH.by_key[key]:
        for choice in said.choices:
            assert choice.label in WELSH.labels


@pytest.mark.parametrize("channel", list(Channel))
def test_a_reply_is_said_again_with_its_values_and_the_same_choices(
    channel: Channel,
) -> None:
    values = {"title": "People around me", "lines": "my nan\nUncle {x}"}
    english = ENGLISH.render(Say("plan.check", values), channel)

    (said,) = LANGUAGES.say("cy", (english,), channel)

    assert "my nan\nUncle {x}" in said.text
    assert "People around me" not in said.text
    assert [c.value for c in said.choices] == [c.value for c in english.choices]
    assert said.choices[0] == Choice("Ie, nesaf", "yes")


def test_what_nobody_wrote_yet_stays_english() -> None:
    reply = ENGLISH.render(Say("plan.kept"), Channel.WEB)
    no_values = Reply("plan.check", "Right?")

    assert LANGUAGES.say("cy", (reply, no_values), Channel.WEB) == (reply, no_values)
    assert LANGUAGES.say("fr", (reply,), Channel.WEB) == (reply,)
    assert LANGUAGES.say(None, (reply,), Channel.WEB) == (reply,)


@pytest.mark.parametrize(
    ("typed", "meant"), [("Cynllun", "plan"), ("NÔL", "back"), ("my nan", "my nan")]
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
