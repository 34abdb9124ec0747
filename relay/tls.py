"""The relay's side of TLS: certificates from PEM files, or made here for development."""

import datetime as dt
import ssl
from pathlib import Path

from yarl import URL

from relay.authority import Authority
from relay.config import RelayConfig
from relay.fault import StartFault

EVERY_ADDRESS = frozenset({"", "0.0.0.0", "::"})  # noqa: S104 (names them; binds nothing)
LOCAL_NAMES = ("localhost", "127.0.0.1", "::1")


def server_context(config: RelayConfig, now: dt.datetime) -> ssl.SSLContext | None:
    """What the listener speaks TLS with; None is plain HTTP behind a proxy.

    `now` (UTC) decides whether development certificates are renewed. Raises `StartFault` when
    there is no certificate, or none that can be used.
    """
    if config.certificate:
        return _context(Path(config.certificate), Path(config.certificate_key))
    if config.development_certificates:
        authority = Authority(config.data_folder, development_names(config))
        return _context(*authority.issue(now))
    if config.behind_proxy:
        return None
    raise StartFault("no_certificate")


def development_names(config: RelayConfig) -> tuple[str, ...]:
    """The names and addresses a development certificate is good for."""
    configured = [config.host, URL(config.public_url).host or ""]
    names = dict.fromkeys([*LOCAL_NAMES, *configured])
    return tuple(name for name in names if name not in EVERY_ADDRESS)


def _context(certificate: Path, key: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    for path in (certificate, key):
        try:
            path.read_bytes()
        except OSError as error:
            raise StartFault("file", path=str(path), why=error.strerror or str(error)) from None
    try:
        # An empty passphrase makes an encrypted key an error; without one OpenSSL would ask.
        context.load_cert_chain(certificate, key, password="")
    except (ssl.SSLError, ValueError):
        raise StartFault("certificate", certificate=str(certificate), key=str(key)) from None
    return context
