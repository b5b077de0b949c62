"""Each need has its route, its words and a test, on one page that is held to them."""

import re

import pytest

from bot.words import Words
from tests.evaluation.sentences import trained_on
from tests.house_rules.tree import ROOT

PAGE = ROOT / "docs" / "needs.md"
NEEDS = [f"N{number}" for number in range(1, 24)]
NOT_IN_A_CONVERSATION = {"N21", "N22", "N23"}
IN_CODE = re.compile(r"`([^`]+)`")
IS_A_PROOF = re.compile(r"`(?:test_\w+|tests/[\w/]+\.py)`")


def rows() -> dict[str, list[str]]:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    cells = [line.strip("|").split("|") for line in lines if line.startswith("| N")]
    return {id.strip(): [cell.strip() for cell in rest] for id, *rest in cells}


def test_every_need_is_there_once_and_in_order() -> None:
    assert list(rows()) == NEEDS


@pytest.mark.parametrize("need", NEEDS)
def test_a_need_has_its_route_its_words_and_a_proof(need: str) -> None:
    _, route, words, proof = rows()[need]

    assert route
    assert set(IN_CODE.findall(route)) <= {each.meant for each in trained_on()}
    assert set(IN_CODE.findall(words)) <= set(Words.load().by_key)
    assert IN_CODE.search(words) or need in NOT_IN_A_CONVERSATION
    assert IS_A_PROOF.search(proof)
