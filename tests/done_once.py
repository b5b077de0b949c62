"""What each gateway of a run would work out anew, with the same outcome, done once.

A run starts more than a thousand gateways, one after another in the same processes.
Every one reads the same files of words, takes the same paths apart and asks which
migration is the last: half of what starting it costs.
"""

import ast
import inspect
import pickle
from collections.abc import Callable
from functools import cache
from types import SimpleNamespace
from typing import Any

import sanic_routing.route
import sanic_routing.router
from sanic.mixins.routes import RouteMixin

import storage.schema
from foundations import content


@cache
def do_once() -> None:
    """Remember all of it from here on, in this process; a second call does nothing."""
    content.from_yaml = _fresh_each_time(content.from_yaml)
    storage.schema.ScriptDirectory = cache(storage.schema.ScriptDirectory)
    _remember_paths()
    _remember_handlers()
    _write_no_code_for_readers()


def _fresh_each_time(reads: Callable[[str], Any]) -> Callable[[str], Any]:
    """Read a text once; whoever asks is given values of their own."""

    @cache
    def kept(text: str) -> bytes:
        return pickle.dumps(reads(text))

    return lambda text: pickle.loads(kept(text))  # noqa: S301 (our own values)


def _remember_paths() -> None:
    for place in (sanic_routing.route, sanic_routing.router):
        for name in ("path_to_parts", "parts_to_path"):
            setattr(place, name, cache(getattr(place, name)))


def _remember_handlers() -> None:
    """Sanic reads each handler's source, to tell in what form its errors should be."""
    mixin: Any = RouteMixin
    reads, known = mixin._determine_error_format, {}

    def form(routes: Any, handler: Any) -> str:
        code = getattr(inspect.unwrap(handler), "__code__", None)
        if code is None:
            return str(reads(routes, handler))
        place = (code.co_filename, code)
        if place not in known:
            known[place] = reads(routes, handler)
        return str(known[place])

    mixin._determine_error_format = form


def _write_no_code_for_readers() -> None:
    """Sanic writes the code of its routes out once more, for people to look at."""
    as_it_is: dict[str, Any] = {
        "unparse": lambda _tree: "",
        "fix_missing_locations": lambda tree: tree,
    }
    router: Any = sanic_routing.router
    router.ast = SimpleNamespace(**{**vars(ast), **as_it_is})
