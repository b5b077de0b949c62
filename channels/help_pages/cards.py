"""One service as a card on a page: is it open, how to reach it, what happens."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from signposting.answers import Because, Reason, Signpost
from signposting.directory import Directory
from signposting.fitting import ABOUT_ANYTHING, usable_ways
from signposting.hours import OpenState
from signposting.matching import WAY_ORDER
from signposting.reasons import because, closes_soon
from signposting.records import Phone, PhoneKind, Service, Way
from signposting.unsure import fact_in_words
from signposting.wishes import Wishes

_VERBS = {PhoneKind.VOICE: "call", PhoneKind.TEXT: "text"}
_PHONES = {PhoneKind.VOICE: Way.PHONE, PhoneKind.TEXT: Way.SMS}
_FACTS = ("who", "cost", "private", "wait", "next_steps", "limits")
_ON_PAGE = frozenset(Way) - {Way.PHONE, Way.SMS, Way.WHATSAPP, Way.EMAIL}


@dataclass(frozen=True)
class WayIn:
    """One way in: what to do, what is shown, and the link that does it."""

    verb: str
    shown: str
    href: str


@dataclass(frozen=True)
class Card:
    """Everything a page shows of one service."""

    name: str
    state: str
    is_open: bool
    contacts: tuple[WayIn, ...]
    description: str
    why: str
    facts: tuple[tuple[str, str], ...]
    checked: str
    is_draft: bool
    about_anything: bool
    reported: bool


@dataclass(frozen=True)
class Cards:
    """Makes cards, with the words of the page and of the directory."""

    directory: Directory
    words: Mapping[str, str]

    def card(self, signpost: Signpost, wishes: Wishes, at: datetime) -> Card:
        """Make the card of a signpost for an aware moment."""
        service = signpost.service
        return Card(
            name=service.name,
            state=self._state(signpost, at),
            is_open=signpost.hours.may_be_reached,
            contacts=tuple(self._contacts(signpost, wishes)),
            description=service.description or "",
            why=because(self.directory.phrases, signpost, at),
            facts=tuple(self._facts(service)),
            checked=self._checked(service.provenance.last_checked_live),
            is_draft=signpost.is_draft,
            about_anything=not service.topics.isdisjoint(ABOUT_ANYTHING),
            reported=Reason(Because.REPORTED) in signpost.reasons,
        )

    def _state(self, signpost: Signpost, at: datetime) -> str:
        phrases, hours = self.directory.phrases, signpost.hours
        match hours.state:
            case OpenState.OPEN:
                closes = closes_soon(signpost, at)
                if closes is None:
                    return self.words["state.open"]
                return self.words["state.shuts"].format(time=phrases.clock(closes))
            case OpenState.PROBABLY_OPEN:
                return self.words["state.probably"]
            case OpenState.CLOSED_UNTIL if hours.opens_at:
                when = phrases.when(hours.opens_at, at)
                return self.words["state.opens"].format(when=when)
            case OpenState.CLOSED_UNTIL:
                return self.words["state.shut"]
            case OpenState.BANK_HOLIDAY_HOURS_NOT_KNOWN:
                return self.words["state.bank_holiday"]
            case OpenState.HOURS_NOT_KNOWN:
                return self.words["state.not_known"]

    def _contacts(self, signpost: Signpost, wishes: Wishes) -> Iterator[WayIn]:
        """Give the way of the signpost first, then the others that are not refused."""
        service, first = signpost.service, signpost.way
        usable = usable_ways(service, wishes)
        ways = [first, *(way for way in WAY_ORDER if way in usable and way != first)]
        seen = set()
        for way in ways:
            number = signpost.hours.phone_number if way is first else None
            contact = self._contact(service, way, number)
            if contact and contact.href not in seen:
                seen.add(contact.href)
                yield contact

    def _contact(self, service: Service, way: Way, number: str | None) -> WayIn | None:
        if way in _ON_PAGE:
            return self._page(service, way)
        if way is Way.EMAIL and service.email:
            return WayIn(
                self.words["verb.email"], service.email, f"mailto:{service.email}"
            )
        if way is Way.WHATSAPP:
            return None
        phone = next((p for p in service.phones if _PHONES[p.kind] is way), None)
        return self._phone(phone, number) if phone else None

    def _phone(self, phone: Phone, number: str | None) -> WayIn:
        shown = number or phone.number
        scheme = "sms" if phone.kind is PhoneKind.TEXT else "tel"
        verb = self.words[f"verb.{_VERBS[phone.kind]}"]
        if phone.keyword:
            verb = self.words["verb.text_word"].format(word=phone.keyword)
        return WayIn(verb, shown, f"{scheme}:{shown.replace(' ', '')}")

    def _page(self, service: Service, way: Way) -> WayIn | None:
        if not service.url:
            return None
        shown = service.url.removeprefix("https://").removeprefix("www.").rstrip("/")
        return WayIn(self.words[f"verb.{way.value}"], shown, service.url)

    def _facts(self, service: Service) -> Iterator[tuple[str, str]]:
        for name in _FACTS:
            words = fact_in_words(self.directory.phrases, service, name)
            yield self.words[f"fact.{name}"], words

    def _checked(self, day: date | None) -> str:
        if day is None:
            return self.words["checked.never"]
        month = self.directory.phrases.words["months"][day.month - 1]
        return self.words["checked.on"].format(day=day.day, month=month)
