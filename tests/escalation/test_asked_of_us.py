"""What is asked about the plan's own questions is no half of a split sentence."""

from pathlib import Path

import pytest
import yaml

import escalation.asked_of_us
from escalation import Recent, Route, screen
from escalation.asked_of_us import Asked, asked_of_us

CASES = yaml.load(
    Path(escalation.asked_of_us.__file__).with_suffix(".yml").read_text("utf-8"),
    yaml.BaseLoader,  # noqa: S506
)


def route_of(*said: str) -> Route:
    *before, newest = said
    return screen(newest, [Recent(text, 20.0) for text in before]).route


@pytest.mark.parametrize(
    "said",
    [
        ("how many more", "can i stop", "carry on"),
        ("how many more questions", "can we stop", "go on"),
        ("can i finish it now", "stop for now", "skip"),
        ("cant sleep", "ok carry on"),
        ("school nurse", "cant sleep", "go on with my plan now"),
        ("mum", "pause for a bit"),
        ("music", "pause", "plan 2", "delete everything"),
    ],
)
def test_requests_to_us_one_after_another_bring_no_crisis_words(
    said: tuple[str, ...],
) -> None:
    assert route_of(*said) is Route.NONE


@pytest.mark.parametrize(
    "said",
    [
        ("i cant", "carry on"),
        ("i cant", "carry on", "anymore"),
        ("can i stop", "i cant", "carry on"),
        ("i dont know how to", "carry on"),
        ("how much longer", "can i go on"),
        ("i want it to", "stop"),
        ("how many more", "pills do i need to take to die"),
        ("i wanna", "end it", "all"),
        ("carry on", "i want to", "die"),
    ],
)
def test_a_sentence_sent_in_parts_is_still_found(said: tuple[str, ...]) -> None:
    assert route_of(*said) in (Route.SUICIDE, Route.EMERGENCY_NOW)


def test_a_request_after_crisis_words_hides_nothing() -> None:
    assert screen("i want to die. can i stop").route is Route.SUICIDE
    assert asked_of_us("i want to die. can i stop") is None


@pytest.mark.parametrize(
    ("kind", "text"), [(k, t) for k in Asked for t in CASES[k.value]["must_match"]]
)
def test_a_request_is_known_for_what_it_is(kind: Asked, text: str) -> None:
    assert asked_of_us(text) is kind


@pytest.mark.parametrize(
    ("kind", "text"), [(k, t) for k in Asked for t in CASES[k.value]["must_not_match"]]
)
def test_what_may_be_half_of_a_sentence_is_no_whole_request(
    kind: Asked, text: str
) -> None:
    assert asked_of_us(text) is not kind
