"""Asking for a person: what would be shared, the preview, and what follows a yes."""

from bot.words import Words
from foundations.saying import Channel, Say
from handover import InformationSet, ItemKind, Organisation, SharedItem


def information(
    words: Words, channel: Channel, help_with: str | None
) -> InformationSet:
    """Write out the items as they will be shown and shared, word for word."""
    items = [_item(words, channel, ItemKind.HOW_TO_REACH, Say("handover.item_reach"))]
    if help_with:
        own_words = Say("handover.item_help_with", {"help_with": help_with})
        items.append(_item(words, channel, ItemKind.HELP_WITH, own_words))
    return InformationSet(tuple(items))


def preview(shown: InformationSet, organisation: Organisation) -> tuple[Say, ...]:
    """Show exactly what would be shared, with whom, and how to say yes."""
    values = {
        "preview": shown.preview(),
        "organisation": organisation.name,
        "who": organisation.who_will_see,
        "hours": organisation.cover_hours,
        "reply_time": organisation.reply_time,
    }
    return (Say("handover.preview", values),)


def waiting(organisation: Organisation) -> tuple[Say, ...]:
    """Say what was sent, to whom, and what happens next."""
    values = {
        "organisation": organisation.name,
        "reply_time": organisation.reply_time,
    }
    return (Say("handover.waiting", values),)


def nothing_to_share() -> tuple[Say, ...]:
    """Answer SHARE when nothing was previewed: ask what it should be about."""
    return (Say("handover.nothing_to_share"),)


def withdrawn(was_shared: bool) -> tuple[Say, ...]:
    """Answer UNSHARE: say that access has ended, or that nothing was shared."""
    return (Say("handover.withdrawn" if was_shared else "handover.nothing_shared"),)


def _item(words: Words, channel: Channel, kind: ItemKind, say: Say) -> SharedItem:
    return SharedItem(kind, words.render(say, channel).text)
