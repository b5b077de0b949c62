"""What every text must be: safe, plain, short enough for a phone, and reviewed."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import textstat
import yaml

from bot.words import DOMAIN, Variation, Words
from foundations.gsm7 import encoding, segments
from foundations.saying import Channel

REVIEWS = DOMAIN.parent / "reviews.yml"
WORDS = Words.load()
KEYS = sorted(WORDS.by_key)
GAP = re.compile(r"\{[a-z_]+\}")

# A text of two parts, and a third at most once the choices are listed below it.
MOST_PARTS = 2
MOST_PARTS_WITH_CHOICES = 3
# Years of school plus five. The index counts letters, words and sentences, and needs
# no dictionary; single texts are short, so it is a ceiling and not a mark.
OLDEST_READER = 11
TOO_SHORT_TO_MEASURE = 12

NEVER = {
    "harmful wording": r"\bcommit(?:ted|s|ting)?\b.{0,12}suicide"
    r"|\bfailed (?:attempt|suicide)|successful suicide|attention.?seek",
    "exclamation mark": r"!",
    "method words": r"\b(?:overdos\w*|hang(?:ing|ed)?|ligature|razor|blade|knife|pills?"
    r"|tablets?|paracetamol|noose|bridge|jump(?:ed|ing)?|cutting|burning)\b",
    "scores": r"\b(?:high|medium|low)[- ]risk\b|\brisk (?:score|level)|\bseverity\b",
    "promises": r"\b(?:i promise|we promise|guarantee|you will be (?:fine|ok|okay)"
    r"|everything will be|it will (?:all )?be (?:fine|ok|okay))\b",
    "toxic cheer": r"\b(?:cheer up|look on the bright side|good vibes|stay positive"
    r"|man up|could be worse|at least you)\b",
    "therapy voice": r"\b(?:i hear you|hold space|i'm hearing|valid(?:ate)? your)\b",
    "stigma": r"\b(?:crazy|mental(?:ly ill)? person|psycho|addict|normal people)\b",
    "phone digits": r"\d{3,}",
}


def every_variation() -> Iterator[tuple[str, Variation]]:
    for key in KEYS:
        for variation in WORDS.by_key[key]:
            yield key, variation


def all_text(variation: Variation) -> str:
    labels = " ".join(choice.label for choice in variation.choices)
    return f"{variation.text}\n{labels}"


@pytest.mark.parametrize("rule", NEVER)
def test_no_text_holds_what_must_never_be_said(rule: str) -> None:
    wrong = re.compile(NEVER[rule], re.IGNORECASE)
    found = [key for key, said in every_variation() if wrong.search(all_text(said))]

    assert found == []


@pytest.mark.parametrize("key", KEYS)
def test_a_text_message_is_plain_gsm_7_and_short(key: str) -> None:
    for said in WORDS.variations(key, Channel.SMS):
        text = GAP.sub("x" * 12, said.text)
        listed = [f"{n} {each.label}" for n, each in enumerate(said.choices, 1)]

        assert encoding("\n".join([text, *listed])) == "GSM-7"
        assert segments(text) <= MOST_PARTS
        assert segments("\n".join([text, *listed])) <= MOST_PARTS_WITH_CHOICES


@pytest.mark.parametrize("key", KEYS)
def test_a_ten_year_old_can_read_it(key: str) -> None:
    for said in WORDS.by_key[key]:
        text = re.sub(r"\n+", ". ", GAP.sub("it", said.text))
        if textstat.lexicon_count(text) >= TOO_SHORT_TO_MEASURE:
            assert textstat.automated_readability_index(text) + 5 <= OLDEST_READER, text


@pytest.mark.parametrize("key", KEYS)
def test_every_way_to_say_something_offers_the_same_choices(key: str) -> None:
    for channel in Channel:
        offered = {
            tuple(choice.value for choice in said.choices)
            for said in WORDS.variations(key, channel)
        }

        assert len(offered) == 1


@pytest.mark.parametrize("key", KEYS)
def test_a_choice_can_be_pressed_and_listed(key: str) -> None:
    for said in WORDS.by_key[key]:
        labels = [choice.label for choice in said.choices]

        assert len(labels) <= 6
        assert len(set(labels)) == len(labels)
        assert all(len(label) <= 40 and not label[0].isdigit() for label in labels)


def test_every_file_of_words_says_who_reviewed_it() -> None:
    reviews = yaml.safe_load(REVIEWS.read_text(encoding="utf-8"))
    with_words = {
        file.name
        for file in DOMAIN.glob("*.yml")
        if yaml.safe_load(file.read_text(encoding="utf-8")).get("responses")
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
