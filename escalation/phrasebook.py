"""Read the phrase files, a folder for each route, and say what is wrong with one."""

from dataclasses import dataclass, fields
from pathlib import Path

from escalation.files import read_plain
from escalation.grammar import PhraseError
from escalation.lexicon import Lexicon
from escalation.lexicon import load as load_classes
from escalation.routes import Route

FOLDER = Path(__file__).parent / "phrases"
WORDS = "words"
GUARDS = (
    "unless_before",
    "unless_after",
    "unless_near",
    "unless_anywhere",
    "needs_near",
    "needs_anywhere",
)


@dataclass(frozen=True)
class Phrase:
    """One reviewed reason for a route: its patterns, its guards and its examples.

    `unless_before` and `unless_after` look up to four words away; `unless_near` and
    `needs_near` up to twelve either side; `..._anywhere` looks at everything read.
    `places` is how many separate places must match before it counts at all.
    `about_me` asks that the person named last, in or before the match, is the writer.
    `by_somebody`: somebody does it to them, so whoever comes near may be that one.
    A look-alike (route none) shields its words from the other routes.
    `theme` is the file it stands in, in the folder of its route.
    """

    id: str
    route: Route
    theme: str
    why: str
    reviewed_by: str
    review_date: str | None
    patterns: tuple[str, ...]
    must_match: tuple[str, ...] = ()
    must_not_match: tuple[str, ...] = ()
    unless_before: tuple[str, ...] = ()
    unless_after: tuple[str, ...] = ()
    unless_near: tuple[str, ...] = ()
    unless_anywhere: tuple[str, ...] = ()
    needs_near: tuple[str, ...] = ()
    needs_anywhere: tuple[str, ...] = ()
    happening_now: bool = False
    by_somebody: bool = False
    even_if_shielded: bool = False
    about_me: bool = False
    places: int = 1

    def guards(self) -> tuple[str, ...]:
        """List every pattern that this phrase's guards look for."""
        return tuple(p for name in GUARDS for p in getattr(self, name))


_KNOWN = {item.name for item in fields(Phrase)} - {"route", "theme"}
_LISTS = {*GUARDS, "patterns", "must_match", "must_not_match"}


@dataclass(frozen=True)
class Phrasebook:
    """Every phrase of every route, and the word classes they are built from."""

    phrases: tuple[Phrase, ...]
    lexicon: Lexicon


def load(folder: Path = FOLDER) -> Phrasebook:
    """Read every phrase file; raise PhraseError naming the file and the id."""
    lexicon = load_classes(folder / WORDS)
    phrases: list[Phrase] = []
    for route in Route:
        if not (paths := files_of(route, folder)):
            raise PhraseError(f"{route.value}: this folder has no phrases")
        for path in paths:
            phrases += _file(path, route, lexicon)
    for path in folder.rglob("*.yml"):
        _belongs(path.relative_to(folder))
    ids = [phrase.id for phrase in phrases]
    for one in ids:
        if ids.count(one) > 1:
            raise PhraseError(f"{one}: this id is used twice")
    return Phrasebook(tuple(phrases), lexicon)


def files_of(route: Route, folder: Path = FOLDER) -> list[Path]:
    """List the files of a route, one for each theme."""
    return sorted((folder / route.value).glob("*.yml"))


def _belongs(name: Path) -> None:
    """Raise PhraseError for a file that nobody reads: what it says would be silent."""
    routes = [route.value for route in Route]
    match name.parts:
        case (place, _) if place in (*routes, WORDS):
            return
        case (place, of, _) if place == WORDS and of in routes:
            return
    raise PhraseError(f"{name.as_posix()}: this is no place for phrases or words")


def _file(path: Path, route: Route, lexicon: Lexicon) -> list[Phrase]:
    entries = read_plain(path)
    name = f"{route.value}/{path.name}"
    if not isinstance(entries, list):
        raise PhraseError(f"{name}: expected a list of phrases")
    return [_entry(name, route, entry, lexicon) for entry in entries]


def _entry(
    file: str, route: Route, entry: dict[str, object], lexicon: Lexicon
) -> Phrase:
    where = f"{file}: {entry.get('id', 'a phrase with no id')}"
    if missing := {"id", "why", "reviewed_by", "patterns"} - entry.keys():
        raise PhraseError(f"{where}: missing {sorted(missing)}")
    if unknown := entry.keys() - _KNOWN:
        raise PhraseError(f"{where}: unknown {sorted(unknown)}")
    for name in _LISTS & entry.keys():
        if not isinstance(entry[name], list):
            raise PhraseError(f"{where}: {name} is not a list")
    values = {
        key: tuple(map(str, value)) if isinstance(value, list) else value
        for key, value in entry.items()
    }
    values = {"review_date": None, **values, "theme": Path(file).stem}
    phrase = Phrase(route=route, **values)  # type: ignore[arg-type]
    try:
        for pattern in phrase.patterns + phrase.guards():
            lexicon.read(pattern)
    except PhraseError as problem:
        raise PhraseError(f"{where}: {problem}") from problem
    return phrase
