"""A person's own copy as data: what the page of it shows, and nothing more."""

from dataclasses import asdict

from channels.web_chat.door import (
    ChatMessage,
    CopyPart,
    NoteAboutMe,
    OwnCopy,
    Shared,
)
from foundations.clock import in_london


def as_data(copy: OwnCopy) -> dict[str, object]:
    """Give a copy in the shape `OwnCopy` of openapi.json.

    Times are London's, to the minute, as they are on the page.
    """
    return {
        "format": "handrail-own-copy",
        "version": 2,
        "plan": [_part(part) for part in copy.plan],
        "shared": [_shared(one) for one in copy.shared],
        "notes": [_note(note) for note in copy.notes],
        "wished": asdict(copy.wished),
        "phone": copy.phone,
        "said": [_said(message) for message in copy.said],
    }


def _part(part: CopyPart) -> dict[str, object]:
    return {"title": part.title, "lines": list(part.lines)}


def _shared(one: Shared) -> dict[str, object]:
    return {
        "shared_with": one.shared_with,
        "shown": one.shown,
        "at": in_london(one.at).isoformat(timespec="minutes"),
        "taken_back": one.taken_back,
    }


def _note(note: NoteAboutMe) -> dict[str, object]:
    return {
        "by": note.by,
        "text": note.text,
        "held_back": note.text is None,
        "at": in_london(note.at).isoformat(timespec="minutes"),
    }


def _said(message: ChatMessage) -> dict[str, object]:
    return {
        "from": message.speaker.value,
        "text": message.text,
        "at": in_london(message.said_at).isoformat(timespec="minutes"),
    }
