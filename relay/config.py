"""What an operator can set: one value a field, each with its help. Where values come from is in
`relay.settings`."""

from email.errors import HeaderParseError
from email.headerregistry import Address
from enum import StrEnum
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta
from yarl import URL

from relay.domain import minisign
from relay.fault import StartFault
from relay.scanner import is_address

DATABASE_SCHEMES = ("sqlite+aiosqlite", "postgresql+asyncpg")


class LogLevel(StrEnum):
    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class LogFormat(StrEnum):
    CONSOLE = "console"
    JSON = "json"


class SmtpSecurity(StrEnum):
    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


SMTP_PORTS = {SmtpSecurity.STARTTLS: 587, SmtpSecurity.TLS: 465, SmtpSecurity.NONE: 25}
"""Where mail servers take mail that programs hand in (RFC 6409, RFC 8314)."""

Port = Annotated[int, Meta(ge=0, le=65535)]


class RelayConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All settings. `checked` says whether they fit together."""

    host: Annotated[
        str, Meta(description="Address to listen on; 0.0.0.0 or :: for all of the machine's.")
    ] = "127.0.0.1"
    port: Annotated[Port, Meta(description="Port to listen on; 0 takes any free one.")] = 8443
    public_url: Annotated[
        str,
        Meta(
            description="How browsers and clients reach the relay, https://host[:port]; "
            "https://localhost:PORT when not set."
        ),
    ] = ""
    data: Annotated[
        str, Meta(description="Folder for the relay's keys and, by default, its database.")
    ] = "data"
    database: Annotated[
        str,
        Meta(
            description="sqlite+aiosqlite:///FILE or postgresql+asyncpg://USER@HOST/NAME; "
            "relay.db in the data folder when not set. A password: by file or environment only."
        ),
    ] = ""
    organisation: Annotated[
        str, Meta(min_length=1, max_length=80, description="Name that customers and pages show.")
    ] = "Support"
    certificate: Annotated[
        str, Meta(description="PEM file with the TLS certificate and its chain.")
    ] = ""
    certificate_key: Annotated[
        str, Meta(description="PEM file with the certificate's private key, without a passphrase.")
    ] = ""
    development_certificates: Annotated[
        bool,
        Meta(description="Make a certificate authority for this machine; only for trying out."),
    ] = False
    behind_proxy: Annotated[
        bool,
        Meta(
            description="A proxy in front does TLS: speak plain HTTP when no certificate is set, "
            "and believe X-Forwarded-For from the trusted proxies."
        ),
    ] = False
    trusted_proxies: Annotated[
        tuple[str, ...],
        Meta(description="Addresses or networks of proxies; separated by commas."),
    ] = ("127.0.0.1", "::1")
    metrics_host: Annotated[
        str, Meta(description="Address of the listener for Prometheus (plain HTTP, /metrics).")
    ] = "127.0.0.1"
    metrics_port: Annotated[
        Port | None, Meta(description="Its port; 0 takes any free one, not set means no listener.")
    ] = None
    log_level: Annotated[
        LogLevel, Meta(description="Least weight of what is logged: debug, info, warning, error.")
    ] = LogLevel.INFO
    log_format: Annotated[
        LogFormat, Meta(description="console (key=value) or json, one line each, on stderr.")
    ] = LogFormat.CONSOLE
    oldest_client: Annotated[
        str,
        Meta(
            pattern=r"^(\d{1,5}\.\d{1,5}\.\d{1,5})?\Z",
            description="Version (1.2.3) below which the customer's program says that there is a "
            "newer one, and does not join; not set means none.",
        ),
    ] = ""
    fast_tls: Annotated[
        bool, Meta(description="Let aiofastnet do TLS, with less copying; not on Windows.")
    ] = False

    files_session_mb: Annotated[
        int, Meta(ge=1, description="Most megabytes that files of one session may take together.")
    ] = 2_000
    files_relay_mb: Annotated[
        int, Meta(ge=1, description="Most megabytes that files of all sessions may take together.")
    ] = 20_000
    scanner: Annotated[
        str,
        Meta(
            description="Where clamd looks at files: the path of its socket, or HOST:PORT; not set "
            "means nobody does."
        ),
    ] = ""
    release_key: Annotated[
        str,
        Meta(
            description="Public key of minisign (RW…) whose signature the programs for customers "
            "must have; not set means none can be added."
        ),
    ] = ""

    smtp_host: Annotated[
        str, Meta(description="Server that takes our mail; not set means no mail is sent.")
    ] = ""
    smtp_port: Annotated[
        Port | None,
        Meta(description="Its port; 587 for starttls and 465 for tls when not set."),
    ] = None
    smtp_security: Annotated[
        SmtpSecurity,
        Meta(description="starttls, tls, or none, which only a server on this machine may have."),
    ] = SmtpSecurity.STARTTLS
    smtp_user: Annotated[
        str, Meta(description="Name to sign in with there; not set means without.")
    ] = ""
    smtp_password: Annotated[
        str, Meta(description="Its password, by file or environment only.")
    ] = ""
    smtp_from: Annotated[str, Meta(description="Address our mail comes from.")] = ""

    @property
    def sends_mail(self) -> bool:
        """Whether there is a server for mail."""
        return bool(self.smtp_host)

    @property
    def smtp_port_used(self) -> int:
        """The port of the mail server, when `smtp_port` is not set, too."""
        return SMTP_PORTS[self.smtp_security] if self.smtp_port is None else self.smtp_port

    @property
    def data_folder(self) -> Path:
        """The folder of keys and database."""
        return Path(self.data)

    @property
    def database_url(self) -> str:
        """The database to open, when `database` is not set, too."""
        return self.database or f"sqlite+aiosqlite:///{self.data_folder / 'relay.db'}"

    @property
    def database_file(self) -> Path | None:
        """The file of an SQLite database; None when the database is a server."""
        scheme, _, path = self.database_url.partition(":///")
        return Path(path.partition("?")[0]) if scheme == DATABASE_SCHEMES[0] else None

    def at_port(self, port: int) -> "RelayConfig":
        """The same once the port is known: `port` and `public_url` (an origin) are set."""
        public_url = self.public_url or f"https://localhost:{port}"
        return msgspec.structs.replace(self, port=port, public_url=origin_of(public_url))


def origin_of(public_url: str) -> str:
    """The origin as browsers send it: lower case, punycode, no default port.

    Raises `StartFault` unless it is https://host[:port] and nothing more.
    """
    try:
        url = URL(public_url)
        plain = url.path in {"", "/"} and not (url.query_string or url.fragment or url.user)
        if url.scheme == "https" and url.host and plain:
            return str(url.origin())
    except ValueError:
        pass
    raise StartFault("public_url", value=public_url)


def checked(config: RelayConfig) -> RelayConfig:
    """`config` itself. Raises `StartFault` when its values do not fit together."""
    if config.public_url:
        origin_of(config.public_url)
    if bool(config.certificate) != bool(config.certificate_key):
        raise StartFault("certificate_pair")
    if config.certificate and config.development_certificates:
        raise StartFault("certificate_twice")
    for proxy in config.trusted_proxies:
        try:
            ip_network(proxy)
        except ValueError:
            raise StartFault("proxy", value=proxy) from None
    if config.database.partition(":")[0] not in ("", *DATABASE_SCHEMES):
        raise StartFault("database_kind", value=masked(config.database))
    if config.scanner and not is_address(config.scanner):
        raise StartFault("scanner", value=config.scanner)
    if config.release_key:
        _check_release_key(config.release_key)
    _check_mail(config)
    return config


def _check_release_key(line: str) -> None:
    try:
        minisign.key_of(line)
    except minisign.Malformed:
        raise StartFault("release_key", value=line) from None


def _check_mail(config: RelayConfig) -> None:
    if not config.sends_mail:
        return
    try:
        address = Address(addr_spec=config.smtp_from)
        config.smtp_from.encode("ascii")
    except (ValueError, IndexError, HeaderParseError):
        raise StartFault("smtp_from", value=config.smtp_from) from None
    if not (address.username and address.domain):
        raise StartFault("smtp_from", value=config.smtp_from)
    if config.smtp_security is SmtpSecurity.NONE and not _is_this_machine(config.smtp_host):
        raise StartFault("smtp_plain", host=config.smtp_host)


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def has_password(database: str) -> bool:
    """Whether a database URL carries a password. One that cannot be read counts as if."""
    try:
        parts = urlsplit(database)
        return bool(parts.password) or "password=" in parts.query.lower()
    except ValueError:
        return True


def masked(database: str) -> str:
    """A database URL as it may be shown: without its password."""
    if not has_password(database):
        return database
    scheme, _, rest = database.partition("://")
    address = rest.rpartition("@")[2].partition("?")[0]
    return f"{scheme}://***@{address}"
