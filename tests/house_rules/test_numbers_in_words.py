"""Phone numbers live in the pinned set and the service records, and nowhere else."""

import re

import pytest

from signposting.retired import load_retired_numbers
from tests.house_rules.tree import PACKAGES, files, text, text_files

DIGITS = re.compile(r"\d[\d ]{2,}\d|\b\d{3}\b")
"""Three digits or more: the shortest number there is, 999, has three."""
WRITTEN_TO_US = r"\b(?:999|911|112)\b"
"""What young people write when they called for help: heard there, and never said."""
WRITTEN_FOR_PEOPLE = ("words.yml", "crisis_card.yml", "carrier_words.yml")
NAMES_THEM = ("retired_numbers.yml", "test_retired", "retired")
MARKUP = re.compile(r"\{[{%].*?[%}]\}|&#\d+;|maxlength=\"\d+\"|^\s*#.*|\s#\s.*")


def test_no_digits_of_a_phone_number_are_in_the_words() -> None:
    found = [
        f"{path}:{number}: {line.strip()}"
        for path in files(".yml", ".html")
        if path.match("bot/domain/*.yml")
        or path.name in WRITTEN_FOR_PEOPLE
        or path.parent.name == "templates"
        for number, line in enumerate(text(path).splitlines(), start=1)
        if DIGITS.search(without_markup(line))
    ]

    assert found == []


def without_markup(line: str) -> str:
    return MARKUP.sub("", line)


@pytest.mark.parametrize(
    ("file", "may_hold"), [("replies.yml", r"$^"), ("aftercare.yml", WRITTEN_TO_US)]
)
def test_crisis_replies_name_numbers_by_key_and_hold_none(
    file: str, may_hold: str
) -> None:
    found = [
        f"{path}:{number}: {line.strip()}"
        for path in (*files(".yml", below="escalation"),)
        if path.name == file
        for number, line in enumerate(text(path).splitlines(), start=1)
        if DIGITS.search(re.sub(may_hold, "", line.partition("#")[0]))
        and "review_date" not in line
    ]

    assert found == []


def test_no_retired_number_is_anywhere() -> None:
    retired = load_retired_numbers()
    found = [
        f"{path}: {number}"
        for path in text_files()
        if not path.name.startswith(NAMES_THEM)
        and (path.parts[0] in (*PACKAGES, "deploy", "docs") or len(path.parts) == 1)
        for number in retired.found_in(text(path))
    ]

    assert found == []
