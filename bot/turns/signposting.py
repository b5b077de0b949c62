"""What the assistant says about who can help and who is there now."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from foundations.saying import Channel, Choice, Say
from signposting import (
    Answer,
    Directory,
    HoursAnswer,
    OpenState,
    Service,
    ServiceId,
    Signpost,
    Way,
    Wishes,
    choose,
    open_now,
)
from signposting.fitting import phone_for
from signposting.hours import Why
from signposting.matching import AT_MOST
from signposting.phrases import Phrases
from signposting.places import PlaceAnswer
from signposting.reasons import because, closes_soon

ROOM_BESIDE_GREETING = 188  # characters, so that it is three segments at most
# Characters of the first line of a text, without what fills its gaps.
FIRST_LINES = {
    "signposting.open_now_beside_greeting": 9,
    "signposting.nothing_open": 44,
    "signposting.nothing_surely_open": 61,
    "signposting.none_known": 39,
    "signposting.none_just_for_them": 48,
}
BEFORE = {  # Characters of what may be said before an answer, and a line between.
    "signposting.where_are_you": 34,
    "signposting.unknown_place": 38,
}
MOST_BESIDE_MORE_WORDS = 2  # a longer beginning leaves room for two in a text


def who_is_open(
    directory: Directory, wishes: Wishes, at: datetime, channel: Channel
) -> tuple[Say, ...]:
    """Say who is there at an aware moment: three at most."""
    return told(directory, choose(directory, wishes, at), channel)


def told(
    directory: Directory,
    answer: Answer,
    channel: Channel,
    *,
    first: str | None = None,
    before: tuple[Say, ...] = (),
    offers: tuple[Choice, ...] = (),
    is_first: bool = False,
) -> tuple[Say, ...]:
    """Say an answer. `first` names another first line, for when the kind is open.

    `before` is said first, and leaves room for two choices in a text; `offers` are
    what to say next.

    A text holds all of it in three segments, one line for each choice and no offers;
    the first one ever holds a greeting too, and as many choices as there is room for.
    The web has a part and a button for each choice.
    """
    if all(each.service.id in answer.wishes.without for each in answer.choices):
        return (Say("signposting.no_more"),)
    reminds = () if first else tuple(_reminder(directory.phrases, answer))
    match channel:
        case Channel.SMS:
            most = MOST_BESIDE_MORE_WORDS if before else AT_MOST
            said = _as_one_text(directory, answer, first, most)
            if is_first:
                said = _beside_greeting(directory.phrases, answer, said, before)
            elif not before:
                said = replace(said, choices=(*said.choices, *reminds))
            return (*before, said)
        case Channel.WEB:
            first_part, *parts = _in_parts(directory, answer, first, offers)
            return (*before, replace(first_part, choices=reminds), *parts)


def really_said(
    directory: Directory, answer: Answer, says: tuple[Say, ...]
) -> tuple[ServiceId, ...]:
    """Name the choices that were really said: a text may have room for fewer."""
    asks = {choice.value for say in says for choice in say.choices}
    return tuple(
        each.service.id
        for each in answer.choices
        if ask_of(directory.phrases, each) in asks
    )


def _reminder(phrases: Phrases, answer: Answer) -> Iterator[Choice]:
    """Offer to say so when the next of the kind opens, where one was named."""
    following = answer.opens_next
    if following and following.hours.opens_at:
        yield Choice(
            phrases.say("choices", "remind"),
            phrases.say("choices", "ask_remind", name=following.service.name),
        )


def is_it_open(
    directory: Directory, service_id: ServiceId, at: datetime, channel: Channel
) -> tuple[Say, ...]:
    """Say whether one service is open, and who else is when it may not be.

    Raises KeyError for an id that is not in the directory.
    """
    service = directory.services[service_id]
    if service not in directory.shown:
        return (cannot_be_offered(directory, service),)
    hours = open_now(service, at, holidays=directory.holidays)
    phrases = directory.phrases
    values = {
        "name": service.name,
        "summary": service.summary or "",
        "mark": _mark(directory, draft=directory.is_draft(service)),
    }
    if hours.opens_at:
        values["when"] = phrases.when(hours.opens_at, at)
    closes = hours.closes_at
    time = phrases.clock(closes) if closes else ""
    values["until"] = phrases.say("times", "until", time=time) if closes else ""
    button = Choice(
        phrases.say("choices", "what_to_expect"),
        phrases.say("choices", "ask_what_to_expect", name=service.name),
    )
    if hours.may_be_reached:
        key = "one_open" if _is_sure(service, hours) else "one_probably_open"
        return (Say(f"signposting.{key}", values, (button,)),)
    others = who_is_open(directory, Wishes(), at, channel)
    return (Say(f"signposting.{_key_when_not_open(hours)}", values), *others)


def _is_sure(service: Service, hours: HoursAnswer) -> bool:
    return service.pinned or hours.state is OpenState.OPEN


def _key_when_not_open(hours: HoursAnswer) -> str:
    if hours.state is not OpenState.CLOSED_UNTIL:
        return "one_not_known"
    return "one_closed_until" if hours.opens_at else "one_closed"


def which_area(directory: Directory, found: PlaceAnswer) -> tuple[Say, ...]:
    """Ask which area is meant, or for another name when no area is near the one given.

    Not for an answer that is sure.
    """
    if not found.candidates:
        return (Say("signposting.area_not_known", choices=(_skip(directory),)),)
    names = [directory.places.areas[area].name for area in found.candidates]
    choices = tuple(Choice(name, name) for name in names)
    return (Say("signposting.which_area", choices=(*choices, _skip(directory))),)


def _skip(directory: Directory) -> Choice:
    phrases = directory.phrases
    return Choice(phrases.say("choices", "skip"), phrases.say("choices", "ask_skip"))


def _as_one_text(
    directory: Directory, answer: Answer, key: str | None, most: int
) -> Say:
    first = _first_line(directory, answer, key)
    shown = answer.choices
    if not answer.kind_is_open or most < AT_MOST:
        shown = _ends(shown)
    choices = tuple(
        Choice(_line(directory.phrases, each, answer), ask_of(directory.phrases, each))
        for each in shown
    )
    return Say(first.key, first.values, choices)


def _beside_greeting(
    phrases: Phrases, answer: Answer, said: Say, before: tuple[Say, ...]
) -> Say:
    """Keep the choices, in order, that fit beside the greeting; or one in short.

    A shorter first line says the same when nothing else has to be told.
    """
    is_open = said.key in ("signposting.open_now", "signposting.any_hour")
    key = "signposting.open_now_beside_greeting" if is_open else said.key
    room = ROOM_BESIDE_GREETING - FIRST_LINES[key]
    room -= sum(len(value) for name, value in said.values.items() if name != "mark")
    room -= sum(BEFORE.get(each.key, 0) for each in before)
    marked = is_open is False and bool(said.values["mark"])
    drafts = {ask_of(phrases, each) for each in answer.choices if each.is_draft}
    kept: tuple[Choice, ...] = ()
    for choice in said.choices:
        marks = marked or choice.value in drafts
        all_of_it = len(choice.label) + len("1 \n")
        mark = len(said.values["mark"]) if marks else 0
        if all_of_it + mark <= room:
            kept, room, marked = (*kept, choice), room - all_of_it, marks
    if not kept:
        short = [
            Choice(_by_its_way(phrases, each), ask_of(phrases, each))
            for each in answer.choices
        ]
        kept = (min(short, key=lambda each: len(each.label)),)
        marked = marked or kept[0].value in drafts
    values = {**said.values, "mark": said.values["mark"] if marked else ""}
    return Say(key, values, kept)


def _ends(shown: tuple[Signpost, ...]) -> tuple[Signpost, ...]:
    """Keep the best and the last: the last may be there because it always is."""
    return shown if len(shown) <= MOST_BESIDE_MORE_WORDS else (shown[0], shown[-1])


def _in_parts(
    directory: Directory, answer: Answer, key: str | None, offers: tuple[Choice, ...]
) -> Iterator[Say]:
    yield _first_line(directory, answer, key)
    phrases = directory.phrases
    for each in answer.choices:
        values = {
            "name": each.service.name,
            "summary": each.service.summary or "",
            "reasons": because(phrases, each, answer.at),
            "description": each.service.description or "",
            "where": _where(each),
        }
        button = Choice(phrases.say("choices", "what_to_expect"), ask_of(phrases, each))
        yield Say("signposting.choice", values, (button,))
    more = Choice(phrases.say("choices", "more"), phrases.say("choices", "ask_more"))
    yield Say("signposting.more", choices=(more, *offers))


def _where(each: Signpost) -> str:
    """Give the number or the address that the way of this choice uses."""
    phone = phone_for(each.service, each.way)
    if phone:
        return each.hours.phone_number or phone.number
    if each.way is Way.EMAIL:
        return each.service.email or ""
    return (each.service.url or "").removeprefix("https://").rstrip("/")


def _site(service: Service) -> str:
    """Give where to look, without the page: a text has little room."""
    host = urlsplit(service.url or "").hostname
    return (host or service.email or "").removeprefix("www.")


def _first_line(directory: Directory, answer: Answer, key: str | None) -> Say:
    draft = any(each.is_draft for each in _everything(answer))
    values = {"mark": _mark(directory, draft=draft)}
    if answer.kind_is_open:
        return Say(key or "signposting.open_now", values)
    if key:
        return Say("signposting.no_more_of_kind", values)
    values["kind"] = _kind(directory.phrases, answer)
    if answer.opens_next and answer.opens_next.hours.opens_at:
        opens = directory.phrases.when(answer.opens_next.hours.opens_at, answer.at)
        values |= {"next": answer.opens_next.service.name, "when": opens}
        return Say("signposting.nothing_open", values)
    if answer.not_sure:
        values["next"] = answer.not_sure[0].service.name
        return Say("signposting.nothing_surely_open", values)
    if answer.is_for_anyone:
        for_anyone = replace(answer.wishes, audiences=frozenset())
        values["kind"] = directory.phrases.kind(for_anyone, just_for_them=True)
        return Say("signposting.none_just_for_them", values)
    return Say("signposting.none_known", values)


def _everything(answer: Answer) -> Iterator[Signpost]:
    yield from answer.choices
    yield from answer.not_sure
    if answer.opens_next:
        yield answer.opens_next


def _kind(phrases: Phrases, answer: Answer) -> str:
    return phrases.kind(answer.wishes)


def _line(phrases: Phrases, each: Signpost, answer: Answer) -> str:
    """Put a choice in one line of a text: its summary, and closing time if near.

    Who wants no calls is told the other way in, and no number to call.
    """
    service = each.service
    summary = service.summary or service.name
    wanted, refused = answer.wishes.ways, answer.wishes.refused
    no_calls = Way.PHONE in refused or (wanted and Way.PHONE not in wanted)
    if no_calls and each.way is not Way.PHONE and phone_for(service, Way.PHONE):
        summary = _by_its_way(phrases, each)
    closes = closes_soon(each, answer.at)
    if closes:
        return f"{summary} {phrases.say('times', 'closes', time=phrases.clock(closes))}"
    if each.hours.state is OpenState.PROBABLY_OPEN and (
        not service.pinned or each.hours.why is Why.ROW_IS_NOT_SURE
    ):
        return f"{summary} {phrases.say('times', 'probably')}"
    return summary


def _by_its_way(phrases: Phrases, each: Signpost) -> str:
    """Say who it is, for what ages, and the one way in: "Childline: chat at ..."."""
    service, phone = each.service, phone_for(each.service, each.way)
    ages = phrases.ages(service.ages)
    name = phrases.say("lines", "ages", name=service.name, ages=ages) if ages else ""
    way = "sms_word" if phone and phone.keyword else each.way.value
    return phrases.say(
        "lines",
        way if way in phrases.words["lines"] else "elsewhere",
        name=name or service.name,
        where=each.hours.phone_number or (phone.number if phone else _site(service)),
        word=(phone and phone.keyword) or "",
    )


def ask_of(phrases: Phrases, each: Signpost) -> str:
    """Give what picking a choice sends back."""
    return phrases.say("choices", "ask_what_to_expect", name=each.service.name)


def _mark(directory: Directory, *, draft: bool) -> str:
    return f"{directory.phrases.sample_mark}\n" if draft else ""


def cannot_be_offered(directory: Directory, service: Service) -> Say:
    """Say that a record may not be shown, and what to try where it has closed."""
    if service.instead and directory.services[service.instead] in directory.shown:
        values = {
            "name": service.name,
            "instead": directory.services[service.instead].summary or "",
        }
        return Say("signposting.closed_try_instead", values)
    return Say("signposting.not_checked_yet", {"name": service.name})
