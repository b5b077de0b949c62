"""A check-in that is due: said in neutral words, by text, and the next one promised."""

from collections.abc import Mapping
from dataclasses import replace

from bot.turns import check_ins
from bot.words import Words
from foundations.clock import Clock
from foundations.saying import Channel, Say
from gateway.due_worker import Handler
from gateway.speaking import speak
from safety_plans.check_ins import LATE_AT_MOST, CheckIn, is_quiet
from storage import UnitOfWork
from storage.due_work import DueWork
from storage.records import Owner


def check_in_handlers(words: Words, clock: Clock) -> Mapping[str, Handler]:
    """Name the handler of a check-in that is due."""

    def check_in(unit: UnitOfWork, work: DueWork) -> None:
        _check_in(unit, work, words, clock)

    return {check_ins.KIND: check_in}


def _check_in(unit: UnitOfWork, work: DueWork, words: Words, clock: Clock) -> None:
    """Write, unless STOP was said, a worker is there, or it is too late or night.

    After STOP nothing more is promised; otherwise the next one stands.
    """
    if work.conversation is None or work.young_person is None or not work.payload:
        return
    here, now = unit.conversations.get(work.conversation), clock()
    if here.stopped or unit.people.phone_of(work.young_person) is None:
        return
    asked = CheckIn.from_json(work.payload)
    following = asked.following(now)
    if following is not None:
        check_ins.promise(unit, work.young_person, work.conversation, following)
    too_late = following is not None and now - work.due_at > LATE_AT_MOST
    if too_late or is_quiet(now) or here.owner is Owner.STAFF:
        return
    said = words.render(Say("plan.check_in"), Channel.SMS)
    speak(unit, replace(here, channel=Channel.SMS), said, now)
