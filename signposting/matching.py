"""Chooses at most three services that fit and can be reached, and says why."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from signposting.answers import Answer, Because, Reason, Signpost
from signposting.directory import Directory
from signposting.fitting import (
    LISTENING,
    NATIONAL,
    is_about_anything,
    is_free,
    is_possible,
    is_the_kind,
    usable_ways,
    wanted_ways,
)
from signposting.freshness import is_too_old_to_show
from signposting.hours import HoursAnswer, OpenState, Why, next_opening, open_now
from signposting.records import ANY_AGE, Service, Way
from signposting.wishes import Wishes

AT_MOST = 3
YOUNG_UP_TO = 35

# Remote before travel, and quiet before aloud: what most young people ask for first.
WAY_ORDER = (
    Way.SMS,
    Way.PHONE,
    Way.WEBCHAT,
    Way.WHATSAPP,
    Way.APP,
    Way.IN_PERSON,
    Way.ONLINE,
    Way.ONLINE_FORM,
    Way.ONLINE_COMMUNITY,
    Way.EMAIL,
)

KINDS_OF_WAY = (
    frozenset({Way.PHONE}),
    frozenset({Way.SMS, Way.WHATSAPP}),
    frozenset(Way) - {Way.PHONE, Way.SMS, Way.WHATSAPP},
)


def choose(directory: Directory, wishes: Wishes, at: datetime) -> Answer:
    """Choose for one aware moment; the pinned set is never filtered away entirely."""
    matching = Matching(directory, wishes, at)
    possible = tuple(matching.possible())
    kind = tuple(each for each in possible if is_the_kind(each, wishes))
    open_kind = matching.reachable(kind, wanted=True)
    for_anyone = [] if open_kind else matching.for_anyone(possible)
    choices = matching.best(open_kind or for_anyone or matching.instead(possible))
    return Answer(
        choices=matching.with_one_pinned(choices),
        kind_is_open=bool(open_kind),
        is_for_anyone=bool(for_anyone),
        opens_next=None if open_kind else matching.opens_next(kind),
        not_sure=() if open_kind else matching.not_sure(kind),
        emergency=next(each for each in directory.pinned if "999" in each.id),
        wishes=wishes,
        at=at,
    )


@dataclass(frozen=True, slots=True)
class Matching:
    """One question: what was asked, of which directory, and when."""

    directory: Directory
    wishes: Wishes
    at: datetime

    def possible(self) -> Iterator[Service]:
        """Give the services of the areas asked about that nothing rules out."""
        seen = set()
        around = self.directory.places.around(self.wishes.areas) | NATIONAL
        if self.wishes.areas:
            around = self.directory.places.around(self.wishes.areas)
        for area in around:
            for service in self.directory.offered_by_area.get(area, ()):
                if service.id not in seen:
                    seen.add(service.id)
                    if is_possible(service, self.wishes) and not is_too_old_to_show(
                        service, self.at
                    ):
                        yield service

    def for_anyone(
        self, possible: Iterable[Service]
    ) -> list[tuple[Service, Way, HoursAnswer]]:
        """Give the same for everyone, to who wanted it for people like them."""
        if not self.wishes.audiences:
            return []
        wishes = replace(self.wishes, audiences=frozenset())
        like_it = [each for each in possible if is_the_kind(each, wishes)]
        return self.reachable(like_it, wanted=True)

    def instead(
        self, possible: Iterable[Service]
    ) -> list[tuple[Service, Way, HoursAnswer]]:
        """Give who is there when nothing of the kind is, nor for anyone.

        A text for anyone, to who wanted another kind of text; else whoever is there.
        """
        instead = [each for each in possible if is_about_anything(each)]
        return self.reachable(
            _with_ways(instead, self.wishes), wanted=True
        ) or self.reachable(instead, wanted=False)

    def reachable(
        self, services: Iterable[Service], *, wanted: bool
    ) -> list[tuple[Service, Way, HoursAnswer]]:
        """Give, for each way, the first few in order where someone is there.

        More than the few could never be chosen, so their hours are not looked at.
        """
        ways_of = wanted_ways if wanted else usable_ways
        by_way: dict[Way, list[Service]] = {}
        for service in sorted(services, key=self.line):
            for way in ways_of(service, self.wishes):
                by_way.setdefault(way, []).append(service)
        found = [
            each for way, there in by_way.items() for each in self._first(way, there)
        ]
        # Who surely answers one way is not offered by another that may be shut.
        sure = {each[0].id for each in found if each[2].state is OpenState.OPEN}
        return [
            each
            for each in found
            if each[2].state is OpenState.OPEN or each[0].id not in sure
        ]

    def _first(
        self, way: Way, services: list[Service]
    ) -> list[tuple[Service, Way, HoursAnswer]]:
        """Take the first few in line that are open, and that probably are."""
        sure: list[tuple[Service, Way, HoursAnswer]] = []
        probable: list[tuple[Service, Way, HoursAnswer]] = []
        for service in services:
            hours = self.hours(service, way)
            if hours.state is OpenState.OPEN:
                if not any(_same(service, other[0]) for other in sure):
                    sure.append((service, way, hours))
            elif hours.may_be_reached and len(probable) < AT_MOST:
                probable.append((service, way, hours))
            if len(sure) == AT_MOST:
                break
        return sure + probable

    def best(
        self, reachable: list[tuple[Service, Way, HoursAnswer]]
    ) -> tuple[Signpost, ...]:
        """Take one call, one text and one chat or place where there are such.

        What was reported not to work fills only the places that are left.
        """
        ordered = sorted(reachable, key=self.order)
        as_good = [each for each in ordered if not self.is_reported(each[0])]
        taken: list[tuple[Service, Way, HoursAnswer]] = []
        for new_ways_only, some in (
            (True, as_good),
            (False, as_good),
            (False, ordered),
        ):
            for each in some:
                if len(taken) == AT_MOST:
                    break
                if any(_same(each[0], other[0]) for other in taken):
                    continue
                if new_ways_only and any(_alike(each[1], way) for _, way, _ in taken):
                    continue
                taken.append(each)
        return tuple(self.signpost(*each) for each in sorted(taken, key=self.order))

    def with_one_pinned(self, choices: tuple[Signpost, ...]) -> tuple[Signpost, ...]:
        """Keep one of the pinned set in sight, in the last place if need be."""
        if any(_is_pinned(each.service, self.directory) for each in choices):
            return choices
        pinned = [each for each in self.directory.pinned if self._fits_anyone(each)]
        found = self.reachable(pinned, wanted=False) or [
            (each, way, self.hours(each, way))
            for each in pinned
            for way in WAY_ORDER
            if way in each.ways
        ]
        taken = [each.way for each in choices[: AT_MOST - 1]]
        service, way, hours = min(
            found,
            key=lambda each: (
                each[0].id in self.wishes.without,
                any(_alike(each[1], way) for way in taken),
                self.order(each),
            ),
        )
        always = self.signpost(
            service, way, hours, extra=(Reason(Because.ALWAYS_THERE),)
        )
        return (*choices[: AT_MOST - 1], always)

    def opens_next(self, kind: Iterable[Service]) -> Signpost | None:
        """Give the first of the kind to open, if any opening is known."""
        best: tuple[object, ...] | None = None
        first: tuple[Service, Way] | None = None
        by: datetime | None = None
        for service in kind:
            for way in wanted_ways(service, self.wishes):
                opens = self._opens(service, way, by)
                if opens is None:
                    continue
                key = (opens, *self.order((service, way, _CLOSED)))
                if best is None or key < best:
                    best, first, by = key, (service, way), opens
        if first is None:
            return None
        return self.signpost(*first, self.hours(*first, look_ahead=True))

    def not_sure(self, kind: Iterable[Service]) -> tuple[Signpost, ...]:
        """Give up to three of the kind that may be open: no one knows their hours."""
        found = []
        for service in kind:
            for way in WAY_ORDER:
                if way in wanted_ways(service, self.wishes):
                    hours = self.hours(service, way)
                    if hours.state in _NOT_SURE:
                        found.append((service, way, hours))
                        break
        ordered = sorted(found, key=self.order)[:AT_MOST]
        return tuple(self.signpost(*each) for each in ordered)

    def hours(
        self, service: Service, way: Way, *, look_ahead: bool = False
    ) -> HoursAnswer:
        return open_now(
            service,
            self.at,
            holidays=self.directory.holidays,
            ages=self.wishes.ages,
            ways=frozenset({way}),
            look_ahead=look_ahead,
        )

    def _opens(
        self, service: Service, way: Way, by: datetime | None
    ) -> datetime | None:
        return next_opening(
            service,
            self.at,
            holidays=self.directory.holidays,
            ages=self.wishes.ages,
            ways=frozenset({way}),
            by=by,
        )

    def _fits_anyone(self, pinned: Service) -> bool:
        return "emergency" not in pinned.topics and (
            self.wishes.ages is None or pinned.ages.meets(self.wishes.ages)
        )

    def order(self, each: tuple[Service, Way, HoursAnswer]) -> tuple[object, ...]:
        """Put the surely open first, then by rank, then a quiet way before a call.

        What was reported not to work comes after all else, however sure it is. Who has
        no credit is told first what surely costs none.
        """
        service, way, hours = each
        is_sure = hours.state is OpenState.OPEN
        return (
            self.is_reported(service),
            not is_sure,
            self.wishes.no_credit and not is_free(service, way),
            self.rank(service),
            WAY_ORDER.index(way),
            service.place,
        )

    def is_reported(self, service: Service) -> bool:
        """Tell whether two people say that it did not work, and nobody has looked.

        Never of the pinned set: it stays where it is, whoever reports it.
        """
        return service.id in self.wishes.reported and not service.pinned

    def rank(self, service: Service) -> tuple[int, ...]:
        """Order by: like me, suggested here, near, about anything, age, pinned.

        Smaller comes first. What is reported not to work comes after all else.
        """
        first = self.wishes.first
        return (
            self.is_reported(service),
            bool(self.wishes.audiences)
            and not service.audiences & self.wishes.audiences,
            first.index(service.id) if service.id in first else len(first),
            not service.areas.isdisjoint(NATIONAL),
            service.topics.isdisjoint(LISTENING),
            not self._is_the_right_age(service),
            not service.pinned,
        )

    def line(self, service: Service) -> tuple[int, ...]:
        """Put equals in the order of their file."""
        return (*self.rank(service), service.place)

    def _is_the_right_age(self, service: Service) -> bool:
        """Put services for the young first; with no age known, those for any age."""
        if self.wishes.ages is None:
            return service.ages == ANY_AGE
        return service.ages.highest <= YOUNG_UP_TO and service.ages.covers(
            self.wishes.ages
        )

    def signpost(
        self,
        service: Service,
        way: Way,
        hours: HoursAnswer,
        extra: tuple[Reason, ...] = (),
    ) -> Signpost:
        if hours.may_be_reached:
            hours = self.hours(service, way, look_ahead=True)
        return Signpost(
            service=service,
            way=way,
            hours=hours,
            reasons=(*self._reasons(service, way, hours), *extra),
            is_draft=self.directory.is_draft(service),
        )

    def _reasons(
        self, service: Service, way: Way, hours: HoursAnswer
    ) -> Iterator[Reason]:
        yield Reason(_BECAUSE[hours.state])
        yield Reason(Because.BY_WAY, way.value)
        if service.ages != ANY_AGE:
            yield Reason(Because.FOR_AGES)
        for audience in sorted(service.audiences & self.wishes.audiences):
            yield Reason(Because.FOR_AUDIENCE, audience)
        if not service.areas & NATIONAL:
            yield Reason(Because.NEAR, self._nearest(service))
        if is_free(service, way):
            yield Reason(Because.FREE)
        if service.id in self.wishes.first:
            yield Reason(Because.SUGGESTED)
        if self.is_reported(service):
            yield Reason(Because.REPORTED)

    def _nearest(self, service: Service) -> str:
        around = self.directory.places.around(self.wishes.areas)
        here = sorted(service.areas & self.wishes.areas) or sorted(
            service.areas & around
        )
        return self.directory.places.areas[here[0]].name


_NOT_SURE = (OpenState.HOURS_NOT_KNOWN, OpenState.BANK_HOLIDAY_HOURS_NOT_KNOWN)

_CLOSED = HoursAnswer(OpenState.CLOSED_UNTIL, Why.NO_ROW_COVERS_NOW)

_BECAUSE = {
    OpenState.OPEN: Because.OPEN_NOW,
    OpenState.PROBABLY_OPEN: Because.PROBABLY_OPEN,
    OpenState.CLOSED_UNTIL: Because.CLOSED,
    OpenState.BANK_HOLIDAY_HOURS_NOT_KNOWN: Because.BANK_HOLIDAY,
    OpenState.HOURS_NOT_KNOWN: Because.HOURS_NOT_KNOWN,
}


def _same(one: Service, other: Service) -> bool:
    """Tell whether two records are one service, or the same people answer both."""
    return (one.same_as or one.id) == (other.same_as or other.id)


def _alike(one: Way, other: Way) -> bool:
    """Tell whether two ways are both calls, both texts, or both something else."""
    return any(one in ways and other in ways for ways in KINDS_OF_WAY)


def _with_ways(services: Iterable[Service], wishes: Wishes) -> list[Service]:
    return [each for each in services if each.ways & wishes.ways]


def _is_pinned(service: Service, directory: Directory) -> bool:
    """A local door to a pinned service counts as the pinned service."""
    return service.pinned or any(
        service.same_as == each.id for each in directory.pinned
    )
