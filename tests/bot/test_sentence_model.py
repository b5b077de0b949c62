"""What a whole sentence is like, and when it is weighed with the words."""

import json
from typing import Any

import pytest

from tests.bot.in_rasas_python import answer_of

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

# As the makers of the model publish them.
PIECES = {
    "who is open": [101, 2040, 2003, 2330, 102],
    "embeddings": [101, 7861, 8270, 4667, 2015, 102],
    "Café": [101, 7668, 102],
    "\u2603": [101, 100, 102],
}


@pytest.fixture(scope="module")
def heard() -> dict[str, Any]:
    return answer_of("tests.bot.heard_in_rasas_python", json.dumps(list(PIECES)))


def test_words_are_divided_as_the_model_was_taught(heard: dict[str, Any]) -> None:
    assert heard["pieces"] == PIECES


def test_a_very_long_message_is_read_only_so_far(heard: dict[str, Any]) -> None:
    assert heard["longest"] == 64


def test_what_means_the_same_is_near_though_no_word_is_shared(
    heard: dict[str, Any],
) -> None:
    nearest = max(range(len(heard["near"])), key=heard["near"].__getitem__)

    assert heard["meant"][nearest] == "who_is_open"


def test_a_sentence_read_alone_is_what_it_was_among_others(
    heard: dict[str, Any],
) -> None:
    assert heard["alone_and_together"] > 0.97


def test_read_closely_a_sentence_tells_of_three_layers_and_of_its_strongest_words(
    heard: dict[str, Any],
) -> None:
    closely = heard["closely"]

    assert closely.pop("alone_and_together") > 0.97
    assert closely == {
        "numbers": 6 * 384,
        "ends_as_at_a_glance": True,
        "layers_differ": 3,
        "most_is_more": True,
    }


def test_the_sentence_is_left_unread_where_words_are_sure(
    heard: dict[str, Any],
) -> None:
    times, confidences = heard["sure"]

    assert times == 0
    assert confidences == pytest.approx(heard["words"])


def test_the_sentence_is_weighed_with_words_that_are_not_sure(
    heard: dict[str, Any],
) -> None:
    times, confidences = heard["unsure"]
    both = zip(heard["words"], heard["sentence"], strict=True)

    assert times == 1
    assert confidences == pytest.approx([0.6 * word + 0.4 * it for word, it in both])


def test_one_text_is_weighed_as_many_are(heard: dict[str, Any]) -> None:
    for one, among_others in heard["weighed"]:
        assert one == pytest.approx(among_others, abs=1e-12)
