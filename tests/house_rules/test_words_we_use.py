"""Names and texts keep to the words of the glossary (words.yml is the list)."""

import re
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from foundations.content import read_yaml
from storage.tables.core import metadata
from tests.house_rules.names import Found, classes, log_texts, names_given, parts
from tests.house_rules.tree import PACKAGES, files, text

HERE = Path(__file__).parent
WORDS: dict[str, Any] = read_yaml(HERE / "words.yml")
SHOWN = (".yml", ".html", ".xml", ".json", ".js")
LABELLED = "tests/escalation/sets"
HEARD = (
    "escalation/phrases",
    "bot/data",
    "bot/never_said.yml",
    "bot/second_look.json",
)
"""What young people may write, and what a lint forbids: never said by us."""


@cache
def banned() -> re.Pattern[str]:
    words = [word for line in WORDS["never"] for word in line.split(", ")]
    return re.compile(f"_({'|'.join(words)})(?=_)")


def is_allowed(found: Found) -> bool:
    return any(
        re.fullmatch(entry["name"], found.what)
        and fnmatch(str(found.path), entry["where"])
        for entry in WORDS["allowed"]
    )


@cache
def everything_named() -> tuple[Found, ...]:
    return tuple(_everything_named())


def _everything_named() -> Iterator[Found]:
    for path in files(".py"):
        yield from names_given(path)
        yield from log_texts(path)
    for path in files():
        if not str(path).startswith(LABELLED):
            yield Found(path, 0, str(path))


def test_no_name_and_no_log_text_uses_a_banned_word() -> None:
    found = [
        str(one)
        for one in everything_named()
        if banned().search(parts(one.what)) and not is_allowed(one)
    ]

    assert found == []


def test_no_table_and_no_column_has_room_for_a_score_or_a_level() -> None:
    names = [
        name
        for table in metadata.sorted_tables
        for name in (table.name, *(f"{table.name}.{c.name}" for c in table.columns))
    ]

    assert len(names) > 100
    assert [name for name in names if banned().search(parts(name))] == []


def test_no_class_and_no_file_is_named_by_a_bare_word_that_says_nothing() -> None:
    bare = set(WORDS["never_alone"])
    found = [str(path) for path in files(".py") if path.stem in bare]
    found += [
        str(one)
        for path in files(".py")
        for one in classes(path)
        if one.what.lower() in bare
    ]

    assert found == []


def test_no_text_that_is_shown_holds_what_must_never_be_said() -> None:
    never = re.compile("|".join(WORDS["never_said"]), re.IGNORECASE)
    found = [
        f"{path}: {hit.group()}"
        for path in files(*SHOWN)
        if path.parts[0] in (*PACKAGES, "deploy") and not str(path).startswith(HEARD)
        for hit in never.finditer(text(path))
    ]

    assert found == []


@pytest.mark.parametrize("entry", WORDS["allowed"], ids=lambda entry: entry["name"])
def test_every_exception_has_a_reason_and_is_still_needed(
    entry: dict[str, str],
) -> None:
    used = [
        one
        for one in everything_named()
        if re.fullmatch(entry["name"], one.what)
        and fnmatch(str(one.path), entry["where"])
        and banned().search(parts(one.what))
    ]

    assert entry["because"]
    assert used
