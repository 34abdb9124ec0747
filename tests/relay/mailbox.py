"""A real mail server on loopback, which keeps what it is given."""

import asyncio
import ssl
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult

USER, PASSWORD = "bridge", "a quiet harbour"


@dataclass
class Mailbox:
    """What arrived; `refuses` are answers by recipient."""

    port: int = 0
    messages: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    users: list[str] = field(default_factory=list)
    refuses: dict[str, str] = field(default_factory=dict)
    arrived: asyncio.Condition = field(default_factory=asyncio.Condition)

    # Their names and arguments are what the server asks for.
    async def handle_RCPT(self, *asked: Any) -> str:  # noqa: N802
        _server, _session, envelope, address, _options = asked
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, *asked: Any) -> str:  # noqa: N802
        _server, _session, envelope = asked
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage)
        async with self.arrived:
            self.messages.append(message)
            self.recipients += envelope.rcpt_tos
            self.arrived.notify_all()
        return "250 OK"

    async def wait_for(self, count: int) -> None:
        """Until so many mails are there."""
        async with self.arrived, asyncio.timeout(10):
            await self.arrived.wait_for(lambda: len(self.messages) >= count)

    def authenticate(self, *asked: Any) -> AuthResult:
        """The name and password that the server knows."""
        *_, data = asked
        self.users.append(data.login.decode())
        right = (data.login.decode(), data.password.decode()) == (USER, PASSWORD)
        return AuthResult(success=right, handled=False)


@asynccontextmanager
async def mail_server(
    context: ssl.SSLContext | None = None, *, starttls: bool = False
) -> AsyncIterator[Mailbox]:
    """A server: with a `context` over TLS, from the start or by STARTTLS, and then it wants a
    password; without one in the clear."""
    box = Mailbox()

    def protocol() -> SMTP:
        with warnings.catch_warnings():
            # It does not see that the connection is under TLS from the start.
            warnings.filterwarnings("ignore", "Requiring AUTH while not requiring TLS")
            return SMTP(
                box,
                hostname="localhost",
                enable_SMTPUTF8=True,
                tls_context=context if starttls else None,
                require_starttls=starttls,
                auth_required=context is not None,
                auth_require_tls=starttls,
                authenticator=box.authenticate,
                loop=asyncio.get_running_loop(),
            )

    over_tls = None if starttls else context
    server = await asyncio.get_running_loop().create_server(protocol, "127.0.0.1", 0, ssl=over_tls)
    box.port = server.sockets[0].getsockname()[1]
    try:
        yield box
    finally:
        server.close()
        await server.wait_closed()
