"""Asking for a person: the items, the preview, the wait, and the time with a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.words import Words
from foundations.gsm7 import fold
from foundations.saying import Channel, Choice, Say
from handover import Ask, CoverNow, InformationSet, ItemKind, Organisation, SharedItem
from safety_plans.plan import PlanLine, SafetyPlan, SectionId
from safety_plans.privacy import may_be_repeated, names_a_way_of_harm
from safety_plans.sections import sections
from safety_plans.showing import for_message, safe

LONGEST_OWN_WORDS = 300
"""Characters of one answer in their own words."""
MOST_SHARED = 800
"""Characters of everything shared: with the rest of a preview it fits in one text."""

CHANGES: Final = {
    "help with": Ask.HELP_WITH,
    "my plan parts": Ask.FROM_PLAN,
    "talking easier": Ask.NEEDS,
    "what i've tried": Ask.TRIED,
}
"""What the choices of `handover.what_to_change` send."""

QUESTIONS: Final = {
    Ask.REACH: "handover.ask_reach",
    Ask.HELP_WITH: "handover.ask_help_with",
    Ask.NEEDS: "handover.ask_needs",
    Ask.TRIED: "handover.ask_tried",
    Ask.CHANGE: "handover.what_to_change",
}

_ITEMS = {
    ItemKind.HELP_WITH: "handover.item_help_with",
    ItemKind.NEEDS: "handover.item_needs",
    ItemKind.TRIED: "handover.item_tried",
}


def reach_item(words: Words, channel: Channel) -> SharedItem:
    """Write out how to reach them; the number itself is never shared."""
    return _item(words, channel, ItemKind.HOW_TO_REACH, Say("handover.item_reach"))


def own_words_item(
    words: Words, channel: Channel, kind: ItemKind, said: str
) -> SharedItem:
    """Write out their own words, on one row and as a text message would show them."""
    values = {"own_words": fold(safe(said))}
    return _item(words, channel, kind, Say(_ITEMS[kind], values))


def plan_item(
    words: Words, channel: Channel, plan: SafetyPlan, section: SectionId
) -> SharedItem:
    """Write out the lines of one section that a message may hold."""
    values = {
        "title": sections()[section].title,
        "rows": "\n".join(for_message(_sharable(plan, section))),
    }
    say = Say("handover.item_from_plan", values)
    return _item(words, channel, ItemKind.FROM_PLAN, say, section.value)


def may_be_passed_on(said: str) -> bool:
    """Tell whether words may be repeated in a message: none names a way of harm."""
    return not names_a_way_of_harm(said)


def sharable_sections(plan: SafetyPlan) -> tuple[SectionId, ...]:
    """Name the sections with a line that may be shared; private ones never are."""
    return tuple(
        section
        for section in SectionId
        if not sections()[section].private and _sharable(plan, section)
    )


def section_choices(parts: Sequence[str]) -> tuple[Choice, ...]:
    """Offer sections by name, to press or to answer by number."""
    titles = (sections()[SectionId(part)].sms_title for part in parts)
    return tuple(Choice(title, title.lower()) for title in titles)


def nobody_now(organisation: Organisation, cover: CoverNow, when: str) -> Say:
    """Say that nobody is there now, and when somebody is."""
    key = "nobody_on_a_holiday" if cover.is_holiday else "nobody_on_shift"
    return Say(f"handover.{key}", {"organisation": organisation.name, "when": when})


def which_part(left: Sequence[str], *, some: bool) -> Say:
    """Ask for a part of the plan; `some`: one was picked before."""
    key = "ask_more_from_plan" if some else "ask_from_plan"
    return Say(f"handover.{key}", {}, section_choices(left))


def ask_also(organisation: Organisation, then: Organisation) -> Say:
    """Ask whether the next organisation may see the same when nobody answers."""
    values = {
        "organisation": organisation.name,
        "minutes": str(organisation.timers.tell[-1]),
        "next": then.name,
        "who": then.who_will_see,
    }
    return Say("handover.ask_also", values)


def section_named(said: str, parts: Sequence[str]) -> SectionId | None:
    """Find the section that was picked by its name."""
    wanted = " ".join(said.lower().split())
    for part in parts:
        about = sections()[SectionId(part)]
        if wanted in (about.title.lower(), about.sms_title.lower()):
            return about.id
    return None


@dataclass(frozen=True)
class Recipients:
    """Who would see it, and from when: None while somebody is there now."""

    organisation: Organisation
    then: Organisation | None = None
    starts: str | None = None


def reply_time(words: Words, channel: Channel, to: Recipients) -> str:
    """Say how fast they answer, and from when, where nobody is there now."""
    if to.starts is None:
        return to.organisation.reply_time
    values = {"reply_time": to.organisation.reply_time, "when": to.starts}
    return words.render(Say("handover.answer_from", values), channel).text


def preview(
    words: Words, channel: Channel, shown: InformationSet, to: Recipients
) -> tuple[Say, ...]:
    """Show exactly what would be shared, with whom, and how to say yes."""
    first = to.organisation
    values = {
        "preview": shown.preview(),
        "organisation": _with_next(words, channel, to),
        "who": first.who_will_see,
        "hours": first.cover_hours,
        "reply_time": reply_time(words, channel, to),
        "without_asking": first.without_asking,
    }
    return (Say("handover.preview", values),)


def waiting(organisation: Organisation) -> tuple[Say, ...]:
    """Say what was sent, to whom, and what happens next."""
    return (
        Say(
            "handover.waiting",
            {
                "organisation": organisation.name,
                "reply_time": organisation.reply_time,
                "minutes": str(organisation.timers.tell[0]),
            },
        ),
    )


def waiting_for_start(organisation: Organisation, when: str) -> tuple[Say, ...]:
    """Say that it is kept until cover starts, and when that is."""
    values = {"organisation": organisation.name, "when": when}
    return (Say("handover.waiting_for_start", values),)


def sharing_is_off(organisation: Organisation) -> tuple[Say, ...]:
    """Say that nothing can be passed on: no agreement to share is in force."""
    return (Say("handover.sharing_is_off", {"organisation": organisation.name}),)


def nothing_to_share() -> tuple[Say, ...]:
    """Answer SHARE when nothing was previewed: offer to ask."""
    return (Say("handover.nothing_to_share"),)


def withdrawn(was_shared: bool, *, was_read: bool) -> tuple[Say, ...]:
    """Answer UNSHARE: say that access has ended, or that nothing was shared.

    What was read in a talk that is over cannot be opened any more.
    """
    if not was_shared:
        key = "handover.over_already" if was_read else "handover.nothing_shared"
        return (Say(key),)
    return (Say("handover.withdrawn" if was_read else "handover.withdrawn_unread"),)


def _with_next(words: Words, channel: Channel, to: Recipients) -> str:
    if to.then is None:
        return to.organisation.name
    values = {
        "organisation": to.organisation.name,
        "next": to.then.name,
        "next_who": to.then.who_will_see,
    }
    return words.render(Say("handover.with_next", values), channel).text


def _sharable(plan: SafetyPlan, section: SectionId) -> tuple[PlanLine, ...]:
    return tuple(line for line in plan.lines(section) if may_be_repeated(line))


def _item(
    words: Words, channel: Channel, kind: ItemKind, say: Say, part: str = ""
) -> SharedItem:
    return SharedItem(kind, words.render(say, channel).text, part)
