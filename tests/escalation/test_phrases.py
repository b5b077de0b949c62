"""Every phrase keeps its own examples, and a phrase file that is wrong says where."""

from pathlib import Path

import pytest
import yaml

from escalation.coverage import matched
from escalation.grammar import PhraseError
from escalation.phrasebook import Phrase, load
from escalation.routes import Route
from escalation.screening import screen
from tests.for_each import for_each

PHRASES = load().phrases
MUST = [(p, text) for p in PHRASES for text in p.must_match]
MUST_NOT = [(p, text) for p in PHRASES for text in p.must_not_match]


@for_each(MUST)
def test_a_phrase_matches_what_it_must(phrase: Phrase, text: str) -> None:
    assert phrase.id in matched(text)


@for_each(MUST_NOT)
def test_a_phrase_leaves_alone_what_it_must_not_match(
    phrase: Phrase, text: str
) -> None:
    assert phrase.id not in matched(text)


@for_each(m for m in MUST if m[0].route is not Route.NONE)
def test_an_example_of_a_crisis_route_never_ends_in_none(
    phrase: Phrase, text: str
) -> None:
    assert screen(text).route is not Route.NONE


FOUND_BEFORE = Path(__file__).parent / "found_before.txt"


@for_each(FOUND_BEFORE.read_text(encoding="utf-8").splitlines())
def test_what_was_found_once_goes_on_being_found(text: str) -> None:
    assert screen(text).route is not Route.NONE


LEFT_ALONE = Path(__file__).parent / "left_alone.txt"


@for_each(LEFT_ALONE.read_text(encoding="utf-8").splitlines())
def test_ordinary_words_that_stand_near_a_crisis_are_left_alone(text: str) -> None:
    assert screen(text).route is Route.NONE


def test_every_phrase_has_both_kinds_of_example() -> None:
    assert [p.id for p in PHRASES if not (p.must_match and p.must_not_match)] == []


def test_every_phrase_is_marked_as_not_reviewed_until_a_clinician_signs_it() -> None:
    for phrase in PHRASES:
        assert phrase.reviewed_by == "not reviewed" or phrase.review_date


def entry(**changes: object) -> dict[str, object]:
    return {
        "id": "suicide.new",
        "why": "A new way of saying it.",
        "reviewed_by": "not reviewed",
        "patterns": ["purple turnips"],
        **changes,
    }


def a_book_of(folder: Path, *entries: dict[str, object]) -> Path:
    """The smallest whole book: every route has a theme, and all but one are empty."""
    write(folder / "words" / "vegetables.yml", "veg: [turnips]\n")
    for route in Route:
        kept = list(entries) if route is Route.SUICIDE else []
        write(folder / route.value / "plainly.yml", yaml.safe_dump(kept))
    return folder


def write(file: Path, told: str) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(told, encoding="utf-8")


def test_a_phrase_is_added_without_any_python(tmp_path: Path) -> None:
    (phrase,) = load(a_book_of(tmp_path, entry())).phrases
    assert (phrase.id, phrase.theme) == ("suicide.new", "plainly")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"patterns": ["{no_such_class} turnips"]}, "no_such_class"),
        ({"patterns": ["..3"]}, "every message"),
        ({"patterns": ["half-way"]}, "cannot read"),
        ({"patterns": "turnips"}, "not a list"),
        ({"unless_wibble": ["x"]}, "unless_wibble"),
        ({"id": "suicide.named"}, "used twice"),
    ],
)
def test_a_wrong_phrase_names_its_file_or_id_and_what_is_wrong(
    tmp_path: Path, changes: dict[str, object], says: str
) -> None:
    with pytest.raises(PhraseError) as raised:
        load(a_book_of(tmp_path, entry(id="suicide.named"), entry(**changes)))
    assert says in str(raised.value)
    assert "suicide." in str(raised.value)


def test_a_wrong_phrase_names_the_folder_and_the_file_it_stands_in(
    tmp_path: Path,
) -> None:
    with pytest.raises(PhraseError, match=r"^suicide/plainly\.yml: suicide\.new: "):
        load(a_book_of(tmp_path, entry(patterns=["half-way"])))


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("veg: [leeks]\n", r"already defined in words/"),
        ("more: [a ..2 b]\n", r"words/suicide/more\.yml: a member may not hold a gap"),
        ("more: ['{none}']\n", r"words/suicide/more\.yml: there is no class \{none\}"),
        ("- leeks\n", r"words/suicide/more\.yml: expected named lists"),
    ],
)
def test_wrong_words_name_the_folder_and_the_file_they_stand_in(
    tmp_path: Path, words: str, says: str
) -> None:
    write(a_book_of(tmp_path) / "words" / "suicide" / "more.yml", words)
    with pytest.raises(PhraseError, match=says):
        load(tmp_path)


def test_a_route_without_phrases_is_named(tmp_path: Path) -> None:
    (a_book_of(tmp_path) / "self_harm" / "plainly.yml").unlink()
    with pytest.raises(PhraseError, match="self_harm"):
        load(tmp_path)


@pytest.mark.parametrize(
    "place", ["suicide_more.yml", "suicidal/more.yml", "suicide/deeper/more.yml"]
)
def test_a_file_that_is_read_for_no_route_stops_the_start(
    tmp_path: Path, place: str
) -> None:
    """Its phrases would be silent, and nobody would know."""
    write(a_book_of(tmp_path) / place, yaml.safe_dump([entry()]))
    with pytest.raises(PhraseError, match=place):
        load(tmp_path)
