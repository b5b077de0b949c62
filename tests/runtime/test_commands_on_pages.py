"""Every command that a page tells somebody to type is there, with these flags."""

import re
import shlex
from argparse import ArgumentParser
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from runtime.__main__ import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("deploy/**/*.*")]
OURS = re.compile(r"(?:python -m runtime|`handrail) ([a-z][^`|;)$\n]*)")
MADE = re.compile(r"(?:^|`)make ([a-z-]+)", re.MULTILINE)


class Understood(Exception):
    """It would have been done."""


def on_pages(what: re.Pattern[str]) -> list[str]:
    said = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    return sorted(set(what.findall(said)))


@pytest.mark.parametrize("line", on_pages(OURS))
def test_a_command_on_a_page_is_understood(
    line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, *given = shlex.split(line.replace("'", ""), comments=True)
    understand = ArgumentParser.parse_args

    def only_understand(parser: ArgumentParser, asked: Any = None) -> None:
        understand(parser, asked)
        raise Understood

    monkeypatch.setattr(ArgumentParser, "parse_args", only_understand)

    assert name in COMMANDS
    if given:
        with pytest.raises(Understood):
            getattr(import_module(COMMANDS[name][0]), name.replace("-", "_"))(given)


def test_what_is_made_on_a_page_can_be_made() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))

    assert set(on_pages(MADE)) - targets == set()
