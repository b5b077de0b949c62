"""Decisions are numbered, listed and one page each; the glossary is whole."""

import re

from tests.house_rules.tree import ROOT

ADR = ROOT / "docs" / "adr"
PARTS = ("**Context.**", "**Decision.**", "**Consequences.**", "**How we will know.**")


def decisions() -> list[str]:
    return sorted(path.name for path in ADR.glob("[0-9]*.md"))


def test_every_decision_has_a_number_of_its_own_and_none_is_left_out() -> None:
    numbers = [int(name[:4]) for name in decisions()]

    assert numbers == list(range(1, len(numbers) + 1))


def test_every_decision_is_listed_under_its_title() -> None:
    listed = (ADR / "README.md").read_text(encoding="utf-8")
    for name in decisions():
        heading = (ADR / name).read_text(encoding="utf-8").splitlines()[0]
        number, title = re.fullmatch(r"# (\d{4}): (.+)", heading).groups()

        assert name.startswith(number)
        assert f"| [{number}]({name}) | {title} |" in listed


def test_every_decision_tells_why_and_how_we_will_know() -> None:
    for name in decisions():
        page = (ADR / name).read_text(encoding="utf-8")

        assert [part for part in PARTS if part not in page] == [], name
        assert len(page.splitlines()) < 60, name


def test_every_term_of_the_glossary_says_what_not_to_say() -> None:
    page = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    terms = re.findall(r"^\*\*(.+?)\*\*", page, re.MULTILINE)
    entries = re.findall(r"^\*\*.+\n\*Avoid\*: \S.+", page, re.MULTILINE)

    assert len(terms) > 30
    assert len(terms) == len(entries) == len(set(terms))
