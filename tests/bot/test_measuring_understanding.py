"""What `make evaluate` deals out, keeps and counts."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.evaluation import parts
from tests.evaluation.figures import ASKED, Figures, Outcome
from tests.evaluation.parts import PARTS, WHOLE, Part, dealt, keep, kept
from tests.evaluation.run import too_much
from tests.evaluation.sentences import held_back, trained_on

HANDS = [part for part in PARTS if part != WHOLE]


def test_every_example_is_heard_once_by_a_model_that_was_not_trained_on_it() -> None:
    heard = []
    for hand in HANDS:
        rest, out = dealt(hand)
        assert not {each.text for each in rest} & {each.text for each in out}
        heard += out

    assert sorted(each.text for each in heard) == sorted(e.text for e in trained_on())


def test_the_whole_is_trained_on_every_example_and_hears_what_is_held_back() -> None:
    assert dealt(WHOLE) == (trained_on(), held_back())


def test_a_part_is_kept_until_what_it_was_made_from_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "KEPT", tmp_path)
    outcome = Outcome("whos open", "who_is_open", "who_is_open", ASKED, 0.3)
    keep("ours", WHOLE, Part([outcome], 8.0, 3.0, 9.0, 600.0, 10.0), "as it was")

    again = kept("ours", WHOLE, "as it was")
    assert again is not None
    assert again.outcomes == [outcome]
    assert kept("ours", WHOLE, "changed since") is None
    assert kept("ours", HANDS[0], "as it was") is None


def test_what_is_asked_about_is_neither_acted_on_nor_lost() -> None:
    counted = Figures(
        [
            Outcome("a", "thanks", "thanks", ASKED, 0.3),
            Outcome("b", "thanks", "greet", "greet", 0.9),
        ]
    )

    assert (counted.asked, counted.wrong, counted.accuracy) == (0.5, 0.5, 0.5)
    assert counted.wrongly("greet") == ["b"]


def test_training_and_memory_over_their_bars_are_named() -> None:
    within = Part([], 46.0, 3.5, 13.6, 620.0, 10.8, training_cpu_s=12.0)

    assert too_much(within) == []
    assert len(too_much(replace(within, training_s=61.0, memory_mb=901.0))) == 2


def test_what_training_took_of_the_cores_is_said_beside_the_clock() -> None:
    on_two_cores = Part([], 39.0, 3.5, 13.6, 620.0, 10.8, training_cpu_s=61.0)

    assert too_much(on_two_cores) == []
    (over,) = too_much(replace(on_two_cores, training_s=123.0))
    assert "123 s on the clock (61 s of a processor)" in over
