"""What a second look raises, as JSON: runs on Rasa's Python."""

import json
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from bot.as_typed import plainly
from bot.second_look import NOTHING, SecondLook, as_learnt, second_look, stretches
from bot.sentence_model import CLOSE_SIZE, SentenceModel
from tests.evaluation.network import fit
from tests.evaluation.second_look import learn, written

DAYS = 600


def main() -> None:
    """Look at each text that is named; count how often one is read."""
    asked = json.loads(sys.argv[1])
    reads: list[str] = []
    model = SentenceModel()

    def seen(text: str) -> Any:
        reads.append(text)
        return model.read_closely([text])[0]

    look = second_look()
    raised = {name: _raised(look, texts, seen) for name, texts in asked.items()}
    before = len(reads)
    look.raises(plainly("hello there"), seen)
    json.dump(
        {
            "raised": raised,
            "reads_of_hello": len(reads) - before,
            "learnt_anew": learnt_anew(),
            "told_together": told_together(),
            "learnt_twice": learnt_twice(),
            "stretches": [len(stretches("word " * n)) for n in (1, 48, 49, 100, 5000)],
        },
        sys.stdout,
    )


def learnt_anew() -> dict[str, list[str | None]]:
    """Learn from texts that are told apart by a word, and look at one of each kind."""
    kinds = {
        "none": "the match was good",
        "harm_from_others": "he is in my room",
        "concern_for_other": "she went very quiet",
    }
    texts = [f"{text} {day}" for text in kinds.values() for day in range(DAYS)]
    routes = [route for route in kinds for _ in range(DAYS)]

    chat = ["she went very fast home", "the match was good"]
    read: list[str] = []

    def seen(some: list[str]) -> Any:
        read.extend(some)
        kind = [
            next((k for k, said in kinds.items() if said in one), NOTHING)
            for one in some
        ]
        return np.eye(3, CLOSE_SIZE)[[list(kinds).index(each) for each in kind]]

    look = as_learnt(written(learn(texts, texts, routes, chat, seen)))
    of_chat = read[len(texts) :]
    return {
        "raised": [
            look.raises(text, lambda one: seen([one])[0]) for text in kinds.values()
        ],
        "of_chat": list(of_chat),
    }


def told_together() -> float:
    """Learn what only two numbers tell together; give the share that is told right."""
    one, other = np.random.default_rng(2).integers(0, 2, (2, 8 * DAYS))
    seen = np.repeat(np.stack([one, other], 1), 20, axis=1).astype(np.float32)
    network = fit(seen, one ^ other, 2)
    reached = np.maximum(seen @ network.units.T + network.units_before, 0)
    pulls = reached @ network.routes.T + network.routes_before
    return float((pulls.argmax(1) == (one ^ other)).mean())


def learnt_twice() -> bool:
    """Learn the same texts twice; say whether every number came out the same."""
    seen = np.random.default_rng(3).normal(size=(DAYS, 8)).astype(np.float32)
    once, again = (fit(seen, (seen[:, 0] > 0).astype(int), 2) for _ in range(2))
    return all((vars(once)[name] == vars(again)[name]).all() for name in vars(once))


def _raised(
    look: SecondLook, texts: list[str], seen: Callable[[str], Any]
) -> list[str | None]:
    return [look.raises(plainly(text), seen) for text in texts]


if __name__ == "__main__":
    main()
