"""How soon alerts leave, and how soon the next way is used when one fails.

`python -m tests.bench.live --only alerts`: young people say SHARE over HTTP; the time
of an alert is from then until it is at the far end: Twilio's, or a mail server's. It is
done three times: all is well; Twilio refuses the number; Twilio answers nothing.
"""

import asyncio
import json
import re
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_string
from pathlib import Path
from typing import Final
from uuid import uuid4

from foundations.clock import utc_now
from foundations.content import read_yaml
from handover.organisation import ORGANISATIONS
from storage import UnitOfWork
from tests.alerts.staff_ends import MailServer
from tests.bench.connection import Connection
from tests.bench.held_cases import records
from tests.bench.promises import Promise, percentile, spread
from tests.bench.services import BENCH, handrail
from tests.bench.twilio_end import Fault, TwilioEnd

ASKING: Final = 200
AT_ONCE: Final = 10
WHEN_TWILIO_FAILS: Final = 40
LEAVE_WITHIN_S: Final = 10.0
MOVE_ON_WITHIN_S: Final = 30.0
LONGEST_S: Final = 90.0
FIRST: Final = "+447700900951"
TO_SHARE: Final = ("PERSON", "yes", "show me so far", "SHARE")
_CASE: Final = re.compile(r"/staff/cases/([0-9a-f]{32})")


async def promises(quick: bool) -> list[Promise]:
    """Ask and share, with Twilio well, refusing, and silent."""
    well, failing = (20, 8) if quick else (ASKING, WHEN_TWILIO_FAILS)
    left = await _measured(well, None)
    refused = await _measured(failing, Fault.REFUSES)
    silent = await _measured(failing, Fault.SILENT)
    in_time = sum(took < LEAVE_WITHIN_S for took in left) / len(left)
    return [
        Promise(
            f"alerts by text, {well} requests, {AT_ONCE} at once",
            f"95 % leave within {LEAVE_WITHIN_S:.0f} s",
            f"{in_time:.0%} did; {spread(left, 's', 1)}",
            percentile(left, 95) < LEAVE_WITHIN_S,
        ),
        _moved_on("Twilio refuses the number: by e-mail", refused),
        _moved_on("Twilio is silent: by e-mail", silent),
    ]


def _moved_on(what: str, took: list[float]) -> Promise:
    return Promise(
        f"{what}, {len(took)} requests",
        f"each within {MOVE_ON_WITHIN_S:.0f} s",
        f"the last after {max(took):.1f} s; {spread(took, 's', 1)}",
        max(took) < MOVE_ON_WITHIN_S,
    )


async def _measured(asking: int, fault: Fault | None) -> list[float]:
    """Give the seconds from each SHARE to its alert at whichever end takes it."""
    far_end, mail = TwilioEnd(), MailServer()
    await far_end.open()
    mails = await mail.start()
    arrived = Arrived()
    far_end.on_text = arrived.note
    mail.taken = Mails(arrived)
    if fault is not None:
        far_end.faults[FIRST] = fault
    more = {
        "HANDRAIL_ORGANISATIONS": str(_organisations()),
        "HANDRAIL_SMTP_HOST": "127.0.0.1",
        "HANDRAIL_SMTP_PORT": str(mail.port),
        "HANDRAIL_SMTP_SECURITY": "none",
    }
    async with handrail(far_end.port, with_rasa=False, **more) as ours:
        for begun in range(0, asking, AT_ONCE):
            portion = range(min(AT_ONCE, asking - begun))
            await asyncio.gather(*(_shares(ours.port) for _ in portion))
        async with asyncio.timeout(LONGEST_S), records(ours) as (database, _):
            opened = await database.read(_opened)
            while not opened.keys() <= arrived.at.keys():
                await asyncio.sleep(0.2)
    mails.close()
    far_end.close()
    return [(arrived.at[case] - at).total_seconds() for case, at in opened.items()]


@dataclass
class Arrived:
    """When the first alert of each case was at the far end, by any way."""

    at: dict[str, datetime] = field(default_factory=dict)

    def note(self, _to: str, body: str) -> None:
        """Keep the moment of an alert; anything else holds no link to a case."""
        found = _CASE.search(body)
        if found is not None:
            self.at.setdefault(found[1], utc_now())


class Mails(list[str]):
    """The mails that a server took; each is noted as it comes."""

    def __init__(self, arrived: Arrived) -> None:
        super().__init__()
        self._arrived = arrived

    def append(self, mail: str) -> None:
        """Read the mail as its reader would."""
        read = message_from_string(mail).get_payload(decode=True)
        self._arrived.note("", bytes(read or b"").decode())


def _opened(unit: UnitOfWork) -> dict[str, datetime]:
    return {case.id: case.opened_at for case in unit.handovers.waiting()}


async def _shares(port: int) -> None:
    connection = Connection(port)
    opened = await connection.post(
        "/api/chat", b'{"link":"demo"}', Content_Type="application/json"
    )
    token = json.loads(opened.body)["token"]
    for text in TO_SHARE:
        answer = await connection.post(
            "/api/chat/messages",
            json.dumps({"id": str(uuid4()), "text": text}).encode(),
            Content_Type="application/json",
            Authorization=f"Bearer {token}",
        )
    connection.close()
    if b"handover.waiting" not in answer.body:
        raise AssertionError("a request was not shared")


def _organisations() -> Path:
    """Write the demo charity with an e-mail address behind its first number."""
    folder = BENCH / "organisations"
    folder.mkdir(parents=True, exist_ok=True)
    demo = read_yaml(ORGANISATIONS / "demo.yml")
    demo["on_call"]["first"][0]["ways"].append({"email": "shift@example.org"})
    (folder / "demo.yml").write_text(json.dumps(demo), encoding="utf-8")
    return folder
