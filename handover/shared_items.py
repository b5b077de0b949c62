"""The minimum information set: the short list of what may be shared, item by item."""

import json
from dataclasses import dataclass
from enum import Enum


class ItemKind(str, Enum):
    """What one item is about, in the preview's order; each is agreed on its own."""

    HOW_TO_REACH = "how_to_reach"
    HELP_WITH = "help_with"
    FROM_PLAN = "from_plan"
    NEEDS = "needs"
    TRIED = "tried"


@dataclass(frozen=True)
class SharedItem:
    """One agreed item: its kind and the exact line that is shown and shared.

    `part` tells items of one kind apart: the id of a section of the plan.
    """

    kind: ItemKind
    line: str
    part: str = ""


@dataclass(frozen=True)
class InformationSet:
    """The items a young person said yes to, in the order they are shown."""

    items: tuple[SharedItem, ...]

    def preview(self) -> str:
        """Write out what would be shared; the payload is these very characters."""
        return "\n".join(item.line for item in self.items)

    def payload(self) -> bytes:
        """Give the bytes that are shared: the preview, byte for byte."""
        return self.preview().encode()

    def to_json(self) -> str:
        """Write the set down for safe keeping until it is agreed to or refused."""
        return json.dumps(
            [[item.kind.value, item.line, item.part] for item in self.items]
        )

    @classmethod
    def from_json(cls, text: str) -> "InformationSet":
        """Read back what `to_json` wrote."""
        return cls(
            tuple(
                SharedItem(ItemKind(kind), line, part)
                for kind, line, part in json.loads(text)
            )
        )
