"""The fixed words for each route, by key, channel and age band."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from escalation.files import read_plain
from escalation.grammar import PhraseError
from escalation.routes import Route, Screening

_HERE = Path(__file__).parent
UNDER_19 = "under_19"
WITH_WORKER = "with_worker"
ASKS_FOR_A_WORKER = "PERSON"
"""What is sent to ask for one; no choice for whoever is talking with one."""
CARD = "escalation.card"


@dataclass(frozen=True)
class FixedChoice:
    """A button on the web, or a numbered line in a text: what it says and sends."""

    label: str
    value: str


@dataclass(frozen=True)
class FixedReply:
    """Words that are ready to send, with the key they are recorded under."""

    key: str
    text: str
    choices: tuple[FixedChoice, ...] = ()


@dataclass(frozen=True)
class Wording:
    """One entry of the reply file, numbers already put in."""

    key: str
    reviewed_by: str
    most_segments: int
    texts: Mapping[tuple[str, str], str]
    choices: tuple[FixedChoice, ...]


def numbers() -> dict[str, str]:
    """Give the pinned crisis numbers by name, as they are printed."""
    found = read_plain(_HERE / "numbers.yml")
    return {str(name): str(number) for name, number in found.items()}


def _wording(entry: dict[str, object], pinned: Mapping[str, str]) -> Wording:
    try:
        bands = {
            "any": entry,
            **{band: entry.get(band, entry) for band in (UNDER_19, WITH_WORKER)},
        }
        return Wording(
            key=str(entry["key"]),
            reviewed_by=str(entry["reviewed_by"]),
            most_segments=int(str(entry["most_segments"])),
            texts={
                (channel, band): str(words[channel]).format_map(pinned)  # type: ignore[index]
                for band, words in bands.items()
                for channel in ("sms", "web")
            },
            choices=tuple(
                FixedChoice(str(one["label"]), str(one["value"]))
                for one in entry.get("choices", ())  # type: ignore[attr-defined]
            ),
        )
    except (KeyError, TypeError, ValueError) as problem:
        key = entry.get("key", "a reply with no key")
        raise PhraseError(f"replies.yml: {key}: {problem!r}") from problem


def load(path: Path = _HERE / "replies.yml") -> dict[str, Wording]:
    """Read every reply; raise PhraseError naming the key that is wrong."""
    entries = read_plain(path)
    pinned = numbers()
    found = [_wording(entry, pinned) for entry in entries]
    if len({one.key for one in found}) != len(found):
        raise PhraseError(f"{path.name}: a key is used twice")
    return {one.key: one for one in found}


REPLIES: Mapping[str, Wording] = load()
LANGUAGES: Mapping[str, Mapping[str, Wording]] = {
    file.stem: load(file) for file in sorted((_HERE / "languages").glob("*.yml"))
}
"""The same words in other languages, by code; what is missing is said in English."""


def is_signed(language: str) -> bool:
    """Tell whether named people have read every crisis word of a language."""
    found = LANGUAGES.get(language, {})
    return bool(found) and all(
        one.reviewed_by != "not reviewed" for one in found.values()
    )


def say(
    key: str,
    channel: str,
    age_band: str | None = None,
    language: str | None = None,
    *,
    with_worker: bool = False,
) -> FixedReply:
    """Give the fixed words for a key; `channel` is sms or web, KeyError if unknown.

    `age_band` is "under_19" when the person has told us so, otherwise None.
    `language` is a code; None, or one without these words, gives the English ones.
    `with_worker`: a worker holds the conversation, so nothing offers to ask for one.
    """
    wording = LANGUAGES.get(language or "", REPLIES).get(key) or REPLIES[key]
    band = UNDER_19 if age_band == UNDER_19 else "any"
    by = "sms" if channel == "sms" else "web"
    if not with_worker:
        return FixedReply(key, wording.texts[by, band], wording.choices)
    choices = (one for one in wording.choices if one.value != ASKS_FOR_A_WORKER)
    return FixedReply(key, wording.texts[by, WITH_WORKER], tuple(choices))


def first_key(screening: Screening) -> str:
    """Name the reply that answers a screening first; ValueError for route none."""
    match screening.route:
        case Route.NONE:
            raise ValueError("nothing was found, so there is nothing to answer")
        case Route.EMERGENCY_NOW if screening.names_another:
            return "escalation.emergency_now_you_or_them"
        case Route.CONCERN_FOR_OTHER if screening.happening_now:
            return "escalation.concern_for_other_now"
        case route if screening.perhaps:
            return f"escalation.{route.value}_perhaps"
        case route:
            return f"escalation.{route.value}"
