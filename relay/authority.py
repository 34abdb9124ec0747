"""A certificate authority for one machine, so that the relay can be tried out over real TLS.

It may vouch only for the names it was made for (name constraints, RFC 5280 section 4.2.1.10):
whoever trusts it, and loses its key, has lost nothing but those.
"""

import datetime as dt
from ipaddress import ip_address, ip_network
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from relay import secretfile
from relay.fault import StartFault

LIFE = dt.timedelta(days=825)
"""No longer: some systems refuse certificates that live longer, own authority or not."""

RENEW_BEFORE = dt.timedelta(days=30)
CLOCK_SKEW = dt.timedelta(hours=1)

CA_FILE = "development-ca.pem"

_NOT_FOR = {
    "content_commitment": False,
    "key_encipherment": False,
    "data_encipherment": False,
    "key_agreement": False,
    "encipher_only": False,
    "decipher_only": False,
}
_CA_USE = x509.KeyUsage(digital_signature=False, key_cert_sign=True, crl_sign=True, **_NOT_FOR)
_SERVER_USE = x509.KeyUsage(digital_signature=True, key_cert_sign=False, crl_sign=False, **_NOT_FOR)

_Certificate = tuple[x509.Certificate, ec.EllipticCurvePrivateKey]


class Authority:
    """The authority whose files lie in `folder`, for `names` (host names and addresses)."""

    def __init__(self, folder: Path, names: tuple[str, ...]) -> None:
        self._names = names
        self._ca = (folder / CA_FILE, folder / "development-ca.key")
        self._server = (folder / "development.pem", folder / "development.key")

    def issue(self, now: dt.datetime) -> tuple[Path, Path]:
        """The server's certificate and key files; what is missing, does not fit the names or
        is about to end is made anew. Raises `StartFault`."""
        try:
            ca = _read(self._ca)
            if ca is None or not self._serves(ca[0], now) or not self._permits(ca[0]):
                ca = self._make_ca(now)
            server = _read(self._server)
            if server is None or not self._serves(server[0], now) or not _signed(server[0], ca[0]):
                self._make_server(ca, now)
        except OSError as error:
            why = error.strerror or str(error)
            raise StartFault("file", path=str(error.filename), why=why) from None
        return self._server

    def _serves(self, certificate: x509.Certificate, now: dt.datetime) -> bool:
        begun = certificate.not_valid_before_utc <= now
        lasts = now < certificate.not_valid_after_utc - RENEW_BEFORE
        return begun and lasts and (_is_ca(certificate) or self._names_of(certificate))

    def _names_of(self, certificate: x509.Certificate) -> bool:
        held = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        return set(held) == {_general_name(name) for name in self._names}

    def _permits(self, ca: x509.Certificate) -> bool:
        held = ca.extensions.get_extension_for_class(x509.NameConstraints).value
        return set(held.permitted_subtrees or ()) == {_subtree(name) for name in self._names}

    def _make_ca(self, now: dt.datetime) -> _Certificate:
        key = ec.generate_private_key(ec.SECP256R1())
        name = _common_name("Support Bridge development authority")
        permitted = [_subtree(one) for one in self._names]
        builder = (
            _builder(name, name, key.public_key(), now, now + LIFE)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_CA_USE, critical=True)
            .add_extension(x509.NameConstraints(permitted, None), critical=True)
        )
        certificate = builder.sign(key, hashes.SHA256())
        _write(self._ca, certificate, key)
        return certificate, key

    def _make_server(self, ca: _Certificate, now: dt.datetime) -> None:
        ca_certificate, ca_key = ca
        key = ec.generate_private_key(ec.SECP256R1())
        until = min(now + LIFE, ca_certificate.not_valid_after_utc)
        names = x509.SubjectAlternativeName([_general_name(one) for one in self._names])
        issuer_id = x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key())
        builder = (
            _builder(
                _common_name(self._names[0]), ca_certificate.subject, key.public_key(), now, until
            )
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_SERVER_USE, critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(names, critical=False)
            .add_extension(issuer_id, critical=False)
        )
        _write(self._server, builder.sign(ca_key, hashes.SHA256()), key)


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    public_key: ec.EllipticCurvePublicKey,
    now: dt.datetime,
    until: dt.datetime,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - CLOCK_SKEW)
        .not_valid_after(until - CLOCK_SKEW)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
    )


def _common_name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _general_name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _subtree(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_network(name))
    except ValueError:
        return x509.DNSName(name)


def _is_ca(certificate: x509.Certificate) -> bool:
    return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca


def _signed(certificate: x509.Certificate, ca: x509.Certificate) -> bool:
    held = certificate.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value
    own = ca.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return held.key_identifier == own.digest


def _read(paths: tuple[Path, Path]) -> _Certificate | None:
    certificate, key = paths
    if not (certificate.exists() and key.exists()):
        return None
    try:
        loaded = load_pem_private_key(key.read_bytes(), password=None)
        if isinstance(loaded, ec.EllipticCurvePrivateKey):
            return x509.load_pem_x509_certificate(certificate.read_bytes()), loaded
    except ValueError:
        pass
    return None


def _write(
    paths: tuple[Path, Path], certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey
) -> None:
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    secretfile.write(paths[1], pem)
    secretfile.write(paths[0], certificate.public_bytes(Encoding.PEM))
    paths[0].chmod(0o644)
