"""Mail goes to a real server: over TLS, with a password, and never with a forged head."""

import datetime as dt
import ssl
from pathlib import Path

import pytest

from relay.authority import CA_FILE, Authority
from relay.config import RelayConfig, SmtpSecurity, checked
from relay.fault import StartFault
from relay.mail import Mailer, MailFailed, MailRefused
from tests.relay.mailbox import PASSWORD, USER, mail_server

TO = "grace@example.org"


def config(port: int, **more: object) -> RelayConfig:
    values: dict[str, object] = {
        "smtp_host": "127.0.0.1",
        "smtp_port": port,
        "smtp_from": "help@example.org",
        "smtp_security": SmtpSecurity.NONE,
        "organisation": "Acme, Support",
    }
    return checked(RelayConfig(**(values | more)))  # type: ignore[arg-type]


@pytest.fixture
def contexts(tmp_path: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Of a server on this machine, and of those who trust it."""
    certificate, key = Authority(tmp_path, ("127.0.0.1",)).issue(dt.datetime.now(dt.UTC))
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(certificate, key)
    return server, ssl.create_default_context(cafile=tmp_path / CA_FILE)


async def test_a_mail_arrives_as_it_was_written() -> None:
    async with mail_server() as box:
        await Mailer(config(box.port)).send(TO, "Es ist gelöst", "Zeile 1\n\n.\nGrüße", "de")
        (message,) = box.messages
    assert message["From"] == '"Acme, Support" <help@example.org>'
    assert message["To"] == TO
    assert message["Subject"] == "Es ist gelöst"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "de"
    assert message["Message-ID"].endswith("@example.org>")
    assert message["Date"]
    assert message.get_content().splitlines() == ["Zeile 1", "", ".", "Grüße"]


@pytest.mark.parametrize("security", [SmtpSecurity.STARTTLS, SmtpSecurity.TLS])
async def test_name_and_password_travel_over_tls(
    contexts: tuple[ssl.SSLContext, ssl.SSLContext], security: SmtpSecurity
) -> None:
    server, trusting = contexts
    known = {"smtp_user": USER, "smtp_password": PASSWORD, "smtp_security": security}
    async with mail_server(server, starttls=security is SmtpSecurity.STARTTLS) as box:
        await Mailer(config(box.port, **known), trusting).send(TO, "Hello", "Hello", "en")
        assert (box.users, box.recipients) == ([USER], [TO])
        wrong = config(box.port, **(known | {"smtp_password": "wrong"}))
        with pytest.raises(MailFailed, match="SMTPAuthenticationError"):
            await Mailer(wrong, trusting).send(TO, "Hello", "Hello", "en")
        with pytest.raises(MailFailed):
            await Mailer(config(box.port, **known)).send(TO, "Hello", "Hello", "en")
        assert len(box.messages) == 1


async def test_a_server_without_starttls_gets_neither_name_nor_password() -> None:
    known = {"smtp_user": USER, "smtp_password": PASSWORD}
    async with mail_server() as box:
        mailer = Mailer(config(box.port, smtp_security=SmtpSecurity.STARTTLS, **known))
        with pytest.raises(MailFailed):
            await mailer.send(TO, "Hello", "Hello", "en")
        assert (box.users, box.messages) == ([], [])


async def test_what_never_arrives_is_told_from_what_may_later() -> None:
    async with mail_server() as box:
        mailer = Mailer(config(box.port))
        box.refuses = {TO: "550 no such person", "full@example.org": "452 mailbox full"}
        with pytest.raises(MailRefused):
            await mailer.send(TO, "Hello", "Hello", "en")
        with pytest.raises(MailFailed):
            await mailer.send("full@example.org", "Hello", "Hello", "en")
        port = box.port
    with pytest.raises(MailFailed):
        await Mailer(config(port)).send(TO, "Hello", "Hello", "en")


@pytest.mark.parametrize(
    "to",
    [
        "",
        "grace",
        "grace@",
        "grace@example.org\r\nBcc: eve@example.org",
        "grace@example.org\nBcc: eve@example.org",
        "grace@exa mple..org",
        f"grace@{'x' * 70}.org",
    ],
)
async def test_nobody_is_smuggled_in(to: str) -> None:
    async with mail_server() as box:
        with pytest.raises(MailRefused):
            await Mailer(config(box.port)).send(to, "Hello", "Hello", "en")
        with pytest.raises(MailRefused):
            await Mailer(config(box.port)).send(TO, f"Hello\r\nBcc: {to or 'x'}", "Hello", "en")
        assert box.messages == []


@pytest.mark.parametrize(
    ("to", "recipient"),
    [
        ("grace@müller.example", "grace@xn--mller-kva.example"),
        ("jörg@example.org", "jörg@example.org"),
        ("o'hara+x@example.org", "o'hara+x@example.org"),
    ],
)
async def test_unusual_addresses_are_reached(to: str, recipient: str) -> None:
    async with mail_server() as box:
        await Mailer(config(box.port)).send(to, "Hello", "Hello", "en")
        assert box.recipients == [recipient]


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ({"smtp_from": ""}, "smtp_from"),
        ({"smtp_from": "help"}, "smtp_from"),
        ({"smtp_from": "a@b.org, c@d.org"}, "smtp_from"),
        ({"smtp_from": "help@exämple.org"}, "smtp_from"),
        ({"smtp_from": "help@example.org\nBcc: x@y.org"}, "smtp_from"),
        ({"smtp_host": "mail.example.org"}, "smtp_plain"),
        ({"smtp_host": "localhost.example.org"}, "smtp_plain"),
        ({"smtp_host": "10.0.0.1"}, "smtp_plain"),
    ],
)
def test_settings_that_would_not_do_are_refused_at_start(more: dict[str, object], key: str) -> None:
    with pytest.raises(StartFault) as fault:
        config(25, **more)
    assert fault.value.key == f"relay.fault.{key}"


def test_each_kind_of_security_has_its_usual_port() -> None:
    usual = {SmtpSecurity.STARTTLS: 587, SmtpSecurity.TLS: 465, SmtpSecurity.NONE: 25}
    for security, port in usual.items():
        made = RelayConfig(smtp_host="localhost", smtp_security=security)
        assert made.smtp_port_used == port
    assert not RelayConfig().sends_mail
