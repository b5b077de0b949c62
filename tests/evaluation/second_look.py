"""`make second-look CHAT=file`: learn the numbers of `bot/second_look.json` again.

From the labelled texts of the crisis screen that anyone may read, the examples of
understanding, and ordinary chat: a JSON list of messages. The numbers in use were
learnt with the students' chat and half of the posts and text messages that
`docs/escalation_figures.md` names, shuffled. Runs on Rasa's Python 3.10. Closed
portions are never read here.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize

from bot.as_typed import plainly
from bot.second_look import NOTHING, NUMBERS, stretches
from bot.sentence_model import SentenceModel
from escalation import Route, screen
from tests.evaluation.network import Network, fit
from tests.evaluation.sentences import ROOT, trained_on

SETS = ROOT / "tests" / "escalation" / "sets"
WORD = r"[^\s]+"
FEWEST_TEXTS = 3
"""In which a word stands, or it says too little, and may be somebody's name."""
MOST_WORDS = 8000
CHAT_READ_WHOLE = 8000
COUNTED = 20_000
"""Up to here the chat is for the sentence, or is only counted and never learnt from."""
CHAT_BY_WORDS = 80_000
LEFT_ALONE_COUNTS = 3
SHARE, SURE, LOOKS_FROM, KNOWS_FROM = 0.4, 0.62, 0.05, 0.7


@dataclass(frozen=True)
class Labelled:
    """A text and the route it should raise, or `none`."""

    text: str
    route: str


def main() -> None:
    """Learn, and write the file."""
    parser = argparse.ArgumentParser(description="Learn what may be raised.")
    parser.add_argument("chat", type=Path, help="a JSON list of ordinary messages")
    chat = json.loads(parser.parse_args().chat.read_text(encoding="utf-8"))
    own = [*from_the_sets(), *from_examples(), *left_alone()]
    whole = [*own, *(Labelled(text, NOTHING) for text in chat[:CHAT_READ_WHOLE])]
    more = [plainly(text) for text in chat[COUNTED:][:CHAT_BY_WORDS]]
    learnt = learn(by_stretch(own)[0], *by_stretch(whole), more, _read)
    NUMBERS.write_text(written(learnt), encoding="utf-8")


def _read(texts: list[str]) -> Any:
    return SentenceModel().read_closely(texts, cores=os.cpu_count() or 1)


def from_the_sets() -> list[Labelled]:
    """Read every open portion; what is told in several messages is left out."""
    found = []
    for file in sorted(SETS.glob("dev*/*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            read = json.loads(line)
            if "recent" not in read:
                found.append(Labelled(read["text"], _route(read)))
    return found


def _route(read: dict[str, Any]) -> str:
    others = (Route.HARM_FROM_OTHERS.value, Route.CONCERN_FOR_OTHER.value)
    if read["expect"] == Route.NONE.value:
        return NOTHING
    named = (read["group"], read["expect"])
    return next((one for one in named if one in others), Route.SUICIDE.value)


def from_examples() -> list[Labelled]:
    """Read what the assistant learns to understand, but for what the screen answers."""
    texts = (example.text for example in trained_on())
    return [
        Labelled(text, NOTHING) for text in texts if screen(text).route is Route.NONE
    ]


def left_alone() -> list[Labelled]:
    """Read what the screen has to leave alone; each counts several times."""
    lines = (SETS.parent / "left_alone.txt").read_text(encoding="utf-8").splitlines()
    return [Labelled(line, NOTHING) for line in lines] * LEFT_ALONE_COUNTS


def by_stretch(labelled: list[Labelled]) -> tuple[list[str], list[str]]:
    """Give the texts as they are weighed, and the route of each."""
    cut = [
        (stretch, one.route)
        for one in labelled
        for stretch in stretches(plainly(one.text))
    ]
    return [text for text, _ in cut], [route for _, route in cut]


def learn(
    own: list[str],
    texts: list[str],
    routes: list[str],
    chat: list[str],
    read: Callable[[list[str]], Any],
) -> dict[str, Any]:
    """Learn from words and from sentences; only words of `own` texts are known.

    Of `chat` only what words alone do not leave alone is learnt from as a sentence:
    no other is ever read so.
    """
    vectors = CountVectorizer(
        ngram_range=(1, 2), token_pattern=WORD, binary=True, min_df=FEWEST_TEXTS
    ).fit(own)
    meant = np.array([*routes, *[NOTHING] * len(chat)])
    counted = vectors.transform([*texts, *chat]).astype(float)
    weighs = np.abs(_words().fit(normalize(counted), meant).coef_).max(0)
    kept = np.sort(np.argsort(weighs)[-MOST_WORDS:])
    by_words = normalize(counted[:, kept])
    words = _words().fit(by_words, meant)
    looked_at = _looked_at(words, by_words[len(texts) :])
    more = [chat[at] for at in np.flatnonzero(looked_at)]
    wanted = np.searchsorted(words.classes_, [*routes, *[NOTHING] * len(more)])
    network = fit(read([*texts, *more]), wanted, len(words.classes_))
    names = vectors.get_feature_names_out()[kept]
    pulls = words.coef_.T.round(1).tolist()
    return {
        "routes": [str(route) for route in words.classes_],
        "share": SHARE,
        "sure": SURE,
        "looks_from": LOOKS_FROM,
        "knows_from": KNOWS_FROM,
        "words_before": words.intercept_.round(2).tolist(),
        **_as_lists(network),
        "words": dict(sorted(zip(map(str, names), pulls, strict=True))),
    }


def _looked_at(words: LogisticRegression, counted: Any) -> Any:
    """Say of each whether words alone leave it to the sentence."""
    nothing = list(words.classes_).index(NOTHING)
    return 1 - words.predict_proba(counted)[:, nothing] >= LOOKS_FROM


def _as_lists(network: Network) -> dict[str, Any]:
    named = {
        "units": network.units,
        "units_before": network.units_before,
        "sentence": network.routes,
        "sentence_before": network.routes_before,
    }
    return {name: each.astype(float).round(3).tolist() for name, each in named.items()}


def _words() -> LogisticRegression:
    return LogisticRegression(solver="liblinear", C=30, tol=0.01, random_state=1)


def written(learnt: dict[str, Any]) -> str:
    """Write it with a line for each word, so that a change can be read."""
    words = learnt["words"]
    head = json.dumps({**learnt, "words": None})[: -len("null}")]
    lines = (f"{json.dumps(word)}: {json.dumps(words[word])}" for word in words)
    return head + "{\n" + ",\n".join(lines) + "\n}}\n"


if __name__ == "__main__":
    main()
