"""Finding help over several turns: asked in any words, then more, not that one.

Pure: what was kept goes in, what is to be said, kept and done comes out.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from bot.turns import finding_help_offers as offers
from bot.turns.expecting import (
    EVERYTHING,
    ROOM,
    Expecting,
    one_fact,
)
from bot.turns.finding_help_doing import AddToPlan, Doing, Remind, Report, StopReminding
from bot.turns.signposting import (
    ROOM_BESIDE_GREETING,
    cannot_be_offered,
    is_it_open,
    really_said,
    told,
    which_area,
)
from foundations.saying import Channel, Say
from signposting import (
    Answer,
    Directory,
    Service,
    ServiceId,
    choose,
    next_opening,
    open_now,
)
from signposting.asking import (
    AskedFor,
    Somewhere,
    is_refinement,
    read_age,
    read_asked,
    read_bare_age,
    read_place,
)
from signposting.following import Follow, Followed, could_be_a_place
from signposting.home import Home
from signposting.places import PlaceAnswer
from signposting.search import AskedOf, Search
from signposting.wishes import Wishes, aged

WHERE = {
    Somewhere.NEAR_ME: "signposting.where_are_you",
    Somewhere.UNKNOWN: "signposting.unknown_place",
}
MOST_ABOUT_EACH = {Channel.SMS: 2, Channel.WEB: 3}


@dataclass(frozen=True)
class Found:
    """What a message led to. Something still to be done says its own words."""

    search: Search
    says: tuple[Say, ...] = ()
    doing: Doing | None = None


@dataclass(frozen=True)
class FindingHelp:
    """One person's search at one aware moment, on one channel.

    `is_first` tells that nothing was said to them before: the greeting comes with it.
    `was_shown` tells that services, or a question about them, were said last.
    `reported` are services that a person has yet to look at: they come last.
    """

    directory: Directory
    home: Home
    search: Search
    now: datetime
    channel: Channel
    is_first: bool = False
    was_shown: bool = False
    reported: frozenset[ServiceId] = frozenset()

    def ask(self, text: str) -> Found:
        """Answer a message that asks for help: at once, whatever it leaves open."""
        asked = read_asked(self.directory, text, self.search.wishes)
        if asked.service is not None:
            if asked.wants is AskedFor.IS_IT_OPEN:
                return self._is_it_open(asked.service)
            return self._expected(asked.service)
        refused = tuple(dict.fromkeys((*self.search.refused, *asked.ruled_out)))
        search = replace(self.search, asked=None, refused=refused).wishing(asked.wishes)
        if asked.place.candidates:
            return self._which(search, asked.place)
        if asked.somewhere is not Somewhere.SETTLED:
            waiting = replace(search, asked=AskedOf.PLACE)
            return self._who_is_there(waiting, Say(WHERE[asked.somewhere]))
        # Who is left out ("no shout") narrows a search, and begins none.
        narrows = asked.ruled_out and not asked.who_is_there
        if read_asked(self.directory, text).wishes == Wishes() and not narrows:
            search = search.afresh()
        return self._who_is_there(search)

    def wants_help(self, text: str) -> bool:
        """Tell whether words hold a wish, a place, a service, or ask who is there."""
        return read_asked(self.directory, text).says_something

    def answer(self, text: str) -> Found | None:
        """Take the answer to our own question, or a few words that narrow a search."""
        is_on = self.search.asked or self.search.is_on
        if not (is_on and is_refinement(self.directory, text)):
            return None
        match self.search.asked:
            case AskedOf.PLACE:
                return self._aged(self._bare_age(text)) or self._place(text)
            case AskedOf.AGE:
                return self._age(text)
            case AskedOf.WHAT_WENT_WRONG:
                return self._what_went_wrong(text)
            case None:
                return self._refined(text)

    def follow(self, followed: Followed) -> Found | None:
        """Do what is said about an answer; None when there is nothing it could mean."""
        step = self._steps[followed.wants]
        return step(followed.service)

    @property
    def _steps(self) -> Mapping[Follow, Callable[[Service | None], Found | None]]:
        return {
            Follow.MORE: self._more,
            Follow.MORE_ABOUT: self._more_about,
            Follow.NOT_FOR_ME: self._not_for_me,
            Follow.ADD_TO_PLAN: self._add_to_plan,
            Follow.REMIND: self._remind,
            Follow.NO_REMINDERS: self._no_reminders,
            Follow.DID_NOT_WORK: self._did_not_work,
            Follow.REMEMBER: self._remember,
            Follow.FORGET: self._forget,
            Follow.HOW_LONG: partial(self._fact, "wait"),
            Follow.WHO_IS_TOLD: partial(self._fact, "private"),
            Follow.HOW_LONG_FOR_THESE: partial(self._fact_of_these, "wait"),
            Follow.WHO_IS_TOLD_BY_THESE: partial(self._fact_of_these, "private"),
            Follow.IS_IT_OPEN: self._is_that_open,
            Follow.WHAT_IT_COSTS: self._cost,
            Follow.NEAR_ME: self._ask_place,
            Follow.MY_AGE: self._ask_age,
            Follow.SKIP: self._skip,
        }

    def _is_that_open(self, named: Service | None) -> Found | None:
        one = self._one(named)
        return self._is_it_open(one) if one else None

    def _is_it_open(self, one: Service) -> Found:
        search = replace(self.search.looking_at(one.id), asked=None)
        says = is_it_open(self.directory, one.id, self.now, self.channel)
        return Found(search, says)

    def _expected(self, service: Service, already: tuple[str, ...] = ()) -> Found:
        """Say what to expect of one: from the start, or what is left to say."""
        search = replace(self.search, asked=None)
        if service not in self.directory.shown:
            says = (cannot_be_offered(self.directory, service),)
            return Found(search.looking_at(service.id), says)
        room = ROOM_BESIDE_GREETING if self.is_first else ROOM
        given = offers.about(
            self.directory, service, self.now, self.channel, is_rest=bool(already)
        )
        one = Expecting(self.directory, service, self.now, self.channel, room)
        say, facts = one.rest(already, given) if already else one.first(given)
        return Found(search.looking_at(service.id, facts), (say,))

    def _more_about(self, named: Service | None) -> Found | None:
        service = self._one(named)
        if service is None:
            return None
        return self._expected(service, self._left_to_say(service))

    def _left_to_say(self, service: Service) -> tuple[str, ...]:
        """Give what was said of a service when there is more of it; else nothing."""
        told = self.search.told if service.id == self.search.about else ()
        return told if EVERYTHING.difference(told) else ()

    def _who_is_there(self, search: Search, *before: Say) -> Found:
        answer = self._choose(search)
        says = told(
            self.directory,
            answer,
            self.channel,
            first=offers.first_line(answer, self.search, search.wishes),
            before=before,
            offers=offers.after_an_answer(self.directory, search, self.home),
            is_first=self.is_first,
        )
        following = answer.opens_next.service.id if answer.opens_next else None
        return Found(
            search.showing(really_said(self.directory, answer, says), following), says
        )

    def _choose(self, search: Search, *, unseen: bool = False) -> Answer:
        seen = search.shown if unseen else ()
        wishes = replace(
            search.wishes,
            without=frozenset((*search.refused, *seen)),
            reported=self.reported,
        )
        return choose(self.directory, self.home.around(wishes), self.now)

    def _more(self, _named: Service | None = None) -> Found | None:
        if not self.search.is_on:
            return None
        one = self._one(None)
        if one is not None and (said := self._left_to_say(one)):
            return self._expected(one, said)
        answer = self._choose(self.search, unseen=True)
        fresh = tuple(
            each for each in answer.choices if each.service.id not in self.search.shown
        )
        if not fresh:
            return Found(replace(self.search, shown=()), offers.nobody_else())
        shown = replace(answer, choices=fresh)
        given = offers.after_an_answer(self.directory, self.search, self.home)
        says = told(
            self.directory,
            shown,
            self.channel,
            first="signposting.others",
            offers=given,
        )
        return Found(
            self.search.showing(really_said(self.directory, shown, says)), says
        )

    def _not_for_me(self, named: Service | None) -> Found | None:
        if not (named or self.search.is_on):
            return None
        about = named.id if named else self.search.about
        if about is None:
            # All of them at once: others for now, and no one is ruled out for good.
            return self._more()
        refused = tuple(dict.fromkeys((*self.search.refused, about)))
        last = self.search.last or (about,)
        still_on = replace(self.search, refused=refused, last=last, about=None, told=())
        return replace(self, search=still_on)._more()

    def _add_to_plan(self, named: Service | None) -> Found | None:
        service = self._one(named)
        if service is None:
            return self._which_one("add_to_plan", "signposting.which_to_add")
        return Found(
            self.search.looking_at(service.id),
            doing=AddToPlan(service, offers.plan_line(self.directory, service)),
        )

    def _remind(self, named: Service | None) -> Found | None:
        following = self.directory.services.get(self.search.opens_next or ServiceId(""))
        service = named or (None if self.search.about else following) or self._one(None)
        if service is None:
            return self._which_one("remind", "signposting.which_to_remind")
        search = self.search.looking_at(service.id)
        holidays, ages = self.directory.holidays, self.search.wishes.ages
        hours = open_now(service, self.now, holidays=holidays, ages=ages)
        if hours.may_be_reached:
            return self._is_it_open(service)
        opens = next_opening(service, self.now, holidays=holidays, ages=ages)
        if opens is None:
            values = {"name": service.name}
            return Found(search, (Say("signposting.cannot_remind", values),))
        return Found(search, doing=Remind(service, opens))

    def _did_not_work(self, named: Service | None) -> Found | None:
        service = self._one(named)
        if service is None:
            return self._which_one("did_not_work", "signposting.which_did_not_work")
        looking = self.search.looking_at(service.id)
        search = replace(looking, asked=AskedOf.WHAT_WENT_WRONG)
        known = dict(self.search.reported)
        if service.id in known:
            return Found(search, doing=None, says=self._sorry())
        return Found(search, self._sorry(), Report(service))

    def _sorry(self) -> tuple[Say, ...]:
        choices = offers.what_went_wrong(self.directory)
        return (Say("signposting.did_not_work", choices=choices),)

    def _what_went_wrong(self, text: str) -> Found | None:
        reason = offers.reason_in(self.directory, text)
        if reason is None or self.search.about is None:
            return None
        number = dict(self.search.reported).get(self.search.about)
        refused = tuple(dict.fromkeys((*self.search.refused, self.search.about)))
        search = replace(self.search, asked=None, refused=refused)
        found = self._who_is_there(search, Say("signposting.thank_you"))
        service = self.directory.services[self.search.about]
        return replace(found, doing=Report(service, reason, number))

    def _remember(self, _named: Service | None) -> Found | None:
        if self.search.wishes == Wishes():
            return None
        said = offers.remembered(self.directory, self.search.wishes)
        return Found(replace(self.search, remembered=True), (said,))

    def _no_reminders(self, _named: Service | None) -> Found:
        return Found(self.search, doing=StopReminding())

    def _forget(self, _named: Service | None) -> Found | None:
        if self.search.wishes == Wishes() and not self.search.is_on:
            return None
        return Found(self.search.forgotten(), (Say("signposting.forgotten"),))

    def _fact(self, name: str, named: Service | None) -> Found:
        """Say one thing about the one in question, or about each that is there now."""
        one = self._one(named)
        if one is not None:
            services: tuple[Service, ...] = (one,)
        else:
            last = self.search.last or offers.named_in(self._choose(self.search))
            services = tuple(self.directory.services[each] for each in last)
        search = self.search.showing(each.id for each in services)
        if one is not None:
            was_told = self.search.told if one.id == self.search.about else ()
            search = search.looking_at(one.id, was_told)
        some = services[: MOST_ABOUT_EACH[self.channel]]
        return Found(search, (one_fact(self.directory, some, name),))

    def _fact_of_these(self, name: str, named: Service | None) -> Found | None:
        return self._fact(name, named) if self.search.is_on else None

    def _cost(self, named: Service | None) -> Found | None:
        """Answer for the one in question; whether help is free at all is no search."""
        return self._fact("cost", named) if self._one(named) else None

    def _ask_place(self, _named: Service | None) -> Found:
        return self._ask(AskedOf.PLACE, "signposting.ask_place")

    def _ask_age(self, _named: Service | None) -> Found:
        return self._ask(AskedOf.AGE, "signposting.ask_age")

    def _ask(self, asked: AskedOf, key: str) -> Found:
        search = replace(self.search, asked=asked)
        return Found(search, (Say(key, choices=(offers.skip(self.directory),)),))

    def _skip(self, _named: Service | None) -> Found | None:
        if self.search.asked is None:
            return None
        return self._who_is_there(replace(self.search, asked=None))

    def _place(self, text: str) -> Found | None:
        place = read_place(self.directory, text)
        if not place.areas:
            if not (place.candidates or could_be_a_place(text)):
                return None
            return self._which(self.search, place)
        wishes = replace(self.search.wishes, areas=place.areas)
        return self._who_is_there(replace(self.search, asked=None).wishing(wishes))

    def _which(self, search: Search, place: PlaceAnswer) -> Found:
        waiting = replace(search, asked=AskedOf.PLACE)
        return Found(waiting, which_area(self.directory, place))

    def _age(self, text: str) -> Found | None:
        return self._aged(read_age(text))

    def _bare_age(self, text: str) -> int | None:
        """Read a number after services as an age; one of a choice was that before."""
        return read_bare_age(text) if self.was_shown else None

    def _aged(self, age: int | None) -> Found | None:
        if age is None:
            return None
        wishes = replace(self.search.wishes, ages=aged(age))
        return self._who_is_there(replace(self.search, asked=None).wishing(wishes))

    def _refined(self, text: str) -> Found | None:
        if age := self._bare_age(text):
            return self._aged(age)
        # Said again, it is meant again.
        return self.ask(text) if self.wants_help(text) else None

    def _one(self, named: Service | None) -> Service | None:
        """Find the one that is meant: named, just looked at, or the only one shown."""
        if named is not None:
            return named
        meant = self.search.about
        if meant is None and len(self.search.last) == 1:
            meant = self.search.last[0]
        return self.directory.services.get(meant) if meant else None

    def _which_one(self, asking: str, key: str) -> Found | None:
        """Ask which of the shown ones is meant; None when none was shown."""
        if not self.search.last:
            return None
        services = (self.directory.services[each] for each in self.search.last)
        choices = offers.which_one(self.directory, services, asking)
        return Found(self.search, (Say(key, choices=choices),))
