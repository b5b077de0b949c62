"""What every text must be: safe, plain, short enough for a phone, and reviewed."""

import re
from pathlib import Path

import pytest

from bot.lint import never_said, problems, reading, room, wording
from bot.words import DOMAIN, Variation, Words
from foundations.content import read_yaml
from foundations.saying import Channel
from tests.for_each import for_each

REVIEWS = DOMAIN.parent / "reviews.yml"
WORDS = Words.load()
KEYS = sorted(WORDS.by_key)


@for_each(KEYS)
def test_a_text_keeps_every_rule(key: str) -> None:
    assert list(problems(WORDS, key)) == []


BREAKS = [
    ("harmful wording", "He committed suicide."),
    ("exclamation mark", "Well done!"),
    ("method words", "Put the knife away."),
    ("scores", "You are at risk."),
    ("promises", "You'll be fine."),
    ("toxic cheer", "Chin up."),
    ("therapy voice", "I hear you."),
    ("claims to feel", "I'm worried about you."),
    ("stigma", "She is crazy."),
    ("judgement", "Don't do anything stupid."),
    ("claims to treat", "This is clinically proven."),
    ("phone digits", "Ring 0800."),
    ("web addresses", "See www.example.org."),
    ("american spelling", "Talk to your mom."),
    ("shortened latin", "A friend, e.g. Sam."),
    ("a word that the networks keep", "Text HELP for more."),
]


@pytest.mark.parametrize(("rule", "text"), BREAKS)
def test_each_rule_finds_what_it_is_for(rule: str, text: str) -> None:
    assert rule in set(wording(Variation(text, None)))


def test_no_rule_is_without_an_example() -> None:
    assert {rule for rule, _ in BREAKS} == set(never_said())


@pytest.mark.parametrize(
    "text",
    [
        "notwithstanding organisational interdependencies " * 5,
        "We can " + "talk and " * 20 + "go.",
    ],
)
def test_a_text_that_is_hard_to_read_is_found(text: str) -> None:
    assert list(reading(Variation(text, None)))


@pytest.mark.parametrize("text", ["\u201cHi\u201d", "word " * 70])
def test_a_text_that_costs_too_much_is_found(text: str) -> None:
    assert list(room(Variation(text, None)))


@for_each(KEYS)
def test_every_way_to_say_something_offers_the_same_choices(key: str) -> None:
    for channel in Channel:
        offered = {
            tuple(choice.value for choice in said.choices)
            for said in WORDS.variations(key, channel)
        }

        assert len(offered) == 1


@for_each(KEYS)
def test_a_choice_can_be_pressed_and_listed(key: str) -> None:
    for said in WORDS.by_key[key]:
        labels = [choice.label for choice in said.choices]

        assert len(labels) <= 6
        assert len(set(labels)) == len(labels)
        assert all(len(label) <= 40 and not label[0].isdigit() for label in labels)


def test_every_file_of_words_says_who_reviewed_it() -> None:
    reviews = read_yaml(REVIEWS)
    with_words = {
        file.name for file in DOMAIN.glob("*.yml") if read_yaml(file).get("responses")
    }

    assert set(reviews["files"]) == with_words
    for name, review in reviews["files"].items():
        assert set(review) == {"reviewed_by", "review_date"}, name
        nobody_yet = review["reviewed_by"] == "not reviewed"
        assert nobody_yet == (review["review_date"] is None), name


def test_the_first_words_say_it_is_a_bot_and_what_is_kept_and_who_sees() -> None:
    first = " ".join(
        WORDS.by_key[key][0].text
        for key in ("welcome.who_i_am", "welcome.what_i_keep", "welcome.who_sees")
    )

    for told in ("bot", "not a person", "keep", "delete", "unless you say yes"):
        assert told in first
        assert told in WORDS.by_key["welcome.sms"][0].text.lower().replace(
            "wipe", "delete"
        )


def test_no_words_are_written_in_the_code_beside_them() -> None:
    sentence = re.compile(r'"[A-Z][a-z]+ [a-z\' ]+[.?]"')
    bot = Path(DOMAIN).parent
    found = [
        f"{file.name}: {line.strip()}"
        for file in [*bot.glob("actions/*.py"), *bot.glob("turns/*.py")]
        for line in file.read_text(encoding="utf-8").splitlines()
        if sentence.search(line) and '"""' not in line and "raise " not in line
    ]

    assert found == []
