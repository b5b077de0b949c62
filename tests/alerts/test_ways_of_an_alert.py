"""An alert by e-mail or webhook: sent, signed, refused, and never raised about."""

import asyncio
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from email import message_from_string
from pathlib import Path

import pytest

from channels.alerts.email import EmailAlerts, MailSecurity
from channels.alerts.email import MailServer as MailSettings
from channels.alerts.ways import ByWay
from channels.alerts.webhook import WebhookAlerts, signature
from channels.sms.codes import RetryAdvice
from channels.sms.outgoing import NotSent, OutgoingText, SendResult, Sent, TextKind
from foundations.ids import OutboxId
from tests.alerts.certificates import certificate
from tests.alerts.staff_ends import HookedSystem, MailServer

BODY = "Handrail: case 12 is waiting for a person. https://handrail.example.org/x"
SECRET = "5e" * 16
NOW = datetime(2026, 11, 25, 14, tzinfo=UTC)


def alert(to: str) -> OutgoingText:
    return OutgoingText(to, BODY, TextKind.STAFF_ALERT, OutboxId("a" * 32))


def by_email(server: MailServer) -> SendResult:
    async def send() -> SendResult:
        running = await server.start()
        settings = MailSettings(
            host="127.0.0.1",
            port=server.port,
            sender="handrail@example.org",
            subject="Handrail: a case is waiting",
            security=MailSecurity.NONE,
        )
        async with running:
            return await EmailAlerts(settings).send(alert("worker@example.org"))

    return asyncio.run(send())


def by_webhook(system: HookedSystem, **changes: object) -> SendResult:
    async def send() -> SendResult:
        running = await system.start()
        made = {"secret": SECRET, "clock": lambda: NOW, "only_public": False}
        async with running:
            sender = WebhookAlerts(**{**made, **changes})
            return await sender.send(alert(system.address))

    return asyncio.run(send())


def test_an_email_holds_the_alert_and_nothing_else() -> None:
    server = MailServer()
    result = by_email(server)
    (written,) = server.taken
    message = message_from_string(written.removesuffix(".\r\n"))

    assert isinstance(result, Sent)
    assert message["To"] == "worker@example.org"
    assert message["Subject"] == "Handrail: a case is waiting"
    assert message.get_payload(decode=True).decode().strip() == BODY


def test_a_recipient_that_is_refused_is_not_tried_again() -> None:
    result = by_email(MailServer(refuses=True))

    assert result == NotSent("email_refused", RetryAdvice.PERMANENT)


def test_a_mail_server_that_is_away_is_tried_again() -> None:
    settings = MailSettings("127.0.0.1", 9, "a@example.org", "s", MailSecurity.NONE)
    result = asyncio.run(EmailAlerts(settings).send(alert("worker@example.org")))

    assert result == NotSent("email_unreachable", RetryAdvice.RETRY_SAFE)


def test_a_name_cannot_add_a_line_to_the_head_of_an_email() -> None:
    settings = MailSettings("127.0.0.1", 9, "a@example.org", "s", MailSecurity.NONE)
    text = alert("worker@example.org\r\nBcc: someone@example.org")
    result = asyncio.run(EmailAlerts(settings).send(text))

    assert result == NotSent("email_refused", RetryAdvice.PERMANENT)


def test_a_webhook_is_signed_over_its_id_time_and_body() -> None:
    system = HookedSystem()
    result = by_webhook(system)
    ((headers, body),) = system.taken

    assert isinstance(result, Sent)
    assert json.loads(body) == {"text": BODY}
    assert headers["webhook-id"] == "a" * 32
    assert headers["webhook-signature"] == signature(
        SECRET, "a" * 32, headers["webhook-timestamp"], body
    )


@pytest.mark.parametrize(
    ("status", "advice"),
    [
        (302, RetryAdvice.PERMANENT),
        (404, RetryAdvice.PERMANENT),
        (429, RetryAdvice.RETRY_SAFE),
        (503, RetryAdvice.RETRY_SAFE),
    ],
)
def test_a_webhook_that_is_not_taken_says_whether_to_try_again(
    status: int, advice: RetryAdvice
) -> None:
    system = HookedSystem(status=status)
    result = by_webhook(system)

    assert isinstance(result, NotSent)
    assert result.retry is advice
    assert len(system.taken) == 1


@pytest.mark.parametrize(
    "address",
    [
        "http://hooks.example.org/x",
        "https://127.0.0.1/x",
        "https://10.0.0.8/x",
        "https://169.254.169.254/latest",
        "https://[::1]/x",
        "https://[::ffff:127.0.0.1]/x",
        "https:///x",
        "https://0/x",
        "https://2130706433/x",
        "https://0177.0.0.1/x",
        "https://hooks.example.org@127.0.0.1/x",
        "https://[fd00:ec2::254]/latest",
        "file:///etc/passwd",
    ],
)
def test_in_production_a_webhook_goes_only_to_the_public_internet(
    address: str,
) -> None:
    host = address.split("/")[2].strip("[]")
    sender = WebhookAlerts(SECRET, lambda: NOW, True, frozenset([host]))
    result = asyncio.run(sender.send(alert(address)))

    assert result == NotSent("webhook_not_allowed", RetryAdvice.PERMANENT)


