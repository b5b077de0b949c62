"""A check-in that is due: said in neutral words, by text, and the next one promised."""

from collections.abc import Mapping
from dataclasses import replace

from bot.languages import Languages
from bot.turns import check_ins
from foundations.clock import Clock
from foundations.saying import Channel, Say
from gateway.due_worker import Handler
from gateway.speaking import speak_unasked
from safety_plans.check_ins import LATE_AT_MOST, CheckIn, is_quiet
from storage import UnitOfWork
from storage.due_work import DueWork
from storage.records import Owner


def check_in_handlers(languages: Languages, clock: Clock) -> Mapping[str, Handler]:
    """Name the handler of a check-in that is due."""

    def check_in(unit: UnitOfWork, work: DueWork) -> None:
        _check_in(unit, work, languages, clock)

    return {check_ins.KIND: check_in}


def _check_in(
    unit: UnitOfWork, work: DueWork, languages: Languages, clock: Clock
) -> None:
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
    by_text = replace(here, channel=Channel.SMS)
    speak_unasked(unit, by_text, Say("plan.check_in"), now, languages)
