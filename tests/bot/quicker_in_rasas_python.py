"""What the quicker ways give beside Rasa's own, as JSON: runs on Rasa's Python."""

import json
import sys
from types import SimpleNamespace
from typing import Any

from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import RasaException
from rasa.shared.utils.io import YAML_VERSION
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.resolver import VersionedResolver

from bot import quicker_rasa
from bot.quicker_rasa import make_rasa_quicker

ANSWERS: list[Any] = [
    {},
    {"events": [], "responses": []},
    {"events": [{"event": "slot", "name": "plan_line", "value": None}]},
    {"events": [{"event": "slot", "timestamp": None, "name": "a", "value": [1]}]},
    {"events": [{"event": "action_execution_rejected", "name": "a"}]},
    {"events": [{"event": "user", "text": "hello", "parse_data": {"entities": []}}]},
    {"responses": [{"response": "utter_a", "buttons": []}]},
    None,
    3,
    [],
    {"events": None},
    {"events": [3]},
    {"events": [{}]},
    {"events": [{"event": "never_heard_of"}]},
    {"events": [{"event": ["slot"], "name": "a", "value": 1}]},
    {"events": [{"event": "slot"}]},
    {"events": [{"event": "slot", "name": 3, "value": 1}]},
    {"events": [{"event": "action", "name": "a", "timestamp": "today"}]},
    {"events": [{"event": "action", "name": "a", "metadata": []}]},
    {"events": [{"event": "user", "text": 3}]},
    {"responses": ["utter_a"]},
]


WORDS = ["", "a", "yes", "No", "null", "~", "12", "1.5", "0o7", "0x1f", "1:30", "="]
WORDS += ["2026-11-27", ".inf", "<<", "-", "é", "${HOME}", "a ${HOME} b", "true", "+1"]


def main() -> None:
    """Answer every question of the tests at once: Rasa takes long to come in."""
    theirs = RemoteAction._validate_action_result
    is_empty = Domain.is_empty
    make_rasa_quicker()
    domain = Domain.from_dict({"intents": ["greet"], "actions": ["action_a"]})
    json.dump(
        {
            "judged": [
                [_judged(theirs, answer), _judged(quicker_rasa._is_well_formed, answer)]
                for answer in ANSWERS
            ],
            "empty": [
                [is_empty(one), one.is_empty()] for one in (Domain.empty(), domain)
            ],
            "told": _told(domain),
            "kinds_of_words": _kinds_of_words(),
        },
        sys.stdout,
    )


def _judged(check: Any, answer: Any) -> bool:
    spec = RemoteAction.action_response_format_spec
    action = SimpleNamespace(action_response_format_spec=spec)
    try:
        return bool(check(action, answer))
    except RasaException:
        return False
    except Exception as refused:
        if type(refused).__name__ != "ValidationError":
            raise
        return False


def _kinds_of_words() -> list[list[str]]:
    """Say what kind each word in YAML is to ruamel and to us."""
    ours = VersionedResolver.resolve
    theirs = ours.__wrapped__  # type: ignore[attr-defined]
    return [[_kind_of(word, by) for by in (theirs, ours)] for word in WORDS]


def _kind_of(word: str, by: Any) -> str:
    kinds = VersionedResolver(YAML_VERSION, loadumper=SimpleNamespace())
    return str(by(kinds, ScalarNode, word, (True, False)))


def _told(domain: Domain) -> Any:
    """Say four things, then see what an action would be told."""
    tracker = DialogueStateTracker.from_events("one", [])
    for said in ("first", "second", "third", "fourth"):
        meant = {"name": "greet", "confidence": 0.9}
        tracker.update(
            UserUttered(said, meant, parse_data={"intent_ranking": [meant]}), domain
        )
        tracker.update(ActionExecuted("action_a"), domain)
    action = RemoteAction("action_a", None)
    return action._action_call_format(tracker, domain)


if __name__ == "__main__":
    main()
