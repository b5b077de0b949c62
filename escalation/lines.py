"""Read and write the JSON lines of the command line."""

import json

from escalation.routes import Recent
from escalation.screening import screen


class BadLine(ValueError):
    """A line that is not a message; says what is wrong, never what was written."""


def read_recent(items: object) -> tuple[Recent, ...]:
    """Read earlier messages: plain strings, or {"text", "age_s"}."""
    if not isinstance(items, list):
        raise BadLine("recent is not a list")
    return tuple(_one(item) for item in items)


def _one(item: object) -> Recent:
    match item:
        case str():
            return Recent(item)
        case {"text": str(text), "age_s": int() | float() as age}:
            return Recent(text, float(age))
        case {"text": str(text)}:
            return Recent(text)
        case _:
            raise BadLine("an item of recent is neither a text nor {text, age_s}")


def answer(line: str) -> str:
    """Screen one line and give the line to write; raise BadLine when it is not one."""
    try:
        item = json.loads(line)
    except (ValueError, RecursionError):
        raise BadLine("not JSON") from None
    if not isinstance(item, dict) or not isinstance(item.get("text"), str):
        raise BadLine("expected an object with a text")
    found = screen(item["text"], read_recent(item.get("recent") or []))
    return json.dumps(
        {"id": item.get("id"), "route": found.route, "reasons": list(found.reasons)}
    )
