"""The search after the whole suite finds what it is for."""

from pathlib import Path

import pytest

from tests.canaries_of_the_suite import Suite

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


def test_what_the_product_says_itself_is_not_looked_for(suite: Path) -> None:
    (suite / "page.html").write_text(OUR_OWN)

    assert Suite.found()[1] == []
