"""Reading what a browser sends: strictly, and without ever repeating it."""

import json
import re
from collections.abc import Mapping
from typing import Final, NoReturn
from urllib.parse import parse_qsl
from uuid import UUID, uuid5

BODY_LIMIT: Final = 64 * 1024  # bytes
LONGEST_WAIT: Final = 25.0  # seconds

_CLIENT_ID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_LINK = re.compile(r"[A-Za-z0-9_-]{1,100}")
_MESSAGE_ID = re.compile(r"[A-Za-z0-9_.:-]{1,100}")


class Unreadable(Exception):
    """A request that cannot be used; `code` names a sentence in words.yml."""

    def __init__(self, code: str, status: int = 400) -> None:
        super().__init__(code)
        self.code = code
        self.status = status


def json_object(body: bytes, content_type: str) -> dict[str, object]:
    """Read a JSON object; duplicate keys, NaN and runaway nesting are refused."""
    if content_type.split(";")[0].strip().lower() != "application/json":
        raise Unreadable("not_json", 415)
    try:
        found = json.loads(
            _utf8(body), object_pairs_hook=_once_each, parse_constant=_no_constant
        )
    except (ValueError, RecursionError):
        raise Unreadable("broken_json") from None
    if not isinstance(found, dict):
        raise Unreadable("broken_json")
    return found


def form_fields(body: bytes, most: int = 10) -> dict[str, str]:
    """Read a plain form of so many fields; one given twice is refused."""
    try:
        pairs = parse_qsl(
            _utf8(body), keep_blank_values=True, errors="strict", max_num_fields=most
        )
    except ValueError:
        raise Unreadable("broken_form") from None
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise Unreadable("broken_form")
    return fields


def text_of(fields: Mapping[str, object]) -> str:
    """Give the text that was written, cleaned of what no database can hold."""
    written = fields.get("text")
    if not isinstance(written, str):
        raise Unreadable("wrong_text")
    text = _storable(written)
    if not text.strip():
        raise Unreadable("empty_text")
    return text


def client_id_of(fields: Mapping[str, object]) -> str:
    """Give the id that the sender made up for this message: a UUID."""
    client_id = fields.get("id")
    if not isinstance(client_id, str) or not _CLIENT_ID.fullmatch(client_id):
        raise Unreadable("wrong_id")
    return client_id.lower()


def form_client_id(fields: Mapping[str, object], text: str) -> str:
    """Make the id of a message sent by a plain form.

    Pressing twice sends once; the same page sent again with other words, after
    going back, is another message.
    """
    return str(uuid5(UUID(client_id_of(fields)), text))


def link_of(fields: Mapping[str, object]) -> str:
    """Give the chat link's name; anything that cannot be one is refused."""
    link = fields.get("link")
    if not isinstance(link, str):
        raise Unreadable("wrong_link")
    if not could_be_link(link):
        raise Unreadable("unknown_link", 404)
    return link


def could_be_link(link: str) -> bool:
    """Tell whether a path part has the shape of a chat link."""
    return _LINK.fullmatch(link) is not None


def after_and_wait(query: str) -> tuple[str | None, float]:
    """Read `after` (a message id) and `wait` (seconds, 0 to 25) of a catch-up."""
    try:
        pairs = parse_qsl(
            query, keep_blank_values=True, errors="strict", max_num_fields=10
        )
    except ValueError:
        raise Unreadable("wrong_after") from None
    asked = dict(pairs)
    if len(asked) != len(pairs):
        raise Unreadable("wrong_after")
    after = asked.get("after") or None
    if after is not None and not _MESSAGE_ID.fullmatch(after):
        raise Unreadable("wrong_after")
    return after, _seconds(asked.get("wait", "0"))


def _seconds(written: str) -> float:
    if not re.fullmatch(r"\d{1,2}(\.\d{1,3})?", written, re.ASCII):
        raise Unreadable("wrong_wait")
    seconds = float(written)
    if seconds > LONGEST_WAIT:
        raise Unreadable("wrong_wait")
    return seconds


def _utf8(body: bytes) -> str:
    if len(body) > BODY_LIMIT:
        raise Unreadable("too_big", 413)
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise Unreadable("not_utf8") from None


def _storable(text: str) -> str:
    # PostgreSQL refuses NUL, and half a surrogate pair cannot be encoded at all.
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole.replace("\x00", "")


def _once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def _no_constant(_name: str) -> NoReturn:
    raise ValueError
