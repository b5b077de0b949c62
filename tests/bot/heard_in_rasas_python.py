"""What the sentence model and the mixing give, as JSON: runs on Rasa's Python."""

import json
import sys
from typing import Any

import numpy as np

from bot.sentence_model import SIZE, SentenceModel, pieces_of
from bot.understanding import Learnt, Understanding, by_sentences, by_words
from bot.word_weights import WordWeights

EXAMPLES = {
    "who_is_open": ["who is open now", "which lines answer tonight", "anyone there"],
    "bored": ["so bored today", "nothing to do", "this is dull"],
    "greet": ["hello", "hi there", "hiya"],
}
UNSEEN = "are helplines available this evening"
WEIGHED = [UNSEEN, "", "   ", "zzz", "hi hi hi hello", "who is open now now"]

MOSTLY = 0.9


class Counting:
    """Counts how often a sentence is read."""

    def __init__(self, model: SentenceModel) -> None:
        self.model, self.times = model, 0

    def read(self, texts: list[str]) -> Any:
        self.times += 1
        return self.model.read(texts)


def main() -> None:
    """Answer every question of the tests at once: Rasa takes long to come in."""
    model = SentenceModel()
    texts = [text for some in EXAMPLES.values() for text in some]
    meant = [name for name, some in EXAMPLES.items() for _ in some]
    learnt = Learnt(
        by_words().fit(texts, meant), by_sentences().fit(model.read(texts), meant)
    )
    weights = WordWeights(learnt.words)
    words = learnt.words.predict_proba([UNSEEN])[0]
    sentence = learnt.sentences.predict_proba(model.read([UNSEEN]))[0]
    json.dump(
        {
            "pieces": {text: pieces_of(text) for text in json.loads(sys.argv[1])},
            "longest": len(pieces_of("word " * 500)),
            "near": (model.read([UNSEEN]) @ model.read(texts).T)[0].tolist(),
            "alone_and_together": float(
                (model.read(texts) * np.vstack([model.read([t]) for t in texts]))
                .sum(1)
                .min()
            ),
            "closely": _closely(model, texts),
            "meant": meant,
            "words": words.tolist(),
            "sentence": sentence.tolist(),
            "weighed": [
                [weights.confidences(text).tolist(), among.tolist()]
                for text, among in zip(
                    WEIGHED, learnt.words.predict_proba(WEIGHED), strict=True
                )
            ],
            "sure": mixed(learnt, model, words_alone=0.0),
            "unsure": mixed(learnt, model, words_alone=1.1),
        },
        sys.stdout,
    )


def _closely(model: SentenceModel, texts: list[str]) -> dict[str, Any]:
    """Compare what is read closely with what is read at a glance, and by itself."""
    close, glance = model.read_closely(texts), model.read(texts)
    means, most = np.split(close, 2, axis=1)
    alone = np.vstack([model.read_closely([text]) for text in texts])
    likeness = (close * alone).sum(1)
    likeness /= np.linalg.norm(close, axis=1) * np.linalg.norm(alone, axis=1)
    return {
        "numbers": close.shape[1],
        "ends_as_at_a_glance": bool((means[:, -SIZE:] == glance).all()),
        "layers_differ": len({row.tobytes() for row in means[0].reshape(-1, SIZE)}),
        "most_is_more": bool((most > means).mean() > MOSTLY),
        "alone_and_together": float(likeness.min()),
    }


def mixed(learnt: Learnt, model: SentenceModel, words_alone: float) -> Any:
    """Rank one text; say how often its sentence was read, and each confidence."""
    settings = Understanding.get_default_config() | {"words_alone": words_alone}
    hearing = Understanding(settings, None, None, learnt)
    hearing._sentence_model = Counting(model)
    ranked = {each["name"]: each["confidence"] for each in hearing._rank(UNSEEN)}
    return hearing._sentence_model.times, [ranked[name] for name in learnt.meanings]


if __name__ == "__main__":
    main()
