"""Sends mail by the operator's own server. Neither addresses nor secrets are ever logged."""

import ssl
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import formatdate, make_msgid

import aiosmtplib

from relay.config import RelayConfig, SmtpSecurity

TIMEOUT_S = 30.0


class MailFailed(Exception):
    """Not sent; it may work later. `why` names the kind of failure."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class MailRefused(Exception):
    """The server will never take a mail to this address."""


class Mailer:
    """`config` says which server; `trusted` are the authorities for its certificate, by default
    those of the system."""

    def __init__(self, config: RelayConfig, trusted: ssl.SSLContext | None = None) -> None:
        self._config = config
        self._trusted = trusted

    @property
    def can_send(self) -> bool:
        """Whether a server is set."""
        return self._config.sends_mail

    async def send(self, to: str, subject: str, text: str, language: str) -> None:
        """Send one mail in plain text. Raises `MailFailed` or `MailRefused`.

        What a person wrote stands in `text` or is refused: no field of the head can be forged,
        since `email` does not take line breaks there.
        """
        try:
            message = self._written(to, subject, text, language)
        except (ValueError, HeaderParseError):  # such as no address at all
            raise MailRefused from None
        try:
            await self._deliver(message)
        except aiosmtplib.SMTPNotSupported:  # letters in the address that the server cannot take
            raise MailRefused from None
        except aiosmtplib.SMTPRecipientsRefused as refused:
            if all(one.code >= 500 for one in refused.recipients):
                raise MailRefused from None
            raise MailFailed("recipient") from None
        except (aiosmtplib.SMTPException, OSError, ssl.SSLError) as error:
            raise MailFailed(type(error).__name__) from None

    def _written(self, to: str, subject: str, text: str, language: str) -> EmailMessage:
        sender = Address(self._config.organisation, addr_spec=self._config.smtp_from)
        name, _, domain = to.rpartition("@")
        if not (name and domain):
            raise ValueError("no address")
        message = EmailMessage(policy=SMTP if name.isascii() else SMTPUTF8)
        message["From"] = sender
        message["To"] = Address(username=name, domain=domain.encode("idna").decode("ascii"))
        message["Subject"] = subject
        message["Date"] = formatdate()
        message["Message-ID"] = make_msgid(domain=sender.domain)
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody on holiday answers it
        message.set_content(text)
        message["Content-Language"] = language
        return message

    async def _deliver(self, message: EmailMessage) -> None:
        config, security = self._config, self._config.smtp_security
        client = aiosmtplib.SMTP(
            hostname=config.smtp_host,
            port=config.smtp_port_used,
            username=config.smtp_user or None,
            password=config.smtp_password or None,
            use_tls=security is SmtpSecurity.TLS,
            # Asked for, not tried: a server that does not offer it gets neither name nor password.
            start_tls=security is SmtpSecurity.STARTTLS,
            tls_context=self._trusted,
            timeout=TIMEOUT_S,
        )
        async with client:
            await client.send_message(message)
