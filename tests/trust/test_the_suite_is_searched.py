"""The search after the whole suite finds what it is for."""

from pathlib import Path

import pytest

from tests.canaries_of_the_suite import Suite, found_in_bytes

SAID = "my lantern is called a marmalade heron"
OUR_OWN = "who can help right now"


@pytest.fixture
def suite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(Suite, "folder", tmp_path)
    Suite.heard([SAID, OUR_OWN])
    return tmp_path


@pytest.mark.parametrize("kept", [SAID, SAID.upper(), SAID.encode().hex()])
def test_words_that_a_test_left_behind_are_found(suite: Path, kept: str) -> None:
    (suite / "some" / "folder").mkdir(parents=True)
    left = suite / "some" / "folder" / "left.bin"
    left.write_bytes(b"\0\1" + kept.encode() + b"\0")

    assert Suite.found()[1] == [("some/folder/left.bin", SAID)]
    left.unlink()
    assert Suite.found()[1] == []


@pytest.mark.parametrize("before", [b"", b"\0", b"\0\1\2"])
@pytest.mark.parametrize("said", [SAID, "ich möchte reden 🙂"])
def test_words_are_found_as_every_kind_of_file_holds_them(
    before: bytes, said: str
) -> None:
    for shape in (
        said.encode(),
        said.encode("utf-16-le"),
        said.encode().hex().encode(),
    ):
        assert found_in_bytes(before + shape + b"\3", [OUR_OWN, said]) == [said]


@pytest.mark.parametrize("room", [0, 1, 2, 511, 512, 1000, 5000])
def test_words_are_found_with_pages_of_nothing_round_them(room: int) -> None:
    for said in (SAID, "Āber ich möchte rĀ"):
        for shape in (said.encode(), said.encode("utf-16-le")):
            content = bytes(room) + shape + bytes(3072) + shape[:4] + bytes(room)

            assert found_in_bytes(content, [OUR_OWN, said]) == [said]
            assert found_in_bytes(content.replace(shape, b""), [said]) == []


def test_a_number_is_found_beside_an_id_and_not_within_one() -> None:
    number, id = "7700900101", "0" * 11 + "7700900101" + "f" * 11

    assert found_in_bytes(id.encode(), [number]) == []
    assert found_in_bytes((id + number).encode(), [number]) == [number]


def test_what_the_product_says_itself_is_not_looked_for(suite: Path) -> None:
    (suite / "page.html").write_text(OUR_OWN)

    assert Suite.found()[1] == []
