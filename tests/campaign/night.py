"""One night: the real processes, with a fault proxy at every joint, and people texting.

phones - stand-in for Twilio -> gateway -> proxy -> database
                 ^- proxy <-'      '-> proxy -> Rasa, or what stands in its place
"""

import asyncio
import os
import secrets
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path
from typing import Any, Final

import httpx
from pydantic import SecretStr
from sqlalchemy import Engine, create_engine

from runtime import model
from runtime.settings import ROOT, Settings
from runtime.supervisor import free_port, gateway, rasa
from runtime.watched import Watched
from storage.engines import database_url
from tests.campaign.dialogue_end import DialogueEnd
from tests.campaign.fault_proxy import HOST, FaultProxy
from tests.campaign.invariants import broken
from tests.campaign.seen import (
    Seen,
    at_twilio,
    in_the_database,
    not_in_the_inbox,
    unfinished,
)
from tests.storage.postgres import Postgres
from tests.vonage_end import VonageEnd
from twilio_stand_in.app import stand_in_app
from twilio_stand_in.settings import StandInSettings
from twilio_stand_in.stand_in import TwilioStandIn

OUR_NUMBER: Final = "+447700900000"
WEBHOOK_RULES: Final = "#ct=1000&rt=2500&rc=3&rp=all"
"""As README tells to set them at Twilio."""
CANARY: Final = "zyxomma"
"""In every text anybody sends; in no log."""
SETTLES_WITHIN_S: Final = 90.0
STARTS_WITHIN_S: Final = 120.0
"""Far more than needed: a busy machine is no fault of the night."""
ORDINARY: Final = f"hello {CANARY}, school was long today"
CRISIS: Final = f"i want to die {CANARY}"


