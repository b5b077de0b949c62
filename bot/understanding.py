"""What was meant: one light classifier over words and pieces of words.

Runs on Rasa's Python 3.10. `docs/evaluation.md` says why this one, with its figures.
"""

from __future__ import annotations

from typing import Any

import skops.io
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline, make_union

from bot.as_typed import parts, plainly

WORD = r"[^\s]+"
MODEL_FILE = "understanding.skops"
HOLDS = ["scipy.sparse._csr.csr_matrix"]
"""What a trained model may hold besides scikit-learn's own parts."""

SEVERAL = "several"
"""The name under which a message's separate requests are handed to the actions."""

# Requests that can be taken one after the other, and so may be offered as such.
REQUESTS = frozenset(
    {
        "make_safety_plan",
        "plan_show",
        "talk_to_a_person",
        "who_is_open",
        "what_happens_to_what_i_say",
        "will_you_tell",
        "what_to_expect",
        "what_do_i_say_when_i_ring",
        "are_you_real",
    }
)
# These change what a person wrote: a near guess is asked about instead.
CHANGES = frozenset({"plan_edit", "plan_undo", "delete_my_data"})

Ranking = list[dict[str, Any]]


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True
)
class Understanding(IntentClassifier, GraphComponent):  # type: ignore[misc]
    """Ranks the meanings of a message; notices when it holds several requests."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Give the settings that `config.yml` may change; confidences are 0 to 1."""
        return {
            "ranking_length": 10,
            "sure_of_a_part": 0.5,
            "sure_of_a_change": 0.55,
            "regularisation": 10.0,
        }

    def __init__(
        self,
        config: dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        model: Pipeline | None = None,
    ) -> None:
        """Take a trained model, or none yet."""
        self._config = config
        self._storage = storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Understanding:
        """Start untrained."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from every example; single words carry most, pieces carry typos."""
        examples = [each for each in training_data.intent_examples if each.get(TEXT)]
        self._model = untrained(self._config["regularisation"])
        self._model.fit(
            [plainly(each.get(TEXT)) for each in examples],
            [each.get(INTENT) for each in examples],
        )
        with self._storage.write_to(self._resource) as folder:
            skops.io.dump(self._model, folder / MODEL_FILE)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> Understanding:
        """Read what was learnt; refused if it holds anything but the known parts."""
        with model_storage.read_from(resource) as folder:
            model = skops.io.load(folder / MODEL_FILE, trusted=HOLDS)
        return cls(config, model_storage, resource, model)

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the ranking of each message, and its several requests if it has them."""
        for message in messages:
            text = message.get(TEXT) or ""
            ranking, several = self._rank(text), self._requests(text)
            if len(several) > 1:
                # No meaning stands out: the fallback asks which comes first.
                message.set(SEVERAL, several, add_to_output=True)
                ranking = [{"name": name, "confidence": 0.0} for name in several]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def _rank(self, text: str) -> Ranking:
        if self._model is None:
            raise RuntimeError("Understanding was asked before it was trained.")
        sure = self._model.predict_proba([plainly(text)])[0]
        order = sure.argsort()[::-1][: self._config["ranking_length"]]
        ranking = [
            {"name": str(self._model.classes_[at]), "confidence": float(sure[at])}
            for at in order
        ]
        first = ranking[0]
        if first["name"] in CHANGES and (
            first["confidence"] < self._config["sure_of_a_change"]
        ):
            return [{"name": first["name"], "confidence": 0.0}, *ranking[1:]]
        return ranking

    def _requests(self, text: str) -> list[str]:
        divided = parts(text)
        if len(divided) < 2:
            return []
        found = (self._rank(part)[0] for part in divided)
        return list(
            dict.fromkeys(
                meant["name"]
                for meant in found
                if meant["name"] in REQUESTS
                and meant["confidence"] >= self._config["sure_of_a_part"]
            )
        )


def untrained(regularisation: float = 10.0) -> Pipeline:
    """Make the classifier: words and pairs of words, and two to five letters."""
    words = TfidfVectorizer(ngram_range=(1, 2), token_pattern=WORD, sublinear_tf=True)
    pieces = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
    classifier = LogisticRegression(
        # One meaning against the rest: seconds where the default takes minutes.
        solver="liblinear",
        C=regularisation,
        tol=0.01,
        class_weight="balanced",
        random_state=1,
    )
    return make_pipeline(make_union(words, pieces), classifier)
