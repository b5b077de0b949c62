"""Another Rasa in the place of one that is gone is seen, though nobody waited."""

from gateway.health import DialogueState, DialogueWatch
from gateway.rasa.several import SeveralRasas


def watch_that_saw(*answering: set[str]) -> DialogueWatch:
    watch = DialogueWatch(SeveralRasas({}))
    for processes in answering:
        watch.saw(frozenset(processes))
    return watch


def test_the_first_that_answers_replaces_nobody() -> None:
    watch = watch_that_saw(set(), {"a 1"}, {"a 1"})

    assert (watch.state, watch.replaced) == (DialogueState.OK, 0)


def test_another_that_answers_at_once_is_counted() -> None:
    watch = watch_that_saw({"a 1"}, {"a 2"}, {"a 2"}, {"a 3"})

    assert (watch.state, watch.replaced) == (DialogueState.OK, 2)


def test_one_of_several_that_is_away_for_a_while_and_comes_back_replaced_nobody() -> (
    None
):
    watch = watch_that_saw({"a 1", "b 7"}, {"a 1"}, {"a 1", "b 7"}, {"a 1", "b 8"})

    assert watch.replaced == 1


def test_while_nobody_answers_the_dialogue_is_down_and_nothing_is_counted() -> None:
    watch = watch_that_saw({"a 1"}, set())

    assert (watch.state, watch.replaced) == (DialogueState.DOWN, 0)
