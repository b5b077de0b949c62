"""The lines of the page's crisis card, filled in from the pinned set."""

from pathlib import Path

from channels.web_chat.settings import CrisisNumber, ReachedBy
from escalation import replies
from foundations.content import read_yaml
from runtime.settings import ROOT

CARD = ROOT / "channels" / "web_chat" / "crisis_card.yml"


def crisis_numbers(path: Path = CARD) -> tuple[CrisisNumber, ...]:
    """Read the card; KeyError when a line names a number that is not pinned."""
    pinned = replies.numbers()
    lines = read_yaml(path)["lines"]
    return tuple(
        CrisisNumber(
            name=line["name"],
            about=line["about"].format_map(pinned),
            number=pinned[line["number"]],
            by=ReachedBy(line["by"]),
            text_number=pinned[line["text"]] if "text" in line else None,
        )
        for line in lines
    )
