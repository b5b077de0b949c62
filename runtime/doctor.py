"""Look a server over before it goes live, and say what to mend.

Everything is tried from outside, at the public address, as Twilio and a browser would:
what a proxy changes or hides shows here. Nothing is stored and nobody is texted.
"""

import shutil
import struct
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from ctypes import CDLL, create_string_buffer
from dataclasses import dataclass
from math import inf
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import httpx
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]

from channels.sms.webhooks import INBOUND_PATH, STATUS_PATH
from foundations.clock import utc_now
from gateway.rasa.addresses import ACTIONS_PATH
from runtime.settings import Environment, NotReadyForProduction, Settings
from runtime.words_read import how_they_stand
from storage import Keys, KeysUnusable

SLOWEST_CRISIS_S: Final = 1.0
KEPT_WITHIN_S: Final = 16.0
"""The kernel counts up to this when nobody tells it the time."""
LONGEST_WAIT_S: Final = 120
LEAST_FREE_BYTES: Final = 2 * 1024**3
MADE_UP_CRISIS: Final = "i want to die"
NO_TOKEN: Final = "doctor"  # noqa: S105  a token that opens nothing, on purpose


@dataclass(frozen=True)
class Finding:
    """What was looked at, whether it is well, and what to do when it is not."""

    what: str
    is_well: bool
    mend: str = ""

    def line(self) -> str:
        """Write it on one line."""
        return (
            f"ok    {self.what}" if self.is_well else f"MEND  {self.what}: {self.mend}"
        )


Look = Callable[[Settings, httpx.Client], Finding]


def look_over(settings: Settings) -> list[Finding]:
    """Make every look; one that breaks is a finding too, without its words."""
    findings = [_settings(settings), _keys(settings), _disk(settings)]
    findings += [_words(settings), _proxies(settings), _time_zone(), _clock()]
    with httpx.Client(base_url=settings.address, timeout=10.0, trust_env=False) as web:
        findings += _from_outside(settings, web, _OUTSIDE)
    return findings


def _from_outside(
    settings: Settings, web: httpx.Client, looks: Iterable[tuple[str, Look]]
) -> list[Finding]:
    findings = []
    for what, look in looks:
        try:
            findings.append(look(settings, web))
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as trouble:
            why = f"{settings.address} gave no answer ({type(trouble).__name__})"
            findings.append(Finding(what, is_well=False, mend=why))
    return findings


def _settings(settings: Settings) -> Finding:
    what = "settings are fit for real use"
    if settings.is_local:
        return Finding(what, is_well=False, mend="set HANDRAIL_ENV=production")
    try:
        settings.check()
    except NotReadyForProduction as wrong:
        return Finding(what, is_well=False, mend=str(wrong))
    return Finding(what, is_well=True)


def _words(settings: Settings) -> Finding:
    """As in real use, even on a local run: it is what has to be settled before it."""
    meant = settings.model_copy(update={"env": Environment.PRODUCTION})
    mend = how_they_stand(meant, utc_now().date())
    return Finding("somebody has read every text", not mend, mend)


def _proxies(settings: Settings) -> Finding:
    """An encrypted address means that a proxy of ours stands in front."""
    return Finding(
        "callers are told apart by their addresses",
        is_well=settings.proxies > 0 or not settings.address.startswith("https:"),
        mend="set HANDRAIL_PROXIES to how many proxies of yours stand in front",
    )


def _keys(settings: Settings) -> Finding:
    what = "keys can be read, and only by us"
    given = settings.keys_json.get_secret_value()
    try:
        Keys.from_json(given) if given else Keys.from_file(settings.keys)
    except KeysUnusable as wrong:
        return Finding(what, is_well=False, mend=str(wrong))
    return Finding(what, is_well=True)


def _disk(settings: Settings) -> Finding:
    free = shutil.disk_usage(settings.home).free if settings.home.exists() else 0
    gigabytes = LEAST_FREE_BYTES // 1024**3
    return Finding(
        "there is room on the disk",
        is_well=free >= LEAST_FREE_BYTES,
        mend=f"free {gigabytes} GB or more below {settings.home}",
    )


def _time_zone() -> Finding:
    what = "London's clock is known"
    try:
        ZoneInfo("Europe/London")
    except ZoneInfoNotFoundError:
        return Finding(what, is_well=False, mend="install the tzdata package")
    return Finding(what, is_well=True)


def _clock() -> Finding:
    """See whether the clock is kept; hours and codes hang on it."""
    return Finding(
        "the machine keeps its time",
        furthest_off_s() < KEPT_WITHIN_S,
        "switch on systemd-timesyncd or chrony, and look with timedatectl "
        "(with containers: on the machine that carries them)",
    )


