"""What each gateway of a run would work out anew, with the same outcome, done once.

A run starts more than a thousand gateways, one after another in the same processes.
Every one reads the same files of words, takes the same paths apart and compiles the
same statements and templates: most of what it costs.
"""

import ast
import inspect
import pickle
from collections.abc import Callable
from functools import cache, wraps
from types import SimpleNamespace
from typing import Any

import httpx
import sanic.mixins.routes
import sanic.router
import sanic_routing.route
import sanic_routing.router
from jinja2 import Environment
from pydantic_settings import EnvSettingsSource
from sanic.mixins.routes import RouteMixin

import storage.engines
from foundations import content


@cache
def do_once() -> None:
    """Remember all of it from here on, in this process; a second call does nothing."""
    content.from_yaml = _fresh_each_time(content.from_yaml)
    _remember_settings()
    _remember_statements()
    _remember_templates()
    _remember_whom_to_trust()
    _remember_paths()
    _remember_handlers()
    _remember_routes()


def _remember_settings() -> None:
    """What each setting is called, and of what kind it is, is worked out from types."""
    for name in ("_extract_field_info", "_field_is_complex"):
        looks = getattr(EnvSettingsSource, name)
        setattr(EnvSettingsSource, name, _once_for_its_setting(looks))


def _once_for_its_setting(looks: Callable[..., Any]) -> Callable[..., Any]:
    known: dict[Any, Any] = {}

    @wraps(looks)
    def look(source: Any, field: Any, *more: Any) -> Any:
        place = (type(source), source.settings_cls, id(field), *more)
        if place not in known:
            # The field is kept, so that its place is never another's.
            known[place] = (field, looks(source, field, *more))
        return known[place][1]

    return look


def _fresh_each_time(reads: Callable[[str], Any]) -> Callable[[str], Any]:
    """Read a text once; whoever asks is given values of their own."""

    @cache
    def kept(text: str) -> bytes:
        return pickle.dumps(reads(text))

    return lambda text: pickle.loads(kept(text))  # noqa: S301 (our own values)


class _Compiled(dict[Any, Any]):
    """Statements as they are said to a kind of database, whichever engine says them."""

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get(self._of_a_kind(key), default)

    def __setitem__(self, key: Any, compiled: Any) -> None:
        super().__setitem__(self._of_a_kind(key), compiled)

    @staticmethod
    def _of_a_kind(key: Any) -> Any:
        dialect, *rest = key
        return type(dialect), *rest


def _remember_statements() -> None:
    creates, compiled = storage.engines.create_engine, _Compiled()

    @wraps(creates)
    def create(*arguments: Any, **named: Any) -> Any:
        engine = creates(*arguments, **named)
        engine._compiled_cache = compiled  # type: ignore[assignment]
        return engine

    storage.engines.create_engine = create  # type: ignore[assignment]


def _remember_templates() -> None:
    compiles, known = Environment.compile, {}

    @wraps(compiles)
    def compile_once(
        environment: Environment, source: Any, name: Any = None, filename: Any = None
    ) -> Any:
        how = (environment.trim_blocks, environment.lstrip_blocks)
        has = (tuple(environment.filters), tuple(environment.tests))
        place = (source, name, filename, how, has, bool(environment.autoescape))
        if place not in known:
            known[place] = compiles(environment, source, name, filename)
        return known[place]

    Environment.compile = compile_once  # type: ignore[assignment]


def _remember_whom_to_trust() -> None:
    """Every client of a test reads all the world's authorities; none of them is met."""
    transports: Any = httpx._transports.default
    makes = transports.create_ssl_context
    usual = cache(lambda trust_env: makes(verify=True, cert=None, trust_env=trust_env))

    def context(verify: Any = True, cert: Any = None, trust_env: bool = True) -> Any:
        if verify is True and cert is None:
            return usual(trust_env)
        return makes(verify=verify, cert=cert, trust_env=trust_env)

    transports.create_ssl_context = context


def _remember_paths() -> None:
    for place in (sanic_routing.route, sanic_routing.router):
        for name in ("path_to_parts", "parts_to_path"):
            setattr(place, name, cache(getattr(place, name)))


def _remember_handlers() -> None:
    """Sanic looks at each handler: its arguments, and the form of what it answers."""
    RouteMixin._determine_error_format = _once_for_its_code(  # type: ignore[method-assign]
        RouteMixin._determine_error_format
    )
    looked_at: Any = _once_for_its_code(inspect.signature)
    for place in (sanic.router, sanic.mixins.routes):
        place.signature = looked_at  # type: ignore[attr-defined]


def _once_for_its_code(looks: Callable[..., Any]) -> Callable[..., Any]:
    """Look at a handler, the last argument, once for all that have the same code."""
    known: dict[Any, Any] = {}

    @wraps(looks)
    def look(*arguments: Any) -> Any:
        handler = arguments[-1]
        code = getattr(inspect.unwrap(handler), "__code__", None)
        if code is None:
            return looks(*arguments)
        place = (code.co_filename, code, inspect.ismethod(handler))
        if place not in known:
            known[place] = looks(*arguments)
        return known[place]

    return look


class _InOrder(dict[Any, None]):
    """A set that gives its members in the order in which they came."""

    def add(self, member: Any) -> None:
        self[member] = None


def _remember_routes() -> None:
    """Sanic makes code of the routes; in one order, the same routes make the same."""
    begins: Any = RouteMixin.__init__

    @wraps(begins)
    def begin(routes: Any, *arguments: Any, **named: Any) -> None:
        begins(routes, *arguments, **named)
        routes._future_routes = _InOrder()

    RouteMixin.__init__ = begin  # type: ignore[method-assign]
    steps = ("parse", "unparse", "fix_missing_locations")
    remembered = {name: cache(getattr(ast, name)) for name in steps}
    router: Any = sanic_routing.router
    router.ast = SimpleNamespace(**{**vars(ast), **remembered})
    router.compile = cache(compile)
