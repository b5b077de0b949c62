"""Alerts by e-mail: the standard library's SMTP, in threads of its own."""

import asyncio
import smtplib
import ssl
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.utils import make_msgid
from enum import Enum
from typing import Final

from channels.sms.codes import RetryAdvice
from channels.sms.outgoing import NotSent, OutgoingText, SendResult, Sent

TIMEOUT_S: Final = 8.0
NOT_SET: Final = "email_not_set"
REFUSED: Final = "email_refused"
UNREACHABLE: Final = "email_unreachable"


class MailSecurity(str, Enum):
    """How the connection to the mail server is protected."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


@dataclass(frozen=True)
class MailServer:
    """The server that takes our e-mail, and who it is from."""

    host: str
    port: int
    sender: str
    subject: str
    security: MailSecurity
    name: str = ""
    password: str = field(default="", repr=False)


class EmailAlerts:
    """Sends alerts by e-mail; an empty host means that e-mail is not set up."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        # Of its own, so that a silent mail server cannot use up everyone's threads.
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="mail")

    async def send(self, text: OutgoingText) -> SendResult:
        """Send one alert once, and say what became of it; never raises."""
        if not self._server.host:
            return NotSent(NOT_SET, RetryAdvice.PERMANENT)
        if not text.to.isprintable():
            return NotSent(REFUSED, RetryAdvice.PERMANENT)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._send, text)

    async def find_sent(
        self, text: OutgoingText, since: datetime, already_known: Collection[str] = ()
    ) -> Sent | None:
        """Nobody can tell; an alert that comes twice is better than none."""
        return None

    def _send(self, text: OutgoingText) -> SendResult:
        message = EmailMessage()
        message["From"] = self._server.sender
        message["To"] = text.to
        message["Subject"] = self._server.subject
        message["Message-ID"] = make_msgid(text.outbox, domain="handrail.invalid")
        message.set_content(text.body)
        try:
            with self._connected() as connection:
                connection.send_message(message)
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused):
            return NotSent(REFUSED, RetryAdvice.PERMANENT)
        except (smtplib.SMTPException, OSError):
            # The server's words can hold an address, so only a code leaves here.
            return NotSent(UNREACHABLE, RetryAdvice.RETRY_SAFE)
        return Sent(str(message["Message-ID"]), 1)

    def _connected(self) -> smtplib.SMTP:
        server = self._server
        if server.security is MailSecurity.TLS:
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host,
                server.port,
                timeout=TIMEOUT_S,
                context=ssl.create_default_context(),
            )
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_S)
        if server.security is MailSecurity.STARTTLS:
            connection.starttls(context=ssl.create_default_context())
        if server.name:
            connection.login(server.name, server.password)
        return connection
