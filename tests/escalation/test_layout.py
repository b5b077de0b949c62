"""The phrases lie by what they mean, and every file says what it holds."""

import re
from collections import defaultdict
from functools import cache
from pathlib import Path

from escalation.files import read_words
from escalation.phrasebook import FOLDER, WORDS, files_of, load
from escalation.routes import Route
from escalation.themes import table

ROOT = Path(__file__).parents[2]
CLASS = re.compile(r"\{([a-z][a-z0-9_]*)\}")
NAMED_IN_CODE = ["not", "kin", "harm_word"]
NAMED_IN_CODE += ["the_writer", "of_the_writer", "someone_named"]
FOR_EVERY_ROUTE = "every route"


def words_by_file() -> dict[Path, dict[str, list[str]]]:
    return {path: read_words(path) for path in sorted((FOLDER / WORDS).rglob("*.yml"))}


@cache
def used_by() -> dict[str, set[str]]:
    """Of which themes the phrases use a class, also by way of another class."""
    members = {
        name: found for one in words_by_file().values() for name, found in one.items()
    }
    used: dict[str, set[str]] = defaultdict(set)
    for name in NAMED_IN_CODE:
        used[name].add(FOR_EVERY_ROUTE)
    for phrase in load().phrases:
        for name in CLASS.findall("\n".join(phrase.patterns + phrase.guards())):
            used[name].add(f"{phrase.route.value}/{phrase.theme}")
    waiting = list(used)
    while waiting:
        name = waiting.pop()
        for inner in CLASS.findall("\n".join(map(str, members[name]))):
            if used[name] - used[inner]:
                used[inner] |= used[name]
                waiting.append(inner)
    return used


def test_every_class_of_words_is_used() -> None:
    unused = [
        f"{path.relative_to(FOLDER)}: {name}"
        for path, classes in words_by_file().items()
        for name in classes
        if name not in used_by()
    ]

    assert unused == []


def test_words_beside_a_theme_are_used_by_that_theme_alone() -> None:
    """Whoever changes them changes nothing else: `shared.yml` is for several themes."""
    elsewhere = [
        f"{path.relative_to(FOLDER)}: {name}: also used by {sorted(more)}"
        for path, classes in words_by_file().items()
        if path.parent.name != WORDS
        for name in classes
        if (more := {at for at in used_by()[name] if not is_beside(path, at)})
    ]

    assert elsewhere == []


def is_beside(path: Path, theme: str) -> bool:
    route, _, name = theme.partition("/")
    return route == path.parent.name and path.stem in ("shared", name)


def test_words_stand_beside_a_theme_that_there_is() -> None:
    for path in words_by_file():
        if path.parent.name != WORDS and path.stem != "shared":
            assert (FOLDER / path.parent.name / path.name).is_file(), path


def test_every_file_opens_with_a_line_or_two_on_what_it_holds() -> None:
    files = [path for route in Route for path in files_of(route)]
    for path in [*files, *words_by_file()]:
        said, _, _ = path.read_text(encoding="utf-8").partition("\n\n")
        lines = said.splitlines()

        assert len(lines) in (1, 2), path
        assert all(re.match(r"# [A-Z].*\.$", line) for line in lines), path


def test_what_an_opening_points_to_is_there() -> None:
    for route in Route:
        for path in files_of(route):
            opening, _, _ = path.read_text(encoding="utf-8").partition("\n\n")
            for named in re.findall(r"\b\w+(?:/\w+)?\.yml", opening):
                folder = FOLDER if "/" in named else path.parent
                assert (folder / named).is_file(), f"{path}: {named}"


def test_the_page_lists_the_themes_as_they_are() -> None:
    """`python -m escalation --themes` prints the table anew."""
    page = (ROOT / "docs" / "escalation.md").read_text(encoding="utf-8")

    assert table() in page
