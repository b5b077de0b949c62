"""A blueprint that tells Sanic in which form a refusal is given."""

from typing import Any

from sanic import Blueprint


class PlainBlueprint(Blueprint):
    """Refusals are plain text; what they say is decided where they are answered.

    Told so, Sanic need not read the source of every handler at every start to guess.
    """

    def route(self, *args: Any, **kwargs: Any) -> Any:
        """Add a route, as a Blueprint does."""
        kwargs["error_format"] = kwargs.get("error_format") or "text"
        return super().route(*args, **kwargs)
