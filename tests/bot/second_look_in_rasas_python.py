"""What a second look raises, as JSON: runs on Rasa's Python."""

import json
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from bot.as_typed import plainly
from bot.second_look import SecondLook, as_learnt, second_look, stretches
from bot.sentence_model import SentenceModel
from tests.evaluation.second_look import learn, written


def main() -> None:
    """Look at each text that is named; count how often one is read."""
    asked = json.loads(sys.argv[1])
    reads: list[str] = []
    model = SentenceModel()

    def seen(text: str) -> Any:
        reads.append(text)
        return model.read([text])[0]

    look = second_look()
    raised = {name: _raised(look, texts, seen) for name, texts in asked.items()}
    before = len(reads)
    look.raises(plainly("hello there"), seen)
    json.dump(
        {
            "raised": raised,
            "reads_of_hello": len(reads) - before,
            "learnt_anew": learnt_anew(),
            "stretches": [len(stretches("word " * n)) for n in (1, 48, 49, 100, 5000)],
        },
        sys.stdout,
    )


def learnt_anew() -> list[str | None]:
    """Learn from texts that are told apart by a word, and look at one of each kind."""
    kinds = {
        "none": "the match was good",
        "harm_from_others": "he is in my room",
        "concern_for_other": "she went very quiet",
    }
    texts = [f"{text} {day}" for text in kinds.values() for day in range(20)]
    routes = [route for route in kinds for _ in range(20)]
    seen = np.eye(3, 384)[[list(kinds).index(route) for route in routes]]
    look = as_learnt(written(learn(texts, texts, routes, seen, [])))
    return [
        look.raises(text, lambda _, at=at: np.eye(3, 384)[at])  # type: ignore[misc]
        for at, text in enumerate(kinds.values())
    ]


def _raised(
    look: SecondLook, texts: list[str], seen: Callable[[str], Any]
) -> list[str | None]:
    return [look.raises(plainly(text), seen) for text in texts]


if __name__ == "__main__":
    main()
