"""Reads wishes, a place and a service out of what someone typed, word by word.

It works with the dialogue up or down. It keeps nothing, and it guesses nothing: words
that it does not know change no wish.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from foundations.content import read_yaml
from signposting.directory import Directory
from signposting.places import PlaceAnswer, Places, plain_name
from signposting.records import (
    SPOKEN_ALOUD,
    AgeRange,
    Service,
    ServiceId,
    Way,
)
from signposting.ruling_out import rule_out
from signposting.wishes import Wishes, aged

WORDS = Path(__file__).with_name("asked.yml")
YOUNGEST, OLDEST = 5, 99
LONGEST_PLACE = 4  # words
LONGEST_PLAIN_ASKING = 14  # words
LONGEST_REFINEMENT = 4  # words
LONG_ENOUGH_TO_BE_MISSPELT = 6  # letters: "in bed" is not a town

_AGE = re.compile(
    r"\b(?:im|i am|aged?|my age is) (\d\d)\b"
    r"(?! (?:mins?|minutes|hours|days|weeks|months|miles|percent|stone|kg)\b)"
    r"|\b(\d\d?) ?(?:yo|years old|year old|yrs)\b"
)
_BARE_AGES = frozenset(str(age) for age in range(10, 26))
_POSTCODE = re.compile(r"\b[a-z]{1,2}\d{1,2}[a-z]? ?\d[a-z]{2}\b")
_OUTWARD = re.compile(r"[a-z]{1,2}\d{1,2}[a-z]?")
# "No, samaritans": a no to something else, that rules nobody out.
_NO_BY_ITSELF = re.compile(r"\bno[,.;:!]")
_AFTER_A_PLACE = re.compile(r" (?:instead|then|please|pls|plz|tho|though|now|rn)$")
_UNDER = re.compile(r"\bunder (\d\d?)s?\b")
_OVER = re.compile(r"\bover (\d\d?)s?\b")


class AskedFor(str, Enum):
    """What someone wants to hear."""

    WHO_IS_OPEN = "who is open"
    WHAT_TO_EXPECT = "what to expect from one service"
    IS_IT_OPEN = "whether one service is open"


class Somewhere(str, Enum):
    """Where someone is, as far as words tell; it is asked about, never guessed."""

    SETTLED = "settled, or nothing said"
    NEAR_ME = "near them, and we do not know where that is"
    UNKNOWN = "a place that we do not know"


@dataclass(frozen=True)
class Asked:
    """What was asked: the wishes read, a place still to be settled, one service.

    `who_is_there` tells that the words ask for that. `ruled_out` are services that
    were named to be left out.
    """

    wants: AskedFor
    wishes: Wishes
    place: PlaceAnswer
    service: Service | None = None
    somewhere: Somewhere = Somewhere.SETTLED
    who_is_there: bool = False
    ruled_out: tuple[ServiceId, ...] = ()

    @property
    def says_something(self) -> bool:
        """Tell whether the words held anything about finding help at all.

        For what was read without wishes from before: said again, it is said too.
        """
        return bool(
            self.wishes != Wishes()
            or self.service
            or self.place.candidates
            or self.who_is_there
            or self.ruled_out
            or self.somewhere is not Somewhere.SETTLED
        )


def read_asked(directory: Directory, text: str, before: Wishes | None = None) -> Asked:
    """Read what was typed, on top of the wishes from before; never an error."""
    ruled_out = rule_out(directory, _plain(text))
    plain = ruled_out.left
    wants, service = _about_one(directory, plain)
    place = _places(directory.places, _AFTER_A_PLACE.sub("", plain))
    wishes = _wishes(plain, before or Wishes())
    if place.areas:
        wishes = replace(wishes, areas=place.areas)
    settled = bool(place.areas or place.candidates)
    return Asked(
        wants,
        wishes,
        place,
        service,
        somewhere=Somewhere.SETTLED if settled else _somewhere(plain, wishes),
        who_is_there=_has(plain, _words()["who_is_there"]),
        ruled_out=ruled_out.services,
    )


def asks_plainly(directory: Directory, text: str) -> bool:
    """Tell whether words ask for help so plainly that nothing has to understand them.

    They name one service by more than a word of every day, or they ask who is there
    and say a wish, a place or who not too, or they say nothing but what they cannot do
    and who not.
    """
    plain = _plain(text)
    if len(plain.split()) > LONGEST_PLAIN_ASKING:
        return False
    asked = read_asked(directory, text)
    if asked.service is not None:
        return plain not in _words()["also_words"]
    rules_out = asked.wishes.not_ways or asked.ruled_out
    if rules_out and is_only_wishes(directory, text):
        return True
    says_more = bool(
        asked.wishes != Wishes() or asked.place.candidates or asked.ruled_out
    )
    return asked.who_is_there and says_more


def is_only_wishes(directory: Directory, text: str) -> bool:
    """Tell whether every word belongs to a wish: "im 20 im a student"."""
    words = _words()
    plain = rule_out(directory, _plain(text)).left
    if len(plain.split()) > LONGEST_PLAIN_ASKING:
        return False
    kinds = (words[kind] for kind in ("not_ways", "ways", "audiences", "access"))
    phrases = [phrase for kind in kinds for each in kind.values() for phrase in each]
    left = _AGE.sub("|", _in_digits(_POSTCODE.sub("|", plain)))
    left, _ = _take_out(left, {"wish": phrases, "quiet": words["cannot_be_overheard"]})
    return set(left.split()) <= {"|", *words["around_wishes"]}


def is_refinement(directory: Directory, text: str) -> bool:
    """Tell whether words may narrow a search: few, or nothing but wishes.

    All others are read by the dialogue, whole.
    """
    few = len(text.split()) <= LONGEST_REFINEMENT
    return few or is_only_wishes(directory, text)


def read_place(directory: Directory, text: str) -> PlaceAnswer:
    """Read an answer to "where are you?", which may be nothing but a name."""
    plain = plain_name(text)
    found = _places(directory.places, plain)
    return found if found.areas or found.candidates else directory.places.find(plain)


def read_bare_age(text: str) -> int | None:
    """Read an age that is all of a message, and as old as who we are for; or None."""
    plain = _in_digits(plain_name(text))
    return int(plain) if plain in _BARE_AGES else None


def read_age(text: str) -> int | None:
    """Read an answer to "how old are you?": one number that can be an age, or None."""
    number = re.fullmatch(r"\D*(\d{1,2})\D*", _in_digits(plain_name(text)))
    age = int(number[1]) if number else 0
    return age if YOUNGEST <= age <= OLDEST else None


def _wishes(plain: str, before: Wishes) -> Wishes:
    words = _words()
    left, _ = _take_out(plain, {"ours": words["no_wish"]})
    left, not_ways = _take_out(left, words["not_ways"])
    left, quiet = _take_out(left, {"quiet": words["cannot_be_overheard"]})
    _, named = _take_out(left, words["ways"])
    ways = frozenset(map(Way, named))
    return replace(
        before,
        ages=_ages(plain) or before.ages,
        ways=ways or before.ways - frozenset(map(Way, not_ways)),
        # Who asks for a call after all can be called.
        not_ways=(before.not_ways - ways) | frozenset(map(Way, not_ways)),
        audiences=before.audiences | _said(plain, words["audiences"]),
        topics=_said(plain, words["topics"]) or before.topics,
        formats=_said(plain, words["formats"]) or before.formats,
        access=_said(plain, words["access"]) or before.access,
        cannot_be_overheard=bool(quiet)
        or (before.cannot_be_overheard and not ways & SPOKEN_ALOUD),
        no_credit=before.no_credit or _has(plain, words["no_credit"]),
        no_data=before.no_data or _has(plain, words["no_data"]),
        at_any_hour=_has(plain, words["at_any_hour"])
        or (before.at_any_hour and not _has(plain, words["right_now"])),
    )


def _plain(text: str) -> str:
    """Write words in lower case without marks, and "do not" as "dont"."""
    plain = f" {plain_name(_NO_BY_ITSELF.sub(' ', text.lower()))} "
    for written, short in _words()["short_for"].items():
        plain = plain.replace(f" {written} ", f" {short} ")
    return plain.strip()


def _in_digits(plain: str) -> str:
    """Write an age that stands there as a word in digits: "im fifteen"."""
    ages = sorted(_words()["ages"].items(), key=lambda age: -len(age[0]))
    for word, number in ages:
        plain = re.sub(rf"\b{word}\b", str(number), plain)
    return plain


def _ages(plain: str) -> AgeRange | None:
    plain = _in_digits(plain)
    found = _AGE.search(plain)
    if found:
        age = int(found[1] or found[2])
        return aged(age) if YOUNGEST <= age <= OLDEST else None
    under, over = _UNDER.search(plain), _OVER.search(plain)
    if under:
        return AgeRange(YOUNGEST, max(YOUNGEST, int(under[1]) - 1))
    if over:
        return AgeRange(int(over[1]), OLDEST)
    return None


def _places(places: Places, plain: str) -> PlaceAnswer:
    """Look for a place, and for others after "or" and "and"; any unsure one is asked.

    A name that holds "and" itself is one place.
    """
    first = _place(places, plain)
    pieces = re.split(r" (?:or|and) ", plain)
    if len(pieces) == 1 or plain in places.by_name:
        return first
    found = [_place(places, pieces[0])]
    found += [_place_at_start(places, piece) for piece in pieces[1:]]
    known = [each for each in found if each.areas or each.candidates]
    if len(known) < 2:
        return first
    sure = frozenset().union(*(each.areas for each in known))
    unsure = [area for each in known for area in each.candidates]
    if unsure:
        return PlaceAnswer(candidates=tuple(dict.fromkeys((*sorted(sure), *unsure))))
    return PlaceAnswer(areas=sure)


def _place_at_start(places: Places, plain: str) -> PlaceAnswer:
    """Look for a place after "or": named or misspelt, or after "in" or "near"."""
    words = plain.split()
    for length in range(min(LONGEST_PLACE, len(words)), 0, -1):
        name = " ".join(words[:length])
        if name in places.by_name or _is_a_code(name):
            return places.find(name)
    if len(words) <= 2 and len(plain) >= LONG_ENOUGH_TO_BE_MISSPELT:
        return places.find(plain)
    return _place(places, plain)


def _place(places: Places, plain: str) -> PlaceAnswer:
    """Look for a place after "in" or "near", or as the whole of what was typed."""
    if plain in places.by_name or _is_a_code(plain):
        return places.find(plain)
    unsure = PlaceAnswer()
    for name in _named_places(plain):
        found = places.find(name)
        if found.areas or name in places.by_name or re.search(r"\d", name):
            return found
        if found.candidates and len(name) >= LONG_ENOUGH_TO_BE_MISSPELT:
            unsure = unsure if unsure.candidates else found
    return unsure


def _is_a_code(plain: str) -> bool:
    """Tell a postcode, or its first half; `Places` looks at no more than that."""
    return bool(_OUTWARD.fullmatch(plain) or _POSTCODE.fullmatch(plain))


def _somewhere(plain: str, wishes: Wishes) -> Somewhere:
    """Tell whether the words end in a place we do not know, or in an unknown "here"."""
    if _POSTCODE.fullmatch(plain):
        return Somewhere.UNKNOWN
    if _has(plain, _words()["near_me"]):
        return Somewhere.SETTLED if wishes.areas else Somewhere.NEAR_ME
    places = "|".join(_words()["before_an_unknown_place"])
    found = re.search(rf"\b(?:{places}) ([a-z]+(?: [a-z]+)?)$", plain)
    if found is None or set(found[1].split()) & set(_words()["no_place"]):
        return Somewhere.SETTLED
    return Somewhere.UNKNOWN


def _named_places(plain: str) -> Iterator[str]:
    """Give what follows each "in" or "near", the longest stretch of words first.

    A whole postcode is a place wherever it stands.
    """
    yield from _POSTCODE.findall(plain)
    for before in _words()["before_a_place"]:
        for match in re.finditer(rf"\b{before} (?=\S)", plain):
            rest = plain[match.end() :].split()
            if rest[-1] in _BARE_AGES:
                # "near exeter, 17": no part of its name.
                del rest[-1]
            for length in range(min(LONGEST_PLACE, len(rest)), 0, -1):
                yield " ".join(rest[:length])


def _about_one(directory: Directory, plain: str) -> tuple[AskedFor, Service | None]:
    words = _words()
    for start in words["about_one"]:
        if plain.startswith(f"{start} "):
            rest = plain.removeprefix(f"{start} ")
            name, _, end = rest.rpartition(" ")
            ended = end in words["about_one_ends"]
            service = directory.named(rest) or (
                directory.named(name) if ended else None
            )
            if service:
                return AskedFor.WHAT_TO_EXPECT, service
    starts = "|".join(words["is_one_open"])
    ends = "|".join(words["is_one_open_ends"])
    match = re.fullmatch(rf"(?:{starts}) (.+?) (?:{ends})", plain)
    service = directory.named(match[1]) if match else directory.named(plain)
    if service:
        return AskedFor.IS_IT_OPEN if match else AskedFor.WHAT_TO_EXPECT, service
    return AskedFor.WHO_IS_OPEN, None


def _said(plain: str, phrases: Mapping[str, list[str]]) -> frozenset[str]:
    return frozenset(key for key, each in phrases.items() if _has(plain, each))


def _has(plain: str, phrases: list[str]) -> bool:
    return any(f" {phrase} " in f" {plain} " for phrase in phrases)


def _take_out(
    plain: str, phrases: Mapping[str, list[str]]
) -> tuple[str, frozenset[str]]:
    """Find the longest phrases first; give what is left of the text, and the keys."""
    left, keys = f" {plain} ", set()
    pairs = [(phrase, key) for key, each in phrases.items() for phrase in each]
    for phrase, key in sorted(pairs, key=lambda pair: -len(pair[0])):
        if f" {phrase} " in left:
            left = left.replace(f" {phrase} ", " | ")
            keys.add(key)
    return left.strip(), frozenset(keys)


@cache
def _words() -> Mapping[str, Any]:
    words: Mapping[str, Any] = read_yaml(WORDS)
    return words
