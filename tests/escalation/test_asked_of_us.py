"""What is asked about the plan's own questions is no half of a split sentence."""

from itertools import permutations
from pathlib import Path

import pytest
import yaml

import escalation.asked_of_us
from escalation import Recent, Route, screen
from escalation.asked_of_us import Asked, asked_of_us, only_names

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
        ("dont let my mum see my plan", "ok"),
        ("does my mum know", "my bed"),
        ("will my mum see", "my bed"),
        ("skip it", "my hoodie"),
        ("who can see this", "my razors"),
        ("can i change it", "nobody"),
        ("my tablets", "take that out"),
        ("i cant sleep", "read it back"),
    ],
)
@pytest.mark.parametrize("age", [5.0, 60.0])
def test_a_request_to_us_is_half_of_nothing(said: tuple[str, str], age: float) -> None:
    before, newest = said
    assert screen(newest, [Recent(before, age)]).route is Route.NONE


OF_A_LIST = (
    "my mum",
    "nan",
    "my bed",
    "the knife",
    "my razors",
    "my hoodie",
    "the voices",
)


@pytest.mark.parametrize("age", [5.0, 60.0])
def test_names_one_after_another_are_a_list_and_no_sentence(age: float) -> None:
    for before, newest in permutations(OF_A_LIST, 2):
        earlier = [Recent(before, age)]
        assert screen(newest, earlier).route is Route.NONE, (before, newest)
    for first, then, newest in permutations(OF_A_LIST, 3):
        earlier = [Recent(first, age + 5), Recent(then, age)]
        assert screen(newest, earlier).route is Route.NONE, (first, then, newest)


@pytest.mark.parametrize(
    "said",
    [
        ("my bed", "nxt", "my nan"),
        ("paracetamol", "fucking next", "my mum"),
        ("my uncle", "carry on", "my bed"),
        ("my hoodie", "paracetamol", "skip this shit", "my mum", "my bed"),
        ("my bed", "who can see this", "my dad"),
    ],
)
def test_a_next_between_names_makes_no_sentence_of_them(said: tuple[str, ...]) -> None:
    *before, newest = said
    for age in (5.0, 60.0):
        assert screen(newest, [Recent(one, age) for one in before]).route is Route.NONE


OF_A_PLAN = """\
dont let my mum see my plan
dont let my mum see my plan pls
please dont let anyone see my plan
dont show my brother my plan
dont show my plan to my mum
hide my plan from my brother
can you hide my plan from my mum
keep my plan away from my sister
i dont want my mum to see my plan
thats me finished
""".splitlines()


@pytest.mark.parametrize("said", OF_A_PLAN)
def test_what_is_asked_of_a_plan_is_no_crisis(said: str) -> None:
    assert screen(said).route is Route.NONE
    assert route_of("music", "my mate jess", said) is Route.NONE


@pytest.mark.parametrize(
    "said",
    [
        "dont let my mum see me like this",
        "dont let my mum find me",
        "i hide from my brother when hes angry",
        "hide my plan from my brother he hits me",
        "after christmas thats me done",
        "thats me done",
        "thats me done. bye everyone",
        "do they know where i am",
        "took them all. thats me done",
        "dont let my mum see my plan to kill myself",
    ],
)
def test_a_plain_crisis_in_such_words_is_still_one(said: str) -> None:
    assert screen(said).route is not Route.NONE


@pytest.mark.parametrize(
    "said",
    [
        ("do u tel my mum", "ok", "do they kno my numbr"),
        ("will you tell my mum", "do they know its me"),
        ("do you tell my dad", "do they see my name"),
    ],
)
def test_questions_about_who_is_told_are_no_half_of_a_goodbye(
    said: tuple[str, ...],
) -> None:
    assert route_of(*said) is Route.NONE


@pytest.mark.parametrize(
    "said", ["im with mum now", "im with nan rn", "im at home with dad now"]
)
def test_being_with_somebody_now_is_no_wish_to_be_with_the_dead(said: str) -> None:
    assert screen(said).route is Route.NONE


@pytest.mark.parametrize(
    "said",
    [
        "i want to be with nan now",
        "im going to be with mum soon",
        "ill be with dad now",
        "with nan soon",
        "i just want to be with grandad again",
    ],
)
def test_a_wish_to_be_with_the_dead_is_found(said: str) -> None:
    assert screen(said).route is Route.SUICIDE


@pytest.mark.parametrize(
    "said",
    [
        ("i cant", "carry on"),
        ("i cant", "carry on", "anymore"),
        ("can i stop", "i cant", "carry on"),
        ("i dont know how to", "carry on"),
        ("how much longer", "can i go on"),
        ("i want it to", "stop"),
        ("can i stop", "being alive"),
        ("how many more", "pills do i need to take to die"),
        ("i wanna", "end it", "all"),
        ("carry on", "i want to", "die"),
    ],
)
def test_a_sentence_sent_in_parts_is_still_found(said: tuple[str, ...]) -> None:
    assert route_of(*said) in (Route.SUICIDE, Route.EMERGENCY_NOW)


@pytest.mark.parametrize(
    "said",
    [
        ("my uncle", "comes in my room at night"),
        ("my mate", "is hearing things"),
        ("he gets in", "my bed"),
        ("my stepdad", "gets in", "my bed"),
        ("my stepdad", "touches me", "in", "my bed"),
        ("my dad", "hits", "my sister"),
    ],
)
def test_a_name_may_be_half_of_what_somebody_does(said: tuple[str, ...]) -> None:
    assert route_of(*said) in (Route.HARM_FROM_OTHERS, Route.CONCERN_FOR_OTHER)


def test_a_request_after_crisis_words_hides_nothing() -> None:
    assert screen("i want to die. can i stop").route is Route.SUICIDE
    assert asked_of_us("i want to die. can i stop") is None


@pytest.mark.parametrize("kind", ["must_match", "must_not_match"])
def test_a_name_is_known_for_one(kind: str) -> None:
    for text in CASES["named"][kind]:
        assert only_names(text) is (kind == "must_match"), text


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
