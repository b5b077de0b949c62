"""The organisations that stand behind a chat link, and what they promise."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from foundations.ids import OrganisationId

ORGANISATIONS = Path(__file__).parent / "organisations"


@dataclass(frozen=True)
class Organisation:
    """One charity: who sees what is shared, when it is covered, how fast it replies.

    Those are whole phrases, shown to the young person before any yes; `worker_role` is
    what a worker is called when they join the conversation.
    """

    id: OrganisationId
    name: str
    who_will_see: str
    cover_hours: str
    reply_time: str
    worker_role: str


@dataclass(frozen=True)
class Organisations:
    """Every organisation of this deployment, by id."""

    by_id: Mapping[OrganisationId, Organisation]

    @classmethod
    def load(cls, folder: Path = ORGANISATIONS) -> "Organisations":
        """Read one YAML file per organisation; a missing field names its file."""
        return cls({found.id: found for found in map(_read, _files(folder))})

    def named(self, organisation: OrganisationId) -> Organisation:
        """Find an organisation that a link or a case names; KeyError when unknown."""
        return self.by_id[organisation]


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.yml"))


def _read(path: Path) -> Organisation:
    fields = yaml.safe_load(path.read_text(encoding="utf-8"))
    try:
        return Organisation(
            id=OrganisationId(path.stem),
            name=fields["name"],
            who_will_see=fields["who_will_see"],
            cover_hours=fields["cover_hours"],
            reply_time=fields["reply_time"],
            worker_role=fields["worker_role"],
        )
    except (KeyError, TypeError) as missing:
        raise ValueError(
            f"{path.name}: organisation field missing: {missing}"
        ) from None
