"""Reading what a form sends: never more than it may hold, each field once."""

from typing import Final
from urllib.parse import parse_qsl

from sanic import Request

LONGEST_FORM: Final = 64 * 1024
MOST_FIELDS: Final = 50


def fields_of(request: Request) -> dict[str, str]:
    """Read the fields; a body that cannot be read, or names one twice, is empty."""
    if len(request.body) > LONGEST_FORM:
        return {}
    try:
        pairs = parse_qsl(
            request.body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS
        )
    except ValueError:
        return {}
    fields = {name: value.replace("\0", "") for name, value in pairs}
    return fields if len(fields) == len(pairs) else {}


def line_of(request: Request, name: str, longest: int = 200) -> str:
    """Read one short line, tidied; too long a one is cut."""
    return " ".join(fields_of(request).get(name, "").split())[:longest]


def text_of(request: Request, name: str) -> str:
    """Read a longer text, with its line breaks."""
    return fields_of(request).get(name, "").replace("\r\n", "\n").strip()


def secret_of(request: Request, name: str) -> str:
    """Read a password just as it was typed."""
    return fields_of(request).get(name, "")