class Kind(str, Enum):
    """Which database."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


class NotSettled(Exception):
    """Something still waits that should have been answered or sent; says how many."""


@dataclass
class Night:
    """What runs, and what was seen. Made by `night`."""

    home: Path
    kind: Kind
    settings: Settings
    stand_in: TwilioStandIn
    door: Watched
    dialogue: Watched | None
    dialogue_end: DialogueEnd
    to_database: FaultProxy
    to_dialogue: FaultProxy
    to_twilio: FaultProxy
    postgres: Postgres | None
    engine: Engine
    tasks: dict[str, "asyncio.Task[None]"] = field(default_factory=dict)
    replayed: set[str] = field(default_factory=set)
    people: int = 0
    second: VonageEnd | None = None

    def person(self) -> str:
        """Give the number of somebody who has not texted before; after 899, again."""
        self.people += 1
        return f"+44770090{100 + self.people % 900:04d}"

    async def text(self, sender: str, body: str) -> None:
        """Text Handrail; returns when Twilio was answered or has given up."""
        await self.stand_in.from_phone(sender, body, None)

    async def bring_again(self) -> None:
        """Bring what Twilio could not bring once more, as an operator does."""
        for text in list(self.stand_in.texts.values()):
            if text.status == "unanswered":
                self.replayed.add(text.sid)
                await self.stand_in.replay(text.sid)

    async def crisis_is_answered(self, within: float) -> None:
        """Somebody new texts about dying, and has the words in so many seconds."""
        phone = self.stand_in.phone(self.person())
        begun = time.monotonic()
        await phone.sends(CRISIS)
        texts = await phone.received(1, within)
        assert "116 123" in texts[0].body, "no crisis words"
        assert time.monotonic() - begun < within, "too late"

    async def settled(self, within: float = SETTLES_WITHIN_S) -> None:
        """Wait until every accepted text is written down and answered, and every
        answer has left.
        """
        deadline = time.monotonic() + within
        while waiting := await self._waiting():
            if time.monotonic() > deadline:
                raise NotSettled(waiting)
            await asyncio.sleep(0.2)
        await self.stand_in.settled(30)

    async def check(self, within: float = SETTLES_WITHIN_S) -> None:
        """Let the night come to rest, then hold it against every invariant."""
        await self.settled(within)
        wrong = broken(await self.seen())
        assert wrong == [], "\n".join(wrong)

    async def seen(self) -> Seen:
        """Gather what the invariants look at."""
        texts_in, texts_out = at_twilio(self.stand_in, self.replayed)
        rows = await asyncio.to_thread(in_the_database, self.engine)
        numbers = {text.sender for text in texts_in}
        return Seen(
            texts_in=tuple(texts_in),
            texts_out=tuple(texts_out),
            logs=tuple((self.home / "log").glob("*")),
            canaries=(CANARY, *(number[3:] for number in sorted(numbers))),
            **rows,
        )

    async def stop_dead(self, process: Watched) -> None:
        """SIGKILL; whoever watches over it starts it again."""
        running = process.process
        if running is not None and running.returncode is None:
            process.ready.clear()
            with suppress(ProcessLookupError):
                os.kill(running.pid, signal.SIGKILL)

    def answering(self) -> int:
        """Give the process of Rasa that answers: a fork of the one that loads it; 0
        when there is none just now.
        """
        assert self.dialogue is not None
        assert self.dialogue.process is not None
        loads = self.dialogue.process.pid
        with suppress(FileNotFoundError):
            forks = Path(f"/proc/{loads}/task/{loads}/children").read_text().split()
            return int(forks[0]) if forks else 0
        return 0

    async def replaced(self, gone: int, within: float = 60.0) -> float:
        """Wait until another Rasa than `gone` answers; give the seconds."""
        assert self.dialogue is not None
        begun = time.monotonic()
        await until(lambda: self.answering() not in (0, gone), within, "Rasa replaced")
        await self.up(self.dialogue, within)
        return time.monotonic() - begun

    async def up(self, process: Watched, within: float = 120.0) -> float:
        """Wait until a process answers and its watch knows; give the seconds."""
        begun = time.monotonic()
        async with httpx.AsyncClient(trust_env=False, timeout=2) as client:
            while time.monotonic() - begun < within:
                with suppress(httpx.HTTPError):
                    answers = (await client.get(process.probe)).status_code == 200
                    # Frozen before its watch saw it well, it would have a whole start.
                    if answers and process.ready.is_set():
                        return time.monotonic() - begun
                await asyncio.sleep(0.05)
        raise TimeoutError(process.name)

    async def _waiting(self) -> str:
        try:
            unanswered, unsent = await asyncio.to_thread(unfinished, self.engine)
        except Exception as away:
            return f"the database: {type(away).__name__}"
        spool = self.home / "spool"
        spooled = spool.exists() and spool.stat().st_size > 0
        if unanswered or unsent or spooled:
            return f"{unanswered} unanswered, {unsent} unsent, spool {spooled}"
        # Held in memory by a gateway whose disk was full: only its absence shows.
        accepted = {text.sid for text in at_twilio(self.stand_in)[0] if text.accepted}
        unwritten = await asyncio.to_thread(not_in_the_inbox, self.engine, accepted)
        return f"{unwritten} not in the inbox" if unwritten else ""


async def until(
    holds: Callable[[], bool | Awaitable[bool]], within: float, what: str
) -> None:
    """Wait for something to become true."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        found = holds()
        if found if isinstance(found, bool) else await found:
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"not within {within} s: {what}")


@asynccontextmanager
async def night(
    home: Path,
    kind: Kind,
    *,
    with_rasa: bool = False,
    postgres: Postgres | None = None,
    **more: Any,
) -> AsyncIterator[Night]:
    """Start everything on empty records, and stop all of it at the end."""
    (home / "log").mkdir(parents=True)
    is_server = kind is Kind.POSTGRESQL
    if is_server and postgres is None:
        raise ValueError("a night on PostgreSQL needs a server")
    end, twilio_port = DialogueEnd(), free_port()
    await end.open()
    proxies = {
        "to_database": FaultProxy(postgres.port if postgres else end.port),
        "to_dialogue": FaultProxy(free_port() if with_rasa else end.port),
        "to_twilio": FaultProxy(twilio_port),
    }
    for proxy in proxies.values():
        await proxy.open()
    settings, direct = _settings(home, proxies, postgres if is_server else None, more)
    stand_in = _stand_in(settings)
    serving = await _serve(stand_in, twilio_port)
    logs = home / "log"
    dialogue = None
    if with_rasa:
        trained = await asyncio.to_thread(model.make_ready)
        direct_rasa = settings.model_copy(
            update={"rasa_port": proxies["to_dialogue"].target}
        )
        dialogue = _with(rasa(direct_rasa, logs, trained), settings)
    here = Night(
        home=home,
        kind=kind,
        settings=settings,
        stand_in=stand_in,
        door=_with(gateway(settings, logs), settings),
        dialogue=dialogue,
        dialogue_end=end,
        postgres=postgres if is_server else None,
        engine=create_engine(database_url(direct)),
        **proxies,
    )
    try:
        for part in filter(None, (here.door, dialogue)):
            here.tasks[part.name] = asyncio.create_task(part.keep_alive())
        await here.up(here.door)
        if dialogue is not None:
            await here.up(dialogue, 180)
        yield here
    finally:
        await _stop(here, serving, end, list(proxies.values()))


