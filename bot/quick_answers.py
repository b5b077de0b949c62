"""Checks what actions answer in a fraction of Rasa's time (runs on Python 3.10).

Rasa 3.6 checks its own schema again for every action it runs, which was three
quarters of its work on a turn. The schema does not change: it is made ready once.
"""

from __future__ import annotations

from typing import Any

from jsonschema import validators
from rasa.core.actions.action import RemoteAction
from rasa.shared.exceptions import RasaException

_SPEC = RemoteAction.action_response_format_spec()
_CHECK = validators.validator_for(_SPEC)(_SPEC)


def check_answers_quickly() -> None:
    """Let every action's answer be checked by the schema that is ready."""
    RemoteAction._validate_action_result = _is_well_formed


def _is_well_formed(_action: RemoteAction, answer: Any) -> bool:
    """Refuse an answer of the wrong shape; nothing of it is in the error."""
    if not _CHECK.is_valid(answer):
        raise RasaException("an action's answer has the wrong shape")
    return True
