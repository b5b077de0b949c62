"""What was meant: words and pieces of words weighed, and the sentence as a whole.

Words answer alone where they are sure. Where they are not, what the sentence is like is
weighed with them. Runs on Rasa's Python 3.10. `docs/evaluation.md` has the figures.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
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

from bot.as_typed import asked, parts, plainly
from bot.second_look import second_look
from bot.sentence_model import SentenceModel
from bot.short_memory import this_turn
from bot.word_weights import WordWeights

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
# Whoever is sure to ask for these, or tells of a death, is answered as they asked.
SURELY_MEANT = REQUESTS | CHANGES | {"my_data", "bereaved_by_suicide", "join_phone"}
# Anything can be liked, so words that are near nothing else seem to be of it.
WIDE = frozenset({"something_i_like"})

Ranking = list[dict[str, Any]]


@dataclass(frozen=True)
class Learnt:
    """What training gives: two classifiers over the same meanings, in one order."""

    words: Pipeline
    sentences: LogisticRegression

    @property
    def meanings(self) -> list[str]:
        """Name the meanings in the order of every row of confidences."""
        return [str(name) for name in self.words.classes_]


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
            "words_alone": 0.55,
            "share_of_the_sentence": 0.4,
        }

    def __init__(
        self,
        config: dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        learnt: Learnt | None = None,
    ) -> None:
        """Take what was learnt, or nothing yet."""
        self._config = config
        self._storage = storage
        self._resource = resource
        self._learnt = learnt
        self._word_weights = WordWeights(learnt.words) if learnt else None
        self._sentence_model = SentenceModel()

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
        """Learn from every example, by its words and by the whole of it."""
        examples = [each for each in training_data.intent_examples if each.get(TEXT)]
        read = [plainly(each.get(TEXT)) for each in examples]
        meant = [each.get(INTENT) for each in examples]
        with ThreadPoolExecutor(1) as beside:
            words = beside.submit(by_words().fit, read, meant)
            seen = self._sentence_model.read(read, cores=os.cpu_count() or 1)
            self._learnt = Learnt(words.result(), by_sentences().fit(seen, meant))
        with self._storage.write_to(self._resource) as folder:
            skops.io.dump(vars(self._learnt), folder / MODEL_FILE)
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
            learnt = skops.io.load(folder / MODEL_FILE, trusted=HOLDS)
        return cls(config, model_storage, resource, Learnt(**learnt))

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the ranking of each message, and its several requests if it has them."""
        for message in messages:
            text = message.get(TEXT) or ""
            wish = asked(text)
            ranking, several = self._rank(wish), self._requests(wish)
            if len(several) > 1:
                # No meaning stands out: the fallback asks which comes first.
                message.set(SEVERAL, several, add_to_output=True)
                ranking = [{"name": name, "confidence": 0.0} for name in several]
            elif not self._is_surely_meant(ranking[0]):
                self._look_again(plainly(text))
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def _rank(self, text: str) -> Ranking:
        if self._learnt is None or self._word_weights is None:
            raise RuntimeError("Understanding was asked before it was trained.")
        sure = self._confidences(self._learnt, self._word_weights, plainly(text))
        meanings = self._learnt.meanings
        order = sure.argsort()[::-1][: self._config["ranking_length"]]
        ranking = [
            {"name": meanings[at], "confidence": float(sure[at])} for at in order
        ]
        first = ranking[0]
        if first["name"] in CHANGES | WIDE and (
            first["confidence"] < self._config["sure_of_a_change"]
        ):
            return [{"name": first["name"], "confidence": 0.0}, *ranking[1:]]
        return ranking

    def _confidences(self, learnt: Learnt, weights: WordWeights, read: str) -> Any:
        words = weights.confidences(read)
        if words.max() >= self._config["words_alone"]:
            # Most messages end here, and cost nothing more.
            return words
        seen = self._sentence_model.read([read])
        sentence = learnt.sentences.predict_proba(seen)[0]
        share = self._config["share_of_the_sentence"]
        return (1 - share) * words + share * sentence

    def _is_surely_meant(self, first: dict[str, Any]) -> bool:
        is_sure = first["confidence"] >= self._config["words_alone"]
        return is_sure and first["name"] in SURELY_MEANT

    def _look_again(self, read: str) -> None:
        """Note what the message may say that no phrase of the screen found."""
        turn = this_turn.get(None)
        if turn is not None and turn.may_raise:
            turn.raises = second_look().raises(
                read, lambda stretch: self._sentence_model.read_closely([stretch])[0]
            )

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


def by_words() -> Pipeline:
    """Make what reads words and pairs of words, and two to four letters."""
    words = TfidfVectorizer(ngram_range=(1, 2), token_pattern=WORD, sublinear_tf=True)
    pieces = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True)
    classifier = LogisticRegression(
        # One meaning against the rest: seconds where the default takes minutes.
        solver="liblinear",
        C=10.0,
        tol=0.01,
        class_weight="balanced",
        random_state=1,
    )
    return make_pipeline(make_union(words, pieces), classifier)


def by_sentences() -> LogisticRegression:
    """Make what reads a sentence's numbers: few enough for all meanings at once."""
    return LogisticRegression(C=20.0, max_iter=60, class_weight="balanced")
