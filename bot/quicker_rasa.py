"""Work that Rasa 3.6 does over and over, done once (runs on Rasa's Python 3.10).

Each of the five is a few lines of Rasa 3.6.21's own, replaced by lines with the same
outcome: together they cost it more than the turn itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any

import aiohttp
import ujson
from jsonschema import validators
from rasa import __version__
from rasa.core.actions.action import RemoteAction
from rasa.engine.exceptions import GraphRunError
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity
from rasa.shared.exceptions import RasaException
from rasa.shared.utils.schemas.events import EVENT_SCHEMA
from rasa.utils.endpoints import EndpointConfig

TURNS_TOLD = 3
ACTION_WITHIN_S = 300

_NOTHING_IN_IT = Domain.empty().as_dict()
Parts = dict[str, tuple[Callable[..., "tuple[str, Any]"], "list[str]"]]


def make_rasa_quicker() -> None:
    """Put the five in place; a second call changes nothing."""
    RemoteAction._validate_action_result = _is_well_formed
    RemoteAction._action_call_format = _what_an_action_is_told
    EndpointConfig.session = _connection
    Domain.is_empty = _is_empty
    DaskGraphRunner.run = _run


def _is_well_formed(_action: RemoteAction, answer: Any) -> bool:
    """Refuse an answer of the wrong shape; nothing of it is in the error.

    Rasa tries every event against the shapes of all kinds of event: only that of its
    own kind can fit.
    """
    if not _WHOLE.is_valid(answer) or not all(
        _is_event(event) for event in answer.get("events", ())
    ):
        raise RasaException("an action's answer has the wrong shape")
    return True


def _is_event(event: dict[str, Any]) -> bool:
    check = _OF_ITS_KIND.get(str(event.get("event")))
    return check is not None and bool(check.is_valid(event))


def _checks(shape: dict[str, Any]) -> Any:
    return validators.validator_for(shape)(shape)


_LIST: dict[str, Any] = {"type": "array", "items": {"type": "object"}}
_WHOLE = _checks(
    {"type": "object", "properties": {"events": _LIST, "responses": _LIST}}
)
_OF_ITS_KIND = {
    kind["properties"]["event"]["const"]: _checks(
        {**kind, "properties": {**EVENT_SCHEMA["properties"], **kind["properties"]}}
    )
    for kind in EVENT_SCHEMA["oneOf"]
}


def _is_empty(domain: Domain) -> bool:
    """Compare with a domain that was made once: Rasa makes one for every message."""
    return bool(domain.as_dict() == _NOTHING_IN_IT)


def _what_an_action_is_told(
    action: RemoteAction, tracker: DialogueStateTracker, domain: Any
) -> dict[str, Any]:
    """Tell an action about the last few turns: Rasa sends everything ever said.

    The domain stays here, and of earlier messages how they were understood: no action
    of ours reads it. What the latest one means is told once.
    """
    told = tracker.current_state(EventVerbosity.NONE)
    told["active_loop"].pop("trigger_message", None)
    told["events"] = [event.as_dict() for event in last_turns(tracker.events)]
    for event in told["events"]:
        event.pop("parse_data", None)
    return {
        "next_action": action.name(),
        "sender_id": tracker.sender_id,
        "tracker": told,
        "version": __version__,
    }


def last_turns(events: Sequence[Event]) -> list[Event]:
    """Give the events since the last few messages began, oldest first."""
    heard = (
        back for back, event in enumerate(reversed(events), start=1)
        if isinstance(event, UserUttered)
    )  # fmt: skip
    *_, since = [len(events), *islice(heard, TURNS_TOLD)]
    return list(islice(events, len(events) - since, None))


class KeptConnection:
    """A client session that outlives each request: Rasa makes a new one for each."""

    def __init__(self, headers: dict[str, str]) -> None:
        """Open it for one endpoint."""
        self._session = aiohttp.ClientSession(
            headers=headers,
            timeout=aiohttp.ClientTimeout(total=ACTION_WITHIN_S),
            json_serialize=ujson.dumps,
        )

    async def __aenter__(self) -> aiohttp.ClientSession:
        """Lend the session."""
        return self._session

    async def __aexit__(self, *_problem: object) -> None:
        """Leave it open for the next request."""


def _connection(endpoint: EndpointConfig) -> KeptConnection:
    kept = vars(endpoint).get("kept_connection")
    if kept is None:
        kept = endpoint.kept_connection = KeptConnection(endpoint.headers)
    return kept


def _run(
    runner: DaskGraphRunner,
    inputs: dict[str, Any] | None = None,
    targets: list[str] | None = None,
) -> dict[str, Any]:
    """Run a model's parts one after the other.

    Rasa lays the same graph out anew, in order, for every prediction.
    """
    wanted = tuple(targets or runner._graph_schema.target_names)
    laid_out: dict[tuple[str, ...], Parts] = vars(runner).setdefault("laid_out", {})
    if wanted not in laid_out:
        laid_out[wanted] = _parts(runner, wanted)
    parts = laid_out[wanted]
    made = {name: (name, value) for name, value in (inputs or {}).items()}
    try:
        return dict(_made(name, parts, made) for name in wanted)
    except RuntimeError as wrong:
        raise GraphRunError("Error running runner.") from wrong


def _parts(runner: DaskGraphRunner, wanted: tuple[str, ...]) -> Parts:
    """Name each part with what it needs from others."""
    needed = runner._graph_schema.minimal_graph_schema(list(wanted))
    return {
        name: (runner._instantiated_nodes[name], list(node.needs.values()))
        for name, node in needed.nodes.items()
    }


def _made(name: str, parts: Parts, made: dict[str, tuple[str, Any]]) -> Any:
    """Give what a part makes, after what it needs; what is no part stays a name."""
    if name not in made:
        if name not in parts:
            return name
        part, needs = parts[name]
        made[name] = part(*(_made(need, parts, made) for need in needs))
    return made[name]
