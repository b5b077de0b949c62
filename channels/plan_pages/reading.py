"""Reading what the plan pages' forms send; whatever is odd is refused as a whole."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from channels.plan_pages.door import Act, Wanted
from channels.web_chat.reading import Unreadable, form_fields, text_of
from foundations.ids import PlanLineId
from safety_plans.plan import SectionId
from safety_plans.sharing import PlanShareId

MOST_FIELDS: Final = 20
LASTS: Final = (7, 30, 90)
"""Days that a share may last."""

_PIN = re.compile(r"[0-9]{4,8}")
_ID = re.compile(r"[0-9a-f]{32}")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,100}")
_WORDED = frozenset({Act.ADD, Act.CHANGE, Act.RENAME})


def fields_of(body: bytes) -> dict[str, str]:
    """Read a form of these pages."""
    return form_fields(body, MOST_FIELDS)


def wanted_of(fields: Mapping[str, str]) -> Wanted:
    """Read what is wanted of the plan."""
    try:
        act = Act(fields.get("do", ""))
        section = SectionId(fields["section"]) if "section" in fields else None
    except ValueError:
        raise Unreadable("broken_form") from None
    line = fields.get("line")
    if line is not None and not _ID.fullmatch(line):
        raise Unreadable("broken_form")
    words = text_of({"text": fields.get("words", "")}) if act in _WORDED else ""
    return Wanted(act, PlanLineId(line) if line else None, section, words)


def pin_of(fields: Mapping[str, str]) -> str:
    """Read a PIN that was chosen."""
    pin = fields.get("pin", "")
    if not _PIN.fullmatch(pin):
        raise Unreadable("broken_form")
    return pin


def token_of(fields: Mapping[str, object]) -> str:
    """Read a copy's token."""
    token = fields.get("copy")
    if not isinstance(token, str) or not _TOKEN.fullmatch(token):
        raise Unreadable("broken_json")
    return token


def share_of(fields: Mapping[str, str]) -> PlanShareId:
    """Read which share is meant."""
    share = fields.get("share", "")
    if not _ID.fullmatch(share):
        raise Unreadable("broken_form")
    return PlanShareId(share)


def chosen_of(fields: Mapping[str, str]) -> frozenset[SectionId]:
    """Read which sections were picked."""
    return frozenset(section for section in SectionId if section.value in fields)


def lasts_of(fields: Mapping[str, str]) -> timedelta:
    """Read for how long; a month when nothing sensible was said."""
    asked = fields.get("days", "")
    days = int(asked) if asked in map(str, LASTS) else LASTS[1]
    return timedelta(days=days)