def furthest_off_s() -> float:
    """Ask the kernel how far off the clock may be, as timedatectl does.

    A container has the machine's clock, but no timedatectl to ask.
    """
    told = create_string_buffer(512)
    with suppress(OSError, AttributeError):
        CDLL(None).adjtimex(told)
    *_, microseconds = struct.unpack_from("@Illl", told)
    return microseconds / 1e6 if any(told.raw) else inf


def _health(_settings: Settings, web: httpx.Client) -> Finding:
    how = web.get("/health").raise_for_status().json()
    parts = {name: how[name] for name in ("gateway", "dialogue", "database")}
    unwell = [f"{name} is {state}" for name, state in parts.items() if state != "ok"]
    return Finding("every part runs", not unwell, f"{', '.join(unwell)}: see the logs")


def _texts_leave(_settings: Settings, web: httpx.Client) -> Finding:
    """A provider that cannot be reached from here is seen by what waits for it."""
    waiting = web.get("/health").raise_for_status().json()["outbox"]
    return Finding(
        "texts leave",
        waiting["oldest_s"] < LONGEST_WAIT_S,
        f"{waiting['waiting']} wait, the oldest for {waiting['oldest_s']} s: "
        "docs/runbooks/outbox_old.md",
    )


def _first_crisis_reply(_settings: Settings, web: httpx.Client) -> Finding:
    begun = time.perf_counter()
    answer = web.post(
        "/api/chat/messages",
        json={"id": "doctor", "text": MADE_UP_CRISIS},
        headers={"Authorization": f"Bearer {NO_TOKEN}"},
    )
    spent = time.perf_counter() - begun
    has_999 = answer.status_code == httpx.codes.OK and "999" in answer.text
    return Finding(
        f"crisis words came in {spent * 1000:.0f} ms",
        has_999 and spent < SLOWEST_CRISIS_S,
        "they must come within a second, through every proxy in front",
    )


def _signed_webhook(settings: Settings, web: httpx.Client) -> Finding:
    """Report on a text nobody sent: signed it is taken, unsigned it is refused."""
    fields = {
        "AccountSid": settings.twilio_account_sid,
        "MessageSid": "SM" + "0" * 32,
        # No status of theirs: what means nothing to us is taken, and not kept.
        "MessageStatus": "looked_over",
        "To": "+447700900000",
        "From": settings.twilio_numbers.split(",")[0].strip(),
    }
    token = settings.twilio_auth_token.get_secret_value()
    address = settings.address + STATUS_PATH
    signature = RequestValidator(token).compute_signature(address, fields)
    signed = web.post(
        STATUS_PATH, data=fields, headers={"X-Twilio-Signature": signature}
    )
    forged = web.post(INBOUND_PATH, data=fields, headers={"X-Twilio-Signature": "no"})
    return Finding(
        "Twilio's signature is checked over the public address",
        signed.is_success and forged.status_code == httpx.codes.FORBIDDEN,
        f"signed gave {signed.status_code}, forged {forged.status_code}: "
        "HANDRAIL_PUBLIC_URL must be what Twilio calls, letter for letter",
    )


def _inside_stays_inside(_settings: Settings, web: httpx.Client) -> Finding:
    answer = web.post(ACTIONS_PATH, json={})
    return Finding(
        "the inside is not reachable from outside",
        answer.status_code in {403, 404},
        "the proxy must not pass /internal/ on",
    )


def _browser_is_told(settings: Settings, web: httpx.Client) -> Finding:
    told = web.get("/help").headers
    needed = ["Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"]
    if settings.address.startswith("https:"):
        needed.append("Strict-Transport-Security")
    missing = [name for name in needed if name not in told]
    return Finding(
        "pages come with strict headers", not missing, f"missing: {', '.join(missing)}"
    )


_OUTSIDE: Final[tuple[tuple[str, Look], ...]] = (
    ("every part runs", _health),
    ("texts leave", _texts_leave),
    ("crisis words come", _first_crisis_reply),
    ("Twilio's signature is checked over the public address", _signed_webhook),
    ("the inside is not reachable from outside", _inside_stays_inside),
    ("pages come with strict headers", _browser_is_told),
)


def doctor(_given: list[str]) -> None:
    """Print what was found; the exit status is 1 when something is to be mended."""
    findings = look_over(Settings())
    print("\n".join(finding.line() for finding in findings))
    sys.exit(0 if all(finding.is_well for finding in findings) else 1)
