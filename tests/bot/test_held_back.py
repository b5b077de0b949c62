"""How well sentences that nothing was trained on are understood, by the real model."""

from collections import Counter

import pytest

from runtime.model import make_ready
from tests.evaluation.figures import Figures
from tests.evaluation.measuring import figures, hear
from tests.evaluation.sentences import fresh, held_back, plain, trained_on

LEAST_MACRO_F1 = 0.90
LEAST_RECALL = {
    "talk_to_a_person": 0.90,
    "who_is_open": 0.90,
    "make_safety_plan": 0.90,
    "plan_show": 0.90,
    "delete_my_data": 0.90,
}
NEVER_WRONGLY = ("delete_my_data", "plan_edit", "plan_undo")
"""Each of these changes or explains the wiping of what somebody wrote."""
HELD_BACK_EACH = 12
LEAST_FRESH_F1 = 0.90
"""Of the batches of `tests/bot/fresh`; two of the three were looked at since, and their
families of words added, so it is a floor and no figure of what is new."""


@pytest.fixture(scope="module")
def both_understood() -> tuple[Figures, Figures]:
    """Rasa comes in once for both: that takes longer than hearing them."""
    held, later = held_back(), fresh()
    heard = hear(make_ready(), [each.text for each in (*held, *later)])["heard"]
    return figures(held, heard[: len(held)]), figures(later, heard[len(held) :])


@pytest.fixture(scope="module")
def understood(both_understood: tuple[Figures, Figures]) -> Figures:
    return both_understood[0]


@pytest.fixture(scope="module")
def understood_fresh(both_understood: tuple[Figures, Figures]) -> Figures:
    return both_understood[1]


def test_no_fresh_sentence_is_trained_on_or_held_back() -> None:
    known = {plain(each.text) for each in (*trained_on(), *held_back())}

    assert [each.text for each in fresh() if plain(each.text) in known] == []
    assert {each.meant for each in fresh()} == {each.meant for each in trained_on()}


def test_every_meaning_has_sentences_held_back_and_none_is_trained_on() -> None:
    held, trained = held_back(), trained_on()
    counted = Counter(each.meant for each in held)
    known = {plain(each.text) for each in trained}

    assert set(counted) == {each.meant for each in trained}
    assert set(counted.values()) == {HELD_BACK_EACH}
    assert [each.text for each in held if plain(each.text) in known] == []


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_what_was_never_trained_on_is_understood(understood: Figures) -> None:
    assert understood.macro_f1 >= LEAST_MACRO_F1


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("meaning", LEAST_RECALL)
def test_the_requests_that_matter_most_are_heard(
    understood: Figures, meaning: str
) -> None:
    assert understood.recall_by_meaning()[meaning] >= LEAST_RECALL[meaning]


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("meaning", NEVER_WRONGLY)
def test_nothing_is_changed_or_wiped_on_a_wrong_guess(
    understood: Figures, meaning: str
) -> None:
    assert understood.wrongly(meaning) == []


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_what_later_authors_wrote_is_understood(understood_fresh: Figures) -> None:
    recalls = understood_fresh.recall_by_meaning()

    assert understood_fresh.macro_f1 >= LEAST_FRESH_F1
    assert {name: recalls[name] for name in LEAST_RECALL if recalls[name] < 0.8} == {}


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("meaning", NEVER_WRONGLY)
def test_nothing_that_later_authors_wrote_changes_or_wipes_on_a_wrong_guess(
    understood_fresh: Figures, meaning: str
) -> None:
    assert understood_fresh.wrongly(meaning) == []