async def _stop(
    here: Night, serving: Any, end: DialogueEnd, proxies: list[FaultProxy]
) -> None:
    for task in here.tasks.values():
        task.cancel()
    await asyncio.gather(*here.tasks.values(), return_exceptions=True)
    await here.stand_in.close()
    await serving.before_stop()
    for connection in list(serving.connections):
        connection.abort()
    await serving.close()
    for proxy in proxies:
        await proxy.close()
    await end.close()
    here.engine.dispose()


def _settings(
    home: Path,
    proxies: dict[str, FaultProxy],
    postgres: Postgres | None,
    more: dict[str, Any],
) -> tuple[Settings, str]:
    """Give the gateway's settings, and the database's address past the proxy."""
    direct = f"sqlite:///{home / 'handrail.sqlite3'}"
    through = ""
    if postgres is not None:
        direct = postgres.url(postgres.new_database())
        through = direct.replace(
            f":{postgres.port}/", f":{proxies['to_database'].port}/"
        )
    settings = Settings(
        home=home,
        PORT=free_port(),
        database_url=through,
        rasa_port=proxies["to_dialogue"].port,
        rasa_secret=SecretStr(secrets.token_urlsafe(32)),
        twilio_account_sid="AC" + secrets.token_hex(16),
        twilio_auth_token=SecretStr(secrets.token_hex(16)),
        twilio_numbers=OUR_NUMBER,
        twilio_api=f"http://{HOST}:{proxies['to_twilio'].port}",
        **more,
    )
    return settings, direct


def _stand_in(settings: Settings) -> TwilioStandIn:
    fallback = ROOT / "deploy" / "fallback.twiml.xml"
    return TwilioStandIn(
        StandInSettings(
            account_sid=settings.twilio_account_sid,
            auth_token=settings.twilio_auth_token.get_secret_value(),
            numbers=(OUR_NUMBER,),
            webhook=f"{settings.address}/hooks/twilio/sms{WEBHOOK_RULES}",
            fallback_twiml=fallback.read_text(encoding="utf-8"),
        )
    )


def _with(part: Watched, settings: Settings) -> Watched:
    own = {
        "HANDRAIL_HOME": str(settings.home),
        "HANDRAIL_DATABASE_URL": settings.database_url,
        "HANDRAIL_TWILIO_ACCOUNT_SID": settings.twilio_account_sid,
        "HANDRAIL_TWILIO_AUTH_TOKEN": settings.twilio_auth_token.get_secret_value(),
        "HANDRAIL_TWILIO_NUMBERS": settings.twilio_numbers,
        "HANDRAIL_TWILIO_API": settings.twilio_api,
        "HANDRAIL_SECOND_SMS_KEY": settings.second_sms_key,
        "HANDRAIL_SECOND_SMS_SECRET": settings.second_sms_secret.get_secret_value(),
        "HANDRAIL_SECOND_SMS_SENDER": settings.second_sms_sender,
        "HANDRAIL_SECOND_SMS_API": settings.second_sms_api,
    }
    own_environment = {**part.environment, **own}
    return replace(part, environment=own_environment, start_within_s=STARTS_WITHIN_S)


async def _serve(stand_in: TwilioStandIn, port: int) -> Any:
    app = stand_in_app(stand_in)
    app.config.TOUCHUP = False
    server = await app.create_server(
        host=HOST, port=port, return_asyncio_server=True, access_log=False
    )
    await server.startup()
    await server.before_start()
    await server.start_serving()
    await server.after_start()
    return server
