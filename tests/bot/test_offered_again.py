"""What is offered a second time can be told apart, and a sound is heard as one."""

from typing import Any

import pytest

from bot.actions.not_understood import A_SOUND
from bot.actions.saying_again import choices_of
from foundations.saying import Choice


def said(*buttons: tuple[str, str]) -> dict[str, Any]:
    shown = [{"title": title, "payload": value} for title, value in buttons]
    return {"data": {"buttons": shown}}


def test_a_label_that_stood_beside_each_of_several_says_which_it_is() -> None:
    offered = [
        said(("What to expect", "more about Shout")),
        said(("What to expect", "more about Childline")),
        said(("More", "more"), ("Near me", "near me")),
    ]

    assert choices_of(offered) == (
        Choice("More about Shout", "more about Shout"),
        Choice("More about Childline", "more about Childline"),
        Choice("More", "more"),
        Choice("Near me", "near me"),
    )


@pytest.mark.parametrize("typed", ["lol ok", "whatevs", "haha same", "hmm"])
def test_a_sound_is_heard_as_one(typed: str) -> None:
    assert A_SOUND.fullmatch(typed)


@pytest.mark.parametrize("typed", ["ok so im sad", "same as my brother", "frog"])
def test_words_are_more_than_a_sound(typed: str) -> None:
    assert not A_SOUND.fullmatch(typed)
