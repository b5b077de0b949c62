"""Practice: a whole handover with a scripted young person, in memory and nowhere else.

No table, no conversation, no outbox and no audit row is touched: what a worker tries
here is theirs, and is gone when they leave or when the gateway starts again.
"""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from channels.staff.practice_desk import Room, SaidLine, ScriptLine, Stage
from channels.staff.signed_in import SignedIn
from foundations.content import read_yaml
from foundations.ids import StaffMemberId

SCRIPTS: Final = Path(__file__).with_name("practice_scripts")
MOST_ROOMS: Final = 500


@dataclass(frozen=True)
class ScriptTurn:
    """What is worth thinking of now, and what the young person says after that."""

    hint: str
    says: str
    crisis: bool
    takes_back: bool


@dataclass(frozen=True)
class Script:
    """One scripted young person."""

    line: ScriptLine
    shared: str
    turns: tuple[ScriptTurn, ...]
    reflect: tuple[str, ...]


@dataclass(frozen=True)
class Rehearsal:
    """Where somebody is in a script."""

    script: Script
    stage: Stage
    said: tuple[SaidLine, ...]
    turn: int


class Practice:
    """The rehearsals that are going on; the one left longest goes first."""

    def __init__(self, folder: Path = SCRIPTS) -> None:
        self._scripts = {script.line.id: script for script in _load(folder)}
        self._going_on: OrderedDict[StaffMemberId, Rehearsal] = OrderedDict()

    def scripts(self) -> Sequence[ScriptLine]:
        """List what can be rehearsed."""
        return tuple(script.line for script in self._scripts.values())

    def room(self, me: SignedIn) -> Room | None:
        """Show my rehearsal."""
        now = self._going_on.get(me.id)
        return None if now is None else _room(now)

    def begin(self, me: SignedIn, script: str) -> None:
        """Begin a rehearsal. ValueError for an unknown one."""
        if script not in self._scripts:
            raise ValueError("no such script")
        self._keep(me, Rehearsal(self._scripts[script], Stage.WAITING, (), 0))

    def claim(self, me: SignedIn) -> None:
        """Claim the scripted case."""
        now = self._going_on.get(me.id)
        if now is not None and now.stage is Stage.WAITING:
            self._keep(me, replace(now, stage=Stage.TALKING))

    def say(self, me: SignedIn, text: str) -> None:
        """Say something; the script answers, until it has said everything."""
        now = self._going_on.get(me.id)
        if now is None or now.stage is not Stage.TALKING:
            return
        said = (*now.said, SaidLine(by_worker=True, text=text))
        if now.turn == len(now.script.turns):
            self._keep(me, replace(now, said=said))
            return
        turn = now.script.turns[now.turn]
        answer = SaidLine(by_worker=False, text=turn.says, is_crisis=turn.crisis)
        stage = Stage.TAKEN_BACK if turn.takes_back else Stage.TALKING
        self._keep(me, Rehearsal(now.script, stage, (*said, answer), now.turn + 1))

    def finish(self, me: SignedIn) -> None:
        """Hand back, or close: what there is to think about is shown."""
        now = self._going_on.get(me.id)
        if now is not None:
            self._keep(me, replace(now, stage=Stage.OVER, said=()))

    def leave(self, me: SignedIn) -> None:
        """End the rehearsal, and forget it."""
        self._going_on.pop(me.id, None)

    def _keep(self, me: SignedIn, rehearsal: Rehearsal) -> None:
        self._going_on[me.id] = rehearsal
        self._going_on.move_to_end(me.id)
        while len(self._going_on) > MOST_ROOMS:
            self._going_on.popitem(last=False)


def _room(now: Rehearsal) -> Room:
    turns, gone = now.script.turns, now.stage in (Stage.TAKEN_BACK, Stage.OVER)
    is_seen = now.stage is Stage.TALKING
    return Room(
        script=now.script.line,
        stage=now.stage,
        shared=now.script.shared if is_seen else "",
        said=() if gone else now.said,
        hint=turns[now.turn].hint if is_seen and now.turn < len(turns) else "",
        has_said_all=is_seen and now.turn == len(turns),
        reflect=now.script.reflect if gone else (),
    )


def _load(folder: Path) -> list[Script]:
    return [
        _script(path.stem, read_yaml(path)) for path in sorted(folder.glob("*.yml"))
    ]


def _script(id: str, written: Mapping[str, Any]) -> Script:
    return Script(
        line=ScriptLine(id, written["title"], written["about"]),
        shared=written["shared"].strip(),
        turns=tuple(
            ScriptTurn(
                hint=turn["hint"],
                says=turn["says"],
                crisis=turn.get("crisis", False),
                takes_back=turn.get("takes_back", False),
            )
            for turn in written["turns"]
        ),
        reflect=tuple(written["reflect"]),
    )
