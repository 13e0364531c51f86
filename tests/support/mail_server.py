"""A real mail server for tests, that does what it is told: refuses, delays, drops."""

import asyncio
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

CERTIFICATE = Path(__file__).with_name("mail_server.pem")
"""Signed by itself, for localhost alone, with its key: of use to no one but these tests."""
USER, PASSWORD = "tandem", "a word that nobody guesses"


class Handler:
    """What the server does with a mail, by the address that it is for."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.at_rcpt: dict[str, str] = {}
        """What it answers to an address, instead of taking it."""
        self.at_data: dict[str, str] = {}
        """What it answers to a mail to an address, instead of taking it."""
        self.drops: set[str] = set()
        """To whom it lets the line drop in the middle of a mail."""
        self.takes_and_drops: set[str] = set()
        """To whom it takes a mail, and lets the line drop before it says so."""
        self.drips: set[str] = set()
        """To whom it answers line by line and never ends."""
        self.sleeps = asyncio.Event()
        """Never set: what waits for it is too slow for any patience."""
        self.too_slow: set[str] = set()
        self.signed_in = False

    def check(self, server, session, envelope, mechanism, auth_data):
        """Let in who knows the password."""
        good = LoginPassword(USER.encode(), PASSWORD.encode())
        self.signed_in = auth_data == good
        return AuthResult(success=self.signed_in, handled=False)

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if address in self.too_slow:
            await self.sleeps.wait()
        if address in self.at_rcpt:
            return self.at_rcpt[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        [address] = envelope.rcpt_tos
        if address in self.at_data:
            return self.at_data[address]
        self.taken.append(message_from_bytes(envelope.original_content, policy=policy.default))
        if address in self.takes_and_drops:
            self.takes_and_drops.remove(address)
            server.transport.abort()
            await self.sleeps.wait()
        return "250 taken"


class _Dropping(SMTP):
    """Lets the line drop in the middle of a mail, or never comes to an end."""

    async def smtp_DATA(self, arg):  # noqa: N802
        handler = self.event_handler
        [address] = self.envelope.rcpt_tos or [""]
        if address in handler.drips:
            while True:
                await self.push("354-wait")
                await asyncio.sleep(0.05)
        if address in handler.drops:
            await self.push("354 go on")
            await self._reader.readline()
            self._writer.transport.abort()
            return
        await super().smtp_DATA(arg)


class _Controller(Controller):
    def factory(self):
        return _Dropping(self.handler, **self.SMTP_kwargs)


class MailServer:
    """A running server, its address, and what it took."""

    def __init__(self, handler: Handler, port: int) -> None:
        self.handler = handler
        self.port = port
        self.url = f"smtp://localhost:{port}"

    @property
    def message_ids(self) -> list[str]:
        """The Message-ID of each mail that it took, in their order."""
        return [message["Message-ID"] for message in self.handler.taken]


@contextmanager
def running(
    *, port: int = 0, handler: Handler | None = None, tls: str = "", password: bool = False
) -> Iterator[MailServer]:
    """Run a server; ``tls`` is ``starttls``, ``smtps`` or nothing."""
    handler = handler or Handler()
    port = port or free_port()
    context = _context() if tls else None
    options: dict[str, Any] = {"tls_context": context} if tls == "starttls" else {}
    if password:
        encrypted_later = tls == "starttls"
        options |= {
            "authenticator": handler.check,
            "auth_required": encrypted_later,
            "auth_require_tls": encrypted_later,
        }
    controller = _Controller(
        handler,
        hostname="localhost",
        port=port,
        ssl_context=context if tls == "smtps" else None,
        decode_data=False,
        **options,
    )
    controller.start()
    try:
        yield MailServer(handler, port)
    finally:
        controller.stop()


def free_port() -> int:
    """Return a port at which nobody listens."""
    with socket.create_server(("localhost", 0)) as probe:
        return int(probe.getsockname()[1])


def _context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context
