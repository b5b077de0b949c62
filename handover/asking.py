"""Asking for consent, one thing at a time; nothing is picked until it is picked.

The same questions in the same order on both channels, with Rasa up or down. Nothing
here is shared: what was picked becomes a preview, and only SHARE sends that.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum

from foundations.ids import ConsentId
from handover.shared_items import InformationSet, ItemKind, SharedItem


class Ask(str, Enum):
    """What is being asked, in this order; `CHANGE` comes only from the preview."""

    LATER = "later"
    REACH = "reach"
    HELP_WITH = "help_with"
    FROM_PLAN = "from_plan"
    NEEDS = "needs"
    TRIED = "tried"
    ALSO = "also"
    PREVIEW = "preview"
    CHANGE = "change"


IN_OWN_WORDS: Mapping[Ask, ItemKind] = {
    Ask.HELP_WITH: ItemKind.HELP_WITH,
    Ask.NEEDS: ItemKind.NEEDS,
    Ask.TRIED: ItemKind.TRIED,
}
"""What is answered by writing it; each is left out with one word."""

_IN_ORDER = (
    Ask.REACH,
    Ask.HELP_WITH,
    Ask.FROM_PLAN,
    Ask.NEEDS,
    Ask.TRIED,
    Ask.ALSO,
    Ask.PREVIEW,
)


@dataclass(frozen=True)
class Possible:
    """What there is to ask about: sections of the plan, and a next organisation."""

    plan_parts: tuple[str, ...] = ()
    has_next: bool = False


@dataclass(frozen=True)
class Asking:
    """Where the asking stands: the question, what was agreed to, and the drafts.

    `changing`: one answer is being changed, and the preview comes next. `also`: the
    next organisation may be asked when nobody answers. `draft` and `also_draft` are
    the consents that the preview stands for. `resting`: they talked of something else
    after the preview, so only SHARE is still heard. `doubted`: some of it may have been
    a wish to change the preview, so it is shown again before anything is shared.
    """

    at: Ask
    items: tuple[SharedItem, ...] = ()
    also: bool = False
    changing: bool = False
    resting: bool = False
    doubted: bool = False
    draft: ConsentId | None = None
    also_draft: ConsentId | None = None

    @property
    def stands_as_shown(self) -> bool:
        """Tell whether nothing was, or may have been, said against the preview."""
        return self.at is Ask.PREVIEW and not self.doubted

    @property
    def information(self) -> InformationSet:
        """Give what was agreed to, in the order of the preview."""
        order = list(ItemKind)
        return InformationSet(
            tuple(sorted(self.items, key=lambda item: order.index(item.kind)))
        )

    def with_item(self, item: SharedItem) -> "Asking":
        """Agree to an item; it takes the place of what was said for it before."""
        others = tuple(
            one for one in self.items if (one.kind, one.part) != (item.kind, item.part)
        )
        return replace(self, items=(*others, item))

    def without(self, kind: ItemKind) -> "Asking":
        """Leave items of a kind out."""
        return replace(
            self, items=tuple(one for one in self.items if one.kind is not kind)
        )

    def parts_left(self, possible: Possible) -> tuple[str, ...]:
        """Give the sections of the plan that are not picked yet."""
        picked = {one.part for one in self.items if one.kind is ItemKind.FROM_PLAN}
        return tuple(part for part in possible.plan_parts if part not in picked)

    def onward(self, possible: Possible) -> "Asking":
        """Go on to the next question, or back to the preview after a change."""
        if self.changing:
            return replace(self, at=Ask.PREVIEW, changing=False)
        place = _IN_ORDER.index(self.at) + 1 if self.at in _IN_ORDER else 0
        following = (ask for ask in _IN_ORDER[place:] if _is_asked(ask, possible))
        return replace(self, at=next(following))

    def back(self, possible: Possible) -> "Asking":
        """Go to the question before; the first one stays where it is."""
        if self.at not in _IN_ORDER:
            return self
        before = _IN_ORDER[: _IN_ORDER.index(self.at)]
        found = [ask for ask in before if _is_asked(ask, possible)]
        return replace(self, at=found[-1]) if found else self

    def to_json(self) -> str:
        """Write it down for safe keeping between two messages."""
        return json.dumps(
            {
                "at": self.at.value,
                "items": InformationSet(self.items).to_json(),
                "also": self.also,
                "changing": self.changing,
                "resting": self.resting,
                "doubted": self.doubted,
                "draft": self.draft,
                "also_draft": self.also_draft,
            }
        )

    @classmethod
    def from_json(cls, text: str) -> "Asking":
        """Read back what `to_json` wrote."""
        kept = json.loads(text)
        return cls(
            at=Ask(kept["at"]),
            items=InformationSet.from_json(kept["items"]).items,
            also=kept["also"],
            changing=kept["changing"],
            resting=kept["resting"],
            doubted=kept.get("doubted", False),
            draft=kept["draft"],
            also_draft=kept["also_draft"],
        )


def _is_asked(ask: Ask, possible: Possible) -> bool:
    match ask:
        case Ask.FROM_PLAN:
            return bool(possible.plan_parts)
        case Ask.ALSO:
            return possible.has_next
        case (
            Ask.LATER
            | Ask.REACH
            | Ask.HELP_WITH
            | Ask.NEEDS
            | Ask.TRIED
            | Ask.PREVIEW
            | Ask.CHANGE
        ):
            return True
