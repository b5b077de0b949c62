"""One asking for consent: what is asked next, and what an answer changes.

The same with Rasa up or down, in a text and on the web. Everything is kept in our own
rows between two messages; nothing is shared here.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from bot.turns import handover as says
from bot.turns import handover_explaining as explains
from bot.turns.handover_drafts import drafted, refuse_drafts
from bot.words import Words
from foundations.clock import Clock
from foundations.saying import Channel, Say
from handover import (
    Ask,
    Asking,
    CoverNow,
    Heard,
    ItemKind,
    Organisation,
    Organisations,
    Possible,
    hear,
    hear_at_preview,
    hear_yes_or_no,
    is_of_preview,
    wishes_change,
)
from handover.asking import IN_OWN_WORDS
from safety_plans.folding import plan_from
from safety_plans.plan import SectionId
from signposting import Directory

LISTENS_FOR: Final = timedelta(hours=1)
"""After this long a message is not taken as an answer to an old question."""
SHARE_WITHIN: Final = timedelta(hours=24)
"""A preview older than this is shown again before anything is shared."""


@dataclass(frozen=True)
class AskingParts:
    """What every asking leans on, handed over once."""

    organisations: Organisations
    words: Words
    directory: Directory
    clock: Clock


class AskForPerson:
    """The asking of one conversation, inside one unit of work.

    `cover` is how cover stands with the organisation at this moment. With
    `plan_stays_off` no part of a plan is offered: its preview would be read here.
    """

    def __init__(
        self,
        parts: AskingParts,
        unit: Any,
        conversation: Any,
        organisation: Organisation,
        channel: Channel,
        cover: CoverNow,
        *,
        plan_stays_off: bool = False,
    ) -> None:
        self._parts = parts
        self._unit = unit
        self._conversation = conversation
        self._organisation = organisation
        self._channel = channel
        self._cover = cover
        self._plan = plan_from(unit.plans.changes(conversation.young_person))
        parts_of_plan = () if plan_stays_off else says.sharable_sections(self._plan)
        self._possible = Possible(
            plan_parts=tuple(section.value for section in parts_of_plan),
            has_next=organisation.next is not None,
        )

    def begin(self) -> tuple[Say, ...]:
        """Look whether anyone is there, then ask the first thing; or go on asking."""
        kept = self._kept(LISTENS_FOR)
        if kept is not None:
            return self._go(replace(kept, resting=False))
        if self._cover.is_covered:
            return self._go(Asking(Ask.REACH))
        if self._cover.starts is None:
            values = {"organisation": self._organisation.name}
            return (Say("handover.nobody_known", values),)
        return self._go(Asking(Ask.LATER))

    def take(self, text: str) -> tuple[Say, ...] | None:
        """Take a message as an answer; None when it is none, or nothing is asked."""
        asking = self._heard(text)
        if asking is None:
            return None
        answers = asking.at in (Ask.LATER, Ask.REACH, Ask.ALSO)
        heard = hear_yes_or_no(text) if answers else hear(text)
        soon = says.reply_time(self._parts.words, self._channel, self._recipients())
        said = explains.explained(asking.at, heard, self._organisation, soon)
        if said is not None:
            # Asked once more; nothing is kept.
            return (said, *self._once_more(asking))
        match asking.at:
            case Ask.LATER | Ask.REACH | Ask.ALSO:
                return self._yes_or_no(asking, heard)
            case Ask.HELP_WITH | Ask.NEEDS | Ask.TRIED:
                return self._own_words(asking, text)
            case Ask.FROM_PLAN:
                return self._part(asking, text)
            case Ask.PREVIEW:
                return self._after_preview(asking, hear_at_preview(text))
            case Ask.CHANGE:
                return self._change(asking, text)

    def change(self, text: str) -> tuple[Say, ...] | None:
        """Open "Change it" for a wish to change the preview that was just shown."""
        asking = self._heard(text)
        if asking is None or asking.at is not Ask.PREVIEW or not wishes_change(text):
            return None
        return self._go(replace(asking, at=Ask.CHANGE))

    def again(self, *, missed: bool = False) -> tuple[Say, ...]:
        """Ask the question that stands once more, in short; a preview only rests.

        What was said may have been a wish to change it, in words nobody knew.
        `missed`: nobody understood it, so it was no other thing that they moved on to.
        """
        sorry = (Say("handover.for_the_worker"),) if missed else ()
        shown = self.ready_to_share()
        if shown is not None and shown.at is Ask.PREVIEW:
            stands = missed and not shown.resting
            self._keep(replace(shown, resting=not stands, doubted=True))
            return (*sorry, Say("handover.share_word")) if stands else ()
        asking = self._kept(LISTENS_FOR)
        return () if asking is None else (*sorry, *self._once_more(asking))

    def put_aside(self, *, doubted: bool = False) -> None:
        """Stop asking, because they moved on to something else; a preview rests.

        `doubted`: that may have been a wish to change the preview.
        """
        asking = self._kept(LISTENS_FOR)
        if asking is None or asking.at is not Ask.PREVIEW:
            self.forget()
        else:
            doubted = doubted or asking.doubted
            self._keep(replace(asking, resting=True, doubted=doubted))

    def show_again(self, asking: Asking) -> tuple[Say, ...]:
        """Show the preview anew, because what they saw may not be what they want."""
        at_preview = replace(asking, at=Ask.PREVIEW, changing=False, resting=False)
        return (Say("handover.look_again"), *self._go(at_preview))

    def ready_to_share(self) -> Asking | None:
        """Give the asking whose preview they saw within the last day."""
        asking = self._kept(SHARE_WITHIN)
        return asking if asking is not None and asking.draft is not None else None

    def early_share(self) -> tuple[Say, ...]:
        """Answer SHARE before a preview: show it, or ask for what has to come first."""
        asking = self._kept(LISTENS_FOR)
        if asking is None:
            return says.nothing_to_share()
        if asking.at in (Ask.LATER, Ask.REACH, Ask.ALSO):
            return self._once_more(asking)
        return self._go(replace(asking, at=Ask.PREVIEW, changing=False))

    def settle(self) -> None:
        """Forget the asking: it has been shared."""
        self._unit.askings.remove(self._conversation.id)

    def _heard(self, text: str) -> Asking | None:
        """Give the asking that a message may answer now."""
        asking = self._kept(LISTENS_FOR)
        if asking is None or not asking.resting:
            return asking
        has_plan = any(self._plan.sections.values())
        is_heard = not has_plan and is_of_preview(text)
        return replace(asking, resting=False) if is_heard else None

    def _once_more(self, asking: Asking) -> tuple[Say, ...]:
        if asking.at is Ask.PREVIEW:
            return (Say("handover.share_word"),)
        if asking.at is Ask.REACH:
            values = {"organisation": self._organisation.name}
            return (Say("handover.ask_reach_again", values),)
        return self._question(asking)

    def _yes_or_no(self, asking: Asking, heard: Heard) -> tuple[Say, ...] | None:
        match heard:
            case Heard.YES:
                return self._yes(asking)
            case Heard.NO | Heard.UNSURE | Heard.LEAVE_OUT if asking.at is Ask.ALSO:
                return self._go(replace(asking, also=False).onward(self._possible))
            case Heard.NO | Heard.LEAVE_OUT if asking.at is Ask.REACH:
                return self._refuse(Say("handover.no_way_to_reach"))
            case Heard.NO | Heard.LEAVE_OUT | Heard.NEVER_MIND:
                return self._refuse(Say("handover.declined"))
            case Heard.BACK:
                return self._go(asking.back(self._possible))
            case Heard.TAKE_OUT:
                return self._take_out(asking)
            case _:
                return None

    def _yes(self, asking: Asking) -> tuple[Say, ...]:
        if asking.at is Ask.LATER:
            return self._go(replace(asking, at=Ask.REACH))
        if asking.at is Ask.ALSO:
            return self._go(replace(asking, also=True).onward(self._possible))
        reach = says.reach_item(self._parts.words, self._channel)
        return self._go(asking.with_item(reach).onward(self._possible))

    def _own_words(self, asking: Asking, text: str) -> tuple[Say, ...] | None:
        match hear(text):
            case Heard.YES:
                return (Say("handover.write_it"),)
            case Heard.NO | Heard.UNSURE | Heard.LEAVE_OUT:
                left = asking.without(IN_OWN_WORDS[asking.at])
                return self._go(left.onward(self._possible))
            case Heard.ASIDE:
                return None
            case Heard.WORDS:
                return self._write(asking, text)
            case heard:
                return self._moves(asking, heard)

    def _moves(self, asking: Asking, heard: Heard) -> tuple[Say, ...] | None:
        """Go where an answer leads that is the same at every question."""
        match heard:
            case Heard.SHOW | Heard.SEND:
                return self._go(replace(asking, at=Ask.PREVIEW, changing=False))
            case Heard.NEVER_MIND:
                return self._refuse(Say("handover.declined"))
            case Heard.BACK | Heard.CHANGE:
                return self._go(asking.back(self._possible))
            case Heard.TAKE_OUT:
                return self._take_out(asking)
            case _:
                return None

    def _take_out(self, asking: Asking) -> tuple[Say, ...]:
        """Take back the answer before this question, and ask for it again."""
        before = asking.back(self._possible)
        if asking.changing or before.at in (asking.at, Ask.REACH):
            return (explains.what_it_is_for(asking.at), *self._once_more(asking))
        kind = IN_OWN_WORDS.get(before.at, ItemKind.FROM_PLAN)
        return (Say("handover.left_out"), *self._go(before.without(kind)))

    def _write(self, asking: Asking, text: str) -> tuple[Say, ...]:
        if not says.may_be_passed_on(text):
            return (Say("handover.keep_for_them"),)
        if len(text) > says.LONGEST_OWN_WORDS:
            return (Say("handover.too_long"),)
        item = says.own_words_item(
            self._parts.words, self._channel, IN_OWN_WORDS[asking.at], text
        )
        written = asking.with_item(item)
        if not _fits(written):
            return (Say("handover.too_long"),)
        return self._go(written.onward(self._possible))

    def _part(self, asking: Asking, text: str) -> tuple[Say, ...] | None:
        picked = says.section_named(text, asking.parts_left(self._possible))
        if picked is not None:
            return self._add_part(asking, picked)
        match hear(text):
            case Heard.NO | Heard.UNSURE | Heard.LEAVE_OUT:
                return self._go(asking.onward(self._possible))
            case Heard.YES:
                return self._question(asking)
            case heard:
                return self._moves(asking, heard)

    def _add_part(self, asking: Asking, section: SectionId) -> tuple[Say, ...]:
        item = says.plan_item(self._parts.words, self._channel, self._plan, section)
        added = asking.with_item(item)
        if not _fits(added):
            at_preview = replace(asking, at=Ask.PREVIEW, changing=False)
            return (Say("handover.no_room"), *self._go(at_preview))
        if not added.parts_left(self._possible):
            return self._go(added.onward(self._possible))
        return self._go(added)

    def _after_preview(self, asking: Asking, heard: Heard) -> tuple[Say, ...] | None:
        match heard:
            case Heard.YES | Heard.SEND:
                return (Say("handover.share_word"),)
            case Heard.NO | Heard.NEVER_MIND:
                return self._refuse(Say("handover.declined"))
            case Heard.UNSURE | Heard.HALF:
                return (Say("handover.not_sure_yet"),)
            case Heard.CHANGE | Heard.BACK:
                return self._go(replace(asking, at=Ask.CHANGE))
            case Heard.SHOW | Heard.SEE:
                return self._question(asking)
            case _:
                return None

    def _change(self, asking: Asking, text: str) -> tuple[Say, ...] | None:
        wanted = says.CHANGES.get(" ".join(text.lower().split()))
        if wanted is Ask.FROM_PLAN:
            bare = asking.without(ItemKind.FROM_PLAN)
            at = wanted if self._possible.plan_parts else Ask.PREVIEW
            return self._go(replace(bare, at=at, changing=True))
        if wanted is not None:
            return self._go(replace(asking, at=wanted, changing=True))
        match hear(text):
            case Heard.SHOW | Heard.SEND | Heard.NO | Heard.UNSURE | Heard.BACK:
                return self._go(replace(asking, at=Ask.PREVIEW))
            case Heard.NEVER_MIND:
                return self._refuse(Say("handover.declined"))
            case (
                Heard.YES | Heard.HALF | Heard.CHANGE | Heard.TAKE_OUT | Heard.LEAVE_OUT
            ):
                return self._question(asking)
            case _:
                return None

    def _go(self, asking: Asking) -> tuple[Say, ...]:
        """Keep where the asking stands now, and ask what stands there."""
        if asking.at is Ask.PREVIEW:
            then = self._organisation.next if asking.also else None
            asking = drafted(
                self._unit, self._conversation, asking, self._organisation.id, then
            )
        self._keep(asking)
        return self._question(asking)

    def _keep(self, asking: Asking) -> None:
        person = self._conversation.young_person
        self._unit.askings.put(self._conversation.id, person, asking.to_json())

    def _question(self, asking: Asking) -> tuple[Say, ...]:
        match asking.at:
            case Ask.LATER:
                when = self._when(self._cover.starts)
                return (says.nobody_now(self._organisation, self._cover, when),)
            case Ask.FROM_PLAN:
                left = asking.parts_left(self._possible)
                some = len(left) < len(self._possible.plan_parts)
                return (says.which_part(left, some=some),)
            case Ask.ALSO:
                then = self._then
                assert then is not None  # noqa: S101 - asked only when there is one
                return (says.ask_also(self._organisation, then),)
            case Ask.PREVIEW:
                return self._preview(asking)
            case Ask.REACH | Ask.HELP_WITH | Ask.NEEDS | Ask.TRIED | Ask.CHANGE:
                values = {"organisation": self._organisation.name}
                return (Say(says.QUESTIONS[asking.at], values),)

    def _preview(self, asking: Asking) -> tuple[Say, ...]:
        to = self._recipients(also=asking.also)
        return says.preview(self._parts.words, self._channel, asking.information, to)

    def _recipients(self, *, also: bool = False) -> says.Recipients:
        starts = None if self._cover.is_covered else self._when(self._cover.starts)
        return says.Recipients(self._organisation, self._then if also else None, starts)

    def _refuse(self, say: Say) -> tuple[Say, ...]:
        self.forget()
        return (say,)

    def forget(self) -> None:
        """Forget the asking: the answer was no, or nobody gave one."""
        kept = self._unit.askings.get(self._conversation.id)
        if kept is not None:
            refuse_drafts(self._unit, Asking.from_json(kept.json))
        self._unit.askings.remove(self._conversation.id)

    def _kept(self, within: timedelta) -> Asking | None:
        kept = self._unit.askings.get(self._conversation.id)
        if kept is None or kept.asked_at <= self._now - within:
            return None
        return Asking.from_json(kept.json)

    def _when(self, moment: datetime | None) -> str:
        """Say a moment as seen from now; an unknown one is said as the usual hours."""
        if moment is None:
            return self._organisation.cover_hours
        return self._parts.directory.phrases.when(moment, self._now)

    @property
    def _then(self) -> Organisation | None:
        after = self._organisation.next
        return None if after is None else self._parts.organisations.named(after)

    @property
    def _now(self) -> datetime:
        return self._parts.clock()


def _fits(asking: Asking) -> bool:
    return len(asking.information.preview()) <= says.MOST_SHARED
