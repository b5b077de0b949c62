"""Sharing parts of a plan in the conversation: who, which, a preview, a yes, a link."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.turns.plan_parts import parts_named
from bot.turns.plan_sharing import (
    PREVIEW,
    READY_FOR,
    WHICH,
    WHO,
    Agreed,
    Asked,
    Chosen,
    End,
    Refused,
    Start,
    WhoHasIt,
    ask_which,
    asks_who_sees_it,
    day_of,
    is_too_long,
    listed,
    previewed,
    read_sharing,
    sections_of,
)
from bot.turns.plan_sharing_answers import LONGEST, hear_which, hear_who
from bot.turns.plan_sharing_ends import TakeBack, meant_by
from bot.turns.yes_or_no import yes_or_no
from bot.words import Words
from foundations.clock import Clock
from foundations.saying import Say
from gateway.commands import CommandWords
from gateway.texting.wishes import plan_stays_off
from gateway.turn import Answer, Turn
from handover import Heard, hear
from safety_plans import sharing
from safety_plans.editing import plan_of
from safety_plans.privacy import names_a_way_of_harm
from safety_plans.sections import sections
from safety_plans.sharing import LASTS, NothingToShare, PlanShare, ShareStatus
from storage import Database, UnitOfWork
from storage.records import Owner

ASKS = frozenset({WHO, WHICH, PREVIEW})

Says = tuple[Say, ...]


@dataclass(frozen=True)
class PlanSharingStep:
    """Answers what is about sharing a plan; the same with Rasa up or down.

    Nothing is open to anyone before its exact preview was said yes to. `address` is
    where this service is reached by browsers.
    """

    database: Database
    words: Words
    commands: CommandWords
    clock: Clock
    address: str

    async def __call__(self, turn: Turn) -> Answer | None:
        """Answer, or leave the turn to the next step."""
        if len(turn.text) > LONGEST + 40:
            return None
        asked = read_sharing(turn.text)
        of_it = asks_who_sees_it(turn.text)
        if asked is None and not (of_it or self._may_answer(turn)):
            return None
        says = await self.database.write(lambda unit: self._said(unit, turn, asked))
        if not says:
            return None
        return Answer(tuple(self.words.render(say, turn.channel) for say in says))

    def _may_answer(self, turn: Turn) -> bool:
        """Tell whether a text may be a name, or parts, in answer to what was asked."""
        text = turn.text.strip()
        if len(text) > LONGEST or self.commands.read(text) is not None:
            return False
        if turn.last_key in ASKS:
            return True
        return text[:1].isdigit() and not turn.plan_open

    def _said(self, unit: UnitOfWork, turn: Turn, asked: Asked | None) -> Says:
        if asked is None and asks_who_sees_it(turn.text):
            asked = WhoHasIt() if self._open(unit, turn) else None
        elif asked is None:
            asked = self._answered(unit, turn)
        elif _may_be_a_line(turn, asked):
            offered = unit.messages.last_choices(turn.conversation.id)
            waits = isinstance(asked, Refused) and self._ready(unit, turn)
            if not waits and turn.text not in {choice.value for choice in offered}:
                return ()
        if asked is None:
            return ()
        shows = isinstance(asked, Start | Chosen | Agreed)
        if shows and plan_stays_off(unit, turn.conversation.young_person, turn.channel):
            return (Say("plan.share_not_here"),)
        return self._do(unit, turn, asked)

    def _do(self, unit: UnitOfWork, turn: Turn, asked: Asked) -> Says:
        person, now = turn.conversation.young_person, self.clock()
        match asked:
            case Start(name) if name is not None:
                return self._choose(unit, turn, Chosen(name, None, LASTS))
            case Start():
                plan = plan_of(unit.plans, person)
                return (Say(WHO if plan.all_lines else "plan.empty"),)
            case Chosen():
                return self._choose(unit, turn, asked)
            case Agreed():
                return self._agree(unit, turn)
            case Refused():
                return self._refuse(unit, turn)
            case WhoHasIt():
                return listed(unit.plan_shares.of_person(person), now)
            case End() | TakeBack():
                return self._take_back(unit, turn, asked)

    def _choose(self, unit: UnitOfWork, turn: Turn, chosen: Chosen) -> Says:
        """Ask which parts; once they are known, keep a preview and show all of it."""
        person, now = turn.conversation.young_person, self.clock()
        plan = plan_of(unit.plans, person)
        name = "" if names_a_way_of_harm(chosen.name) else chosen.name.strip()
        if not name:
            return (Say(WHO),)
        if chosen.numbers is None:
            return ask_which(plan, name, turn.channel)
        _drop_previews(unit, turn, self.clock)
        try:
            asked = sharing.preview(
                plan,
                recipient=name,
                chosen=sections_of(chosen.numbers),
                now=now,
                lasts=chosen.lasts,
            )
        except NothingToShare:
            return (Say("plan.share_nothing_there"),)
        id = unit.plan_shares.preview(person, asked, now)
        share = next(s for s in unit.plan_shares.of_person(person) if s.id == id)
        if is_too_long(share, turn.channel):
            unit.plan_shares.take_back(id, now)
            return (Say("plan.share_too_long"),)
        return previewed(share, chosen, asked.kept_back)

    def _agree(self, unit: UnitOfWork, turn: Turn) -> Says:
        """Open what was previewed last, if that was not long ago."""
        now, fresh = self.clock(), self._ready(unit, turn)
        token = unit.plan_shares.agree(fresh[0].id, now) if fresh else None
        if token is None:
            return (Say("plan.share_not_ready"),)
        link = f"{self.address}/s/{token}"
        values = {"link": link, "day": day_of(fresh[0].expires_at)}
        return (Say("plan.share_link", values),)

    def _refuse(self, unit: UnitOfWork, turn: Turn) -> Says:
        """Leave it; where nothing was asked, "don't share" is about what is open."""
        waits = turn.asked or turn.last_key in ASKS or self._ready(unit, turn)
        if not waits and self._open(unit, turn):
            return self._take_back(unit, turn, TakeBack(None))
        _drop_previews(unit, turn, self.clock)
        return (Say("plan.share_not_now"),)

    def _take_back(self, unit: UnitOfWork, turn: Turn, asked: End | TakeBack) -> Says:
        """End what can be meant; where it could be several, say which there are.

        Nothing is said where nothing of the plan is shared: it is about another thing.
        """
        shares = self._open(unit, turn)
        if asked.name is not None and (meant := meant_by(asked.name, shares)):
            return self._end(unit, meant)
        if isinstance(asked, End):
            return (Say("plan.share_no_such"),)
        if asked.name is None and _about_a_worker(turn):
            return ()
        if asked.everybody and shares:
            _drop_previews(unit, turn, self.clock)
            self._end(unit, shares)
            return (Say("plan.shared_with_nobody"),)
        if self._ready(unit, turn) or turn.last_key in ASKS:
            return self._refuse(unit, turn)
        if len(shares) == 1 and asked.name is None:
            return self._end(unit, shares)
        return listed(shares, self.clock()) if shares else ()

    def _answered(self, unit: UnitOfWork, turn: Turn) -> Asked | None:
        """Read a bare answer to who, to which parts, or to a preview of other parts."""
        if turn.last_key == WHO:
            return hear_who(turn.text)
        if turn.last_key != PREVIEW:
            return hear_which(
                turn.text, unit.messages.last_choices(turn.conversation.id)
            )
        numbers, ready = parts_named(turn.text), self._ready(unit, turn)
        if ready and numbers:
            return Chosen(ready[0].recipient, numbers, LASTS)
        return _shown_again(ready[0]) if ready and _is_half_a_yes(turn.text) else None

    def _ready(self, unit: UnitOfWork, turn: Turn) -> list[PlanShare]:
        """Give what was previewed not long ago, and may be said yes to."""
        now, previews = self.clock(), _previews(unit, turn, self.clock)
        return [one for one in previews if now - one.previewed_at <= READY_FOR]

    def _end(self, unit: UnitOfWork, shares: Sequence[PlanShare]) -> Says:
        for share in shares:
            unit.plan_shares.take_back(share.id, self.clock())
        return (Say("plan.share_ended"),)

    def _open(self, unit: UnitOfWork, turn: Turn) -> tuple[PlanShare, ...]:
        """Give what somebody can see now."""
        now, person = self.clock(), turn.conversation.young_person
        shares = unit.plan_shares.of_person(person)
        return tuple(one for one in shares if one.status(now) is ShareStatus.OPEN)


def _is_half_a_yes(text: str) -> bool:
    """Tell what is no yes to a preview, and no other wish: it is shown once more."""
    return yes_or_no(text) is True or hear(text) in (Heard.HALF, Heard.UNSURE)


def _shown_again(share: PlanShare) -> Chosen:
    """Ask for the same preview: the same parts, for as long."""
    parts = () if share.shown is None else share.shown.sections
    numbers = tuple(sections()[part.id].number for part in parts)
    return Chosen(share.recipient, numbers, share.expires_at - share.previewed_at)


def _about_a_worker(turn: Turn) -> bool:
    """Tell whether what is asked, or waits, is a person and not the plan."""
    return turn.asked or turn.conversation.owner is Owner.WAITING


def _may_be_a_line(turn: Turn, asked: Asked) -> bool:
    """Tell words that also answer a plan's question: "share with my sister"."""
    asked_last = turn.answers_last or turn.last_key in ASKS
    if asked_last or not turn.plan_open:
        return False
    match asked:
        case End():
            # "Stop sharing my phone with him" may be a line; UNSHARE is our own word.
            return not turn.text.strip().lower().startswith("unshare")
        case Chosen(numbers=None) | Refused():
            return True
        case Start() | Chosen() | Agreed() | WhoHasIt() | TakeBack():
            return False


def _previews(unit: UnitOfWork, turn: Turn, clock: Clock) -> list[PlanShare]:
    """Give what was previewed and not agreed to, newest first."""
    now = clock()
    shares = unit.plan_shares.of_person(turn.conversation.young_person)
    return [share for share in shares if share.status(now) is ShareStatus.PREVIEWED]


def _drop_previews(unit: UnitOfWork, turn: Turn, clock: Clock) -> None:
    for share in _previews(unit, turn, clock):
        unit.plan_shares.take_back(share.id, clock())
