"""What somebody is doing while they write hides nothing of what they say."""

from itertools import product
from pathlib import Path
from typing import Any

import pytest

import escalation.scenes
from escalation import Route, screen
from escalation.normalise import words
from escalation.scenes import Kind, scenes
from foundations.content import read_yaml

FILE = read_yaml(Path(escalation.scenes.__file__).with_suffix(".yml"))
PLAIN = (
    "i want to die",
    "i keep cutting myself",
    "ive taken all my tablets",
    "my dad hits me",
    "my friend says she wants to die",
    "im going to kill myself tonight",
)
MEANWHILE = (
    "im watching netflix",
    "watching a film",
    "im playing fifa",
    "im on the xbox",
    "listening to music",
    "im walking my dog",
    "my cat is on my bed",
    "my hamster is running round",
    "im doing my homework",
    "im revising",
    "im at football practice",
    "im at the dentist",
    "im getting my hair cut",
    "my laptop broke",
    "the match is on",
    "its my birthday",
    "mums cooking dinner",
)


def listed(under: str) -> list[Any]:
    return [
        pytest.param(kind, text, id=text)
        for kind in Kind
        for text in FILE[kind.value][under]
    ]


@pytest.mark.parametrize(("kind", "text"), listed("must_match"))
def test_a_scene_is_seen(kind: Kind, text: str) -> None:
    assert kind in {scene.kind for scene in scenes(words(text)).found}


@pytest.mark.parametrize(("kind", "text"), listed("must_not_match"))
def test_what_only_looks_like_a_scene_is_none(kind: Kind, text: str) -> None:
    assert kind not in {scene.kind for scene in scenes(words(text)).found}


def test_nothing_that_goes_on_meanwhile_hides_a_plain_crisis() -> None:
    hidden = [
        text
        for plain, scene in product(PLAIN, MEANWHILE)
        for text in (
            f"{scene} and {plain}",
            f"{scene} but {plain}",
            f"{plain} while {scene}",
            f"{plain}. {scene}",
        )
        if screen(text).route is Route.NONE
    ]
    assert hidden == []


@pytest.mark.parametrize(
    "text",
    [
        "im watching a film where he wants to die",
        "watching a film. she wants to die",
        "playing minecraft and i died in lava",
        "my hamster is dying",
        "im revising for maths, this is killing me",
        "im getting my hair cut, she cut it too short",
        "i wont be here tomorrow im at the dentist",
        "he tackled me hard at football practice",
    ],
)
def test_what_happens_in_the_scene_itself_stays_a_look_alike(text: str) -> None:
    assert screen(text).route is Route.NONE


def test_a_scene_ends_with_its_clause() -> None:
    (scene, *_) = scenes(words("im watching a film and i want to die")).found

    assert (scene.start, scene.end) == (2, 5)
    assert scene.touches(3, 5)
    assert not scene.touches(5, 10)
