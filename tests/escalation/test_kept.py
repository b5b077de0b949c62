"""The phrasebook is laid out once, and what is kept is of these very files."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from escalation import kept, phrasebook
from escalation.grammar import PhraseError
from escalation.kept import laid_out, place_of
from escalation.normalise import words
from escalation.reading import Reader
from tests.escalation.test_phrases import a_book_of, entry, write

PEOPLE = "not: [not]\nthe_writer: [i]\nof_the_writer: [my]\nsomeone_named: [he]\n"
PEOPLE += "kin: [mum]\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The smallest book that can be read, where Python may keep what it made."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    write(tmp_path / "words" / "people.yml", PEOPLE)
    return a_book_of(tmp_path, entry())


@pytest.fixture
def times(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Which folders were read and laid out, in turn."""
    read: list[Path] = []

    def counted(folder: Path) -> phrasebook.Phrasebook:
        read.append(folder)
        return phrasebook.load(folder)

    monkeypatch.setattr(kept, "load", counted)
    return read


def finds(folder: Path, text: str) -> set[str]:
    _, reader = laid_out(folder)
    return {hit.phrase.id for hit in reader.read(words(text)).hits()}


def test_what_is_kept_finds_what_the_phrase_files_say(
    folder: Path, times: list[Path]
) -> None:
    whole = Path(shutil.copytree(phrasebook.FOLDER, folder / "whole"))
    shutil.rmtree(whole / "__pycache__", ignore_errors=True)
    book, anew = laid_out(whole)
    known, again = laid_out(whole)

    def found(reader: Reader, text: str) -> list[tuple[str, str, int, int]]:
        seen = reader.read(words(text))
        return [
            (one.phrase.id, one.pattern, one.start, one.end)
            for one in map(seen.spell_out, [*seen.hits(), *seen.look_alikes(80)])
        ]

    assert times == [whole]
    assert known.phrases == book.phrases
    assert again.guards == anew.guards
    for phrase in book.phrases:
        for text in (*phrase.must_match, *phrase.must_not_match):
            assert found(again, text) == found(anew, text)


def test_it_is_laid_out_once(folder: Path, times: list[Path]) -> None:
    for _ in range(3):
        assert finds(folder, "purple turnips") == {"suicide.new"}

    assert times == [folder]


def adds_a_pattern(folder: Path) -> None:
    a_book_of(folder, entry(patterns=["purple turnips", "green turnips"]))


def adds_a_file(folder: Path) -> None:
    told = (folder / "suicide" / "plainly.yml").read_text(encoding="utf-8")
    told = told.replace("purple", "green").replace("suicide.new", "suicide.more")
    write(folder / "suicide" / "more.yml", told)


def widens_a_class(folder: Path) -> None:
    a_book_of(folder, entry(patterns=["green {veg}"]))
    laid_out(folder)
    write(folder / "words" / "vegetables.yml", "veg: [turnips, leeks]\n")


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (adds_a_pattern, "green turnips"),
        (adds_a_file, "green turnips"),
        (widens_a_class, "green leeks"),
    ],
)
def test_a_change_of_the_phrases_is_read_at_the_next_start(
    folder: Path, change: Callable[[Path], None], text: str
) -> None:
    assert finds(folder, text) == set()
    change(folder)

    assert finds(folder, text)


def test_what_was_removed_is_found_no_more(folder: Path) -> None:
    adds_a_file(folder)
    assert finds(folder, "green turnips")
    (folder / "suicide" / "more.yml").unlink()

    assert finds(folder, "green turnips") == set()


def test_what_was_moved_to_another_theme_is_told_of_there(folder: Path) -> None:
    laid_out(folder)
    (folder / "suicide" / "plainly.yml").rename(folder / "suicide" / "moved.yml")
    book, _ = laid_out(folder)

    assert [phrase.theme for phrase in book.phrases] == ["moved"]


@pytest.mark.parametrize("what", ["code", "python", "yaml"])
def test_other_code_or_another_python_reads_for_itself(
    folder: Path,
    times: list[Path],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
    what: str,
) -> None:
    laid_out(folder)
    match what:
        case "code":
            code = Path(
                shutil.copytree(kept.CODE, tmp_path_factory.mktemp("code") / "c")
            )
            with (code / "needs.py").open("a", encoding="utf-8") as file:
                file.write("\n")
            monkeypatch.setattr(kept, "CODE", code)
        case "python":
            monkeypatch.setattr(sys, "version", "3.99.0")
        case _:
            monkeypatch.setattr(kept.yaml, "__version__", "99")
    laid_out(folder)

    assert times == [folder, folder]


def cut_short(held: bytes) -> bytes:
    return held[: len(held) // 2]


def with_another_byte(at: float) -> Callable[[bytes], bytes]:
    def change(held: bytes) -> bytes:
        place = int(at * (len(held) - 1))
        return held[:place] + bytes([held[place] ^ 1]) + held[place + 1 :]

    return change


@pytest.mark.parametrize(
    "damage",
    [
        cut_short,
        lambda _: b"",
        lambda _: b"something else",
        *map(with_another_byte, (0, 0.3, 0.6, 1)),
    ],
)
def test_what_is_damaged_is_not_read_and_is_mended(
    folder: Path, times: list[Path], damage: Callable[[bytes], bytes]
) -> None:
    laid_out(folder)
    place = place_of(folder)
    place.write_bytes(damage(place.read_bytes()))

    for _ in range(2):
        assert finds(folder, "purple turnips") == {"suicide.new"}
    assert times == [folder, folder]


def test_where_nothing_can_be_kept_it_is_laid_out_each_time(
    folder: Path, times: list[Path]
) -> None:
    (folder / "__pycache__").write_text("no folder", encoding="utf-8")
    for _ in range(2):
        assert finds(folder, "purple turnips") == {"suicide.new"}

    assert times == [folder, folder]


def test_what_could_not_be_finished_leaves_nothing_behind(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_full(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(Path, "replace", is_full)

    assert finds(folder, "purple turnips") == {"suicide.new"}
    assert list(place_of(folder).parent.iterdir()) == []


def test_python_that_keeps_no_code_keeps_no_phrases(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    laid_out(folder)

    assert not place_of(folder).exists()


def test_a_mistake_is_named_though_what_was_right_is_kept(folder: Path) -> None:
    laid_out(folder)
    a_book_of(folder, entry(patterns=["{no_such_class}"]))

    with pytest.raises(PhraseError, match="no_such_class"):
        laid_out(folder)
