"""What can be said next while finding help, and small lists in words."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from bot.turns.finding_help_doing import WhatWentWrong
from foundations.saying import Channel, Choice, Say
from signposting import (
    Answer,
    Directory,
    OpenState,
    Service,
    ServiceId,
    Way,
    open_now,
)
from signposting.asking import OLDEST, YOUNGEST
from signposting.fitting import phone_for
from signposting.home import Home
from signposting.places import plain_name
from signposting.records import ANY_AGE, AgeRange
from signposting.search import Search
from signposting.wishes import Wishes

_CAN_BE_WAITED_FOR: Final = frozenset({OpenState.CLOSED_UNTIL})
_REASONS: Final = tuple(each for each in WhatWentWrong if each != "not_said")


def after_an_answer(
    directory: Directory, search: Search, home: Home
) -> tuple[Choice, ...]:
    """Offer what would make an answer fit better, where it is not known yet."""
    wishes = search.wishes
    names = [
        *(["near_me"] if not (wishes.areas or home.areas) else []),
        *(["my_age"] if wishes.ages is None else []),
        *(["remember"] if wishes != Wishes() and not search.remembered else []),
    ]
    return tuple(_offer(directory, name) for name in names)


def first_line(answer: Answer, before: Search, wishes: Wishes) -> str | None:
    """Say so when they are always there, or when another wish brings the very same.

    None says the usual.
    """
    if not answer.kind_is_open:
        return None
    if wishes.at_any_hour and not before.wishes.at_any_hour:
        return "signposting.any_hour"
    if wishes == before.wishes or not before.last:
        return None
    found = [each.service.id for each in answer.choices]
    same = tuple(found[: len(before.last)]) == before.last
    return "signposting.still_these" if same else None


def about(
    directory: Directory,
    service: Service,
    at: datetime,
    channel: Channel,
    *,
    is_rest: bool = False,
) -> tuple[Choice, ...]:
    """Offer what one can do with a service that may be shown.

    A text has room for two of them, and for the third beside the rest of the facts.
    """
    if service not in directory.shown:
        return ()
    state = open_now(service, at, holidays=directory.holidays).state
    can_wait = state in _CAN_BE_WAITED_FOR
    names = ["add_to_plan", "remind"] if can_wait else ["add_to_plan"]
    names += ["not_for_me", "did_not_work"]
    if channel is Channel.SMS:
        names = names[-2:] if is_rest else names[:2]
    return tuple(_offer(directory, name, service.name) for name in names)


def nobody_else() -> tuple[Say, ...]:
    """Say that everyone has been shown."""
    return (Say("signposting.no_more"),)


def which_one(
    directory: Directory, services: Iterable[Service], asking: str
) -> tuple[Choice, ...]:
    """Offer each by its name, as what something is asked about."""
    say = directory.phrases.say
    return tuple(
        Choice(each.name, say("choices", f"ask_{asking}", name=each.name))
        for each in services
    )


def named_in(answer: Answer) -> tuple[ServiceId, ...]:
    """Give the choices of an answer by their ids."""
    return tuple(each.service.id for each in answer.choices)


def skip(directory: Directory) -> Choice:
    """Offer not to say."""
    return _offer(directory, "skip")


def what_went_wrong(directory: Directory) -> tuple[Choice, ...]:
    """Offer the reasons; none of them is about the person."""
    words = [directory.phrases.say("reports", each.value) for each in _REASONS]
    return tuple(Choice(label, label.lower()) for label in words)


def reason_in(directory: Directory, text: str) -> WhatWentWrong | None:
    """Read the reason that was picked."""
    said = plain_name(text)
    for each in _REASONS:
        if said == plain_name(directory.phrases.say("reports", each.value)):
            return each
    return None


def plan_line(directory: Directory, service: Service) -> str:
    """Write a service as a line of a plan: its name and how to reach it."""
    phrases = directory.phrases
    for way in (Way.PHONE, Way.SMS):
        phone = phone_for(service, way)
        if phone is None:
            continue
        key = "sms_word" if phone.keyword else way.value
        return phrases.say(
            "plan_line",
            key,
            name=service.name,
            number=phone.number,
            word=phone.keyword or "",
        )
    address = (service.url or service.email or "").removeprefix("https://").rstrip("/")
    return phrases.say("plan_line", "elsewhere", name=service.name, address=address)


def remembered(directory: Directory, wishes: Wishes) -> Say:
    """Say what is kept for next time; the list that it stood below goes on."""
    phrases = directory.phrases
    more = Choice(phrases.say("choices", "more"), phrases.say("choices", "ask_more"))
    values = {"wishes": in_words(directory, wishes)}
    return Say("signposting.remembered", values, (more,))


def in_words(directory: Directory, wishes: Wishes) -> str:
    """List wishes in a few words each: "13 to 15, in Plymouth, by text"."""
    return ", ".join(_wishes_in_words(directory, wishes))


def _wishes_in_words(directory: Directory, wishes: Wishes) -> Iterator[str]:
    phrases = directory.phrases
    if wishes.ages and (ages := phrases.ages(_open_ended(wishes.ages))):
        yield ages
    if wishes.areas:
        names = sorted(directory.places.areas[area].name for area in wishes.areas)
        yield phrases.say("wished", "areas", areas=" or ".join(names))
    yield from (phrases.way(way) for way in sorted(wishes.ways))
    for way in sorted(wishes.not_ways):
        yield phrases.say("wished", "not_ways", way=phrases.way(way))
    for audience in sorted(wishes.audiences):
        words = phrases.say("audiences", audience)
        yield phrases.say("wished", "audiences", audience=words)
    yield from (phrases.say("wished", name) for name in _said_yes_to(wishes))
    for kind in (wishes.formats, wishes.access, wishes.topics):
        yield from (value.replace("-", " ") for value in sorted(kind))


def _said_yes_to(wishes: Wishes) -> Iterator[str]:
    names = ("cannot_be_overheard", "no_credit", "no_data")
    return (name for name in names if getattr(wishes, name))


def _open_ended(ages: AgeRange) -> AgeRange:
    """The youngest and the oldest that we ask about stand for everyone beyond."""
    return AgeRange(
        ANY_AGE.lowest if ages.lowest <= YOUNGEST else ages.lowest,
        ANY_AGE.highest if ages.highest >= OLDEST else ages.highest,
    )


def _offer(directory: Directory, name: str, service: str = "") -> Choice:
    phrases = directory.phrases
    return Choice(
        phrases.say("choices", name),
        phrases.say("choices", f"ask_{name}", name=service),
    )
