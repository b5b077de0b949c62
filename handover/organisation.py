"""The organisations that stand behind a chat link, and what they promise."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foundations.content import read_yaml
from foundations.ids import OrganisationId
from handover.cover import Cover
from handover.on_call import OnCall
from handover.reading import read_cover, read_on_call, read_timers
from handover.timers import Timers

ORGANISATIONS = Path(__file__).parent / "organisations"
DEMO = OrganisationId("demo")


@dataclass(frozen=True)
class Organisation:
    """One charity: who sees what is shared, when it is covered, how fast it replies.

    `who_will_see`, `cover_hours`, `reply_time` and `without_asking` are whole phrases,
    shown to the young person before any yes. `worker_role` is what a worker is called
    when they join. `division` is the part of the UK whose bank holidays count. `next`
    is asked when nobody claims, if the young person agreed to that too.
    """

    id: OrganisationId
    name: str
    who_will_see: str
    cover_hours: str
    reply_time: str
    worker_role: str
    without_asking: str
    division: str
    cover: Cover
    timers: Timers
    on_call: OnCall
    next: OrganisationId | None


@dataclass(frozen=True)
class Organisations:
    """Every organisation of this deployment, by id; `home` is behind our number.

    The same object is handed to every part, so that a change of cover is everywhere
    at once.
    """

    by_id: dict[OrganisationId, Organisation]
    home: OrganisationId = DEMO

    @classmethod
    def load(
        cls, folder: Path = ORGANISATIONS, home: OrganisationId = DEMO
    ) -> "Organisations":
        """Read one YAML file per organisation; ValueError names the file at fault."""
        found = cls({one.id: one for one in map(_read, _files(folder))}, home)
        for one in found.by_id.values():
            if one.next is not None and one.next not in found.by_id:
                raise ValueError(f"{one.id}.yml: next: there is no {one.next}.yml")
        return found

    def named(self, organisation: OrganisationId) -> Organisation:
        """Find an organisation that a link or a case names; KeyError when unknown."""
        return self.by_id[organisation]

    def change(self, organisation: Organisation) -> None:
        """Let an organisation be as it is now, for whoever looks next."""
        self.by_id[organisation.id] = organisation


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.yml"))


def _read(path: Path) -> Organisation:
    fields = read_yaml(path)
    try:
        return _organisation(path.stem, fields)
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise ValueError(f"{path.name}: organisation field wrong: {wrong}") from None


def _organisation(name: str, fields: Mapping[str, Any]) -> Organisation:
    after = fields["next"]
    return Organisation(
        id=OrganisationId(name),
        name=fields["name"],
        who_will_see=fields["who_will_see"],
        cover_hours=fields["cover_hours"],
        reply_time=fields["reply_time"],
        worker_role=fields["worker_role"],
        without_asking=fields["without_asking"],
        division=fields["division"],
        cover=read_cover(fields["cover"]),
        timers=read_timers(fields["timers"]),
        on_call=read_on_call(fields["on_call"]),
        next=None if after is None else OrganisationId(after),
    )
