"""The page of all texts shows each one as it is said, with what has to be known."""

import sys
from pathlib import Path

import pytest

from bot.preview.__main__ import main
from bot.preview.texts import every_text
from bot.words import Words
from foundations.saying import Channel

EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
"""What git calls a tree with no file in it: everything is new since then."""


def test_every_text_is_there_on_both_channels() -> None:
    words = Words.load()
    found = {(text.key, text.channel) for text in every_text(words)}

    assert found == {(key, channel) for key in words.by_key for channel in Channel}


def test_what_is_new_is_marked() -> None:
    assert all(text.changed for text in every_text(Words.load(), since=EMPTY_TREE))


def test_the_page_and_the_copy_are_made(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    page = tmp_path / "words.html"
    monkeypatch.setattr("webbrowser.open", lambda _: True)
    monkeypatch.setattr(sys, "argv", ["preview", "--out", str(page)])
    main()
    monkeypatch.setattr(sys, "argv", ["preview", "--copy", "--pence", "10"])
    main()

    assert "feelings.lonely" in page.read_text()
    assert "not reviewed" in page.read_text()
    printed = capsys.readouterr().out
    assert "menu.main  [1 part(s), 10.0p]" in printed
    assert "escalation.emergency_now (under_19)  [1 part(s), 10.0p]" in printed
    assert "fallback.twiml.xml  [2 part(s), 20.0p]" in printed


def test_what_is_english_only_is_listed_and_counted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["preview", "--english-only", "cy"])
    main()

    *listed, counted = capsys.readouterr().out.splitlines()
    assert "plan.its_name" in listed
    assert "feelings.lonely" not in listed
    assert counted.startswith(f"{len(listed)} of ")