@pytest.mark.parametrize("found", [["10.0.0.8"], ["93.184.215.14", "127.0.0.1"]])
def test_a_name_of_which_any_address_is_not_public_is_refused(
    found: list[str],
) -> None:
    sender = WebhookAlerts(
        SECRET,
        lambda: NOW,
        only_public=True,
        hosts=frozenset(["hooks.example.org"]),
        look_up=lambda _host, _port: found,
    )
    result = asyncio.run(sender.send(alert("https://hooks.example.org/x")))

    assert result == NotSent("webhook_not_allowed", RetryAdvice.PERMANENT)


def test_a_host_that_is_not_on_the_list_is_not_even_looked_up() -> None:
    looked_up: list[str] = []

    def look_up(host: str, _port: int) -> list[str]:
        looked_up.append(host)
        return ["93.184.215.14"]

    sender = WebhookAlerts(
        SECRET,
        lambda: NOW,
        only_public=True,
        hosts=frozenset(["hooks.example.org"]),
        look_up=look_up,
    )
    for address in ("https://elsewhere.example.org/x", "https://a@hooks.example.org/x"):
        result = asyncio.run(sender.send(alert(address)))
        assert result == NotSent("webhook_not_allowed", RetryAdvice.PERMANENT)

    assert looked_up == []


def test_a_name_is_looked_up_once_and_the_address_found_is_the_one_used() -> None:
    system = HookedSystem()
    answers = iter([["127.0.0.1"], ["192.0.2.1"]])
    """The second answer is what a name that changes its mind would give."""

    async def send() -> SendResult:
        running = await system.start()
        port = system.address.split(":")[2].split("/")[0]
        async with running:
            sender = WebhookAlerts(
                SECRET,
                lambda: NOW,
                only_public=False,
                look_up=lambda _host, _port: next(answers),
            )
            return await sender.send(alert(f"http://hooks.example.org:{port}/alerts"))

    result = asyncio.run(send())
    ((headers, _),) = system.taken

    assert isinstance(result, Sent)
    assert headers["host"].startswith("hooks.example.org:")
    assert next(answers) == ["192.0.2.1"], "it was looked up once"


def test_names_that_are_never_found_end_their_alerts_and_hold_up_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The threads that everybody shares are those that keep what came in."""
    monkeypatch.setattr("channels.alerts.webhook.TIMEOUT_S", 0.2)
    is_over = threading.Event()

    def look_up(_host: str, _port: int) -> list[str]:
        is_over.wait(30)
        return []

    async def send() -> list[SendResult]:
        shared = ThreadPoolExecutor(4)
        asyncio.get_running_loop().set_default_executor(shared)
        sender = WebhookAlerts(SECRET, lambda: NOW, False, look_up=look_up)
        sending = asyncio.gather(
            *(sender.send(alert("https://hooks.example.org/x")) for _ in range(20))
        )
        await asyncio.sleep(0.05)
        async with asyncio.timeout(5):
            await asyncio.to_thread(lambda: None)
            return await sending

    try:
        results = asyncio.run(send())
    finally:
        is_over.set()

    assert results == [NotSent("webhook_unreachable", RetryAdvice.RETRY_SAFE)] * 20


@pytest.mark.parametrize(
    ("certificate_of", "is_taken"),
    [("hooks.example.org", True), ("elsewhere.example.org", False)],
)
def test_the_certificate_must_be_the_names_though_the_address_is_dialled(
    tmp_path: Path, certificate_of: str, is_taken: bool
) -> None:
    ours = certificate(tmp_path, certificate_of)
    system = HookedSystem(tls=ours.serving)

    async def send() -> SendResult:
        running = await system.start()
        port = system.address.split(":")[2].split("/")[0]
        async with running:
            sender = WebhookAlerts(
                SECRET,
                lambda: NOW,
                only_public=False,
                look_up=lambda _host, _port: ["127.0.0.1"],
                trusted=ours.trusting,
            )
            return await sender.send(alert(f"https://hooks.example.org:{port}/alerts"))

    result = asyncio.run(send())

    assert isinstance(result, Sent) is is_taken
    assert len(system.taken) == is_taken


def test_without_a_secret_no_webhook_is_sent() -> None:
    system = HookedSystem()

    assert by_webhook(system, secret="") == NotSent(
        "webhook_not_set", RetryAdvice.PERMANENT
    )
    assert system.taken == []


def test_the_recipient_names_the_way() -> None:
    system, server = HookedSystem(), MailServer()
    told: list[str] = []

    class Texts:
        async def send(self, text: OutgoingText) -> SendResult:
            told.append(text.to)
            return Sent("SM1", 1)

        async def find_sent(self, *_args: object) -> Sent | None:
            return None

    ways = ByWay(Texts(), {})
    results = [
        asyncio.run(ways.send(alert(to)))
        for to in ("+447700900951", "sms:+447700900952", "pigeon:coop")
    ]

    assert told == ["+447700900951", "+447700900952"]
    assert results[-1] == NotSent("no_such_way", RetryAdvice.PERMANENT)
    assert (system.taken, server.taken) == ([], [])
