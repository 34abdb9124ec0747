"""Certificates: from files, or made for development and for nothing else."""

import datetime as dt
import ssl
import subprocess
from pathlib import Path

import aiohttp
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key

from relay.authority import CA_FILE, LIFE, RENEW_BEFORE, Authority
from relay.config import RelayConfig
from relay.fault import StartFault
from relay.tls import development_names, server_context
from tests.relay.site import relay_at, visiting

NAMES = ("localhost", "127.0.0.1", "::1")
NOW = dt.datetime.now(dt.UTC)


def load(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(path.read_bytes())


def test_an_authority_vouches_for_its_names_only(tmp_path: Path) -> None:
    Authority(tmp_path, NAMES).issue(NOW)
    ca = load(tmp_path / CA_FILE)
    constraints = ca.extensions.get_extension_for_class(x509.NameConstraints)
    assert constraints.critical
    assert ca.not_valid_after_utc - ca.not_valid_before_utc <= LIFE
    forged = _forge(tmp_path, "evil.example")
    assert _openssl_accepts(tmp_path / CA_FILE, tmp_path / "development.pem")
    assert not _openssl_accepts(tmp_path / CA_FILE, forged)


def _forge(folder: Path, name: str) -> Path:
    """A certificate for another name, by whoever stole the authority's key."""
    ca = load(folder / CA_FILE)
    ca_key = load_pem_private_key((folder / "development-ca.key").read_bytes(), None)
    assert isinstance(ca_key, ec.EllipticCurvePrivateKey)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([]))
        .issuer_name(ca.subject)
        .public_key(ec.generate_private_key(ec.SECP256R1()).public_key())
        .serial_number(1)
        .not_valid_before(NOW - dt.timedelta(hours=1))
        .not_valid_after(NOW + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=True)
        .sign(ca_key, hashes.SHA256())
    )
    path = folder / "forged.pem"
    path.write_bytes(certificate.public_bytes(Encoding.PEM))
    return path


def _openssl_accepts(ca: Path, certificate: Path) -> bool:
    checked = subprocess.run(
        ["openssl", "verify", "-CAfile", ca, certificate], capture_output=True, check=False
    )
    return checked.returncode == 0


def test_keys_are_for_the_owner_only(tmp_path: Path) -> None:
    Authority(tmp_path, NAMES).issue(NOW)
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    assert modes == {
        "development-ca.pem": 0o644,
        "development-ca.key": 0o600,
        "development.pem": 0o644,
        "development.key": 0o600,
    }


def test_certificates_stay_until_they_must_change(tmp_path: Path) -> None:
    authority = Authority(tmp_path, NAMES)
    certificate, _ = authority.issue(NOW)
    first, ca = certificate.read_bytes(), (tmp_path / CA_FILE).read_bytes()
    authority.issue(NOW + LIFE - RENEW_BEFORE - dt.timedelta(days=1))
    assert certificate.read_bytes() == first
    late = NOW + LIFE - RENEW_BEFORE
    authority.issue(late)
    assert (tmp_path / CA_FILE).read_bytes() != ca
    assert load(certificate).not_valid_after_utc > late + RENEW_BEFORE
    load(certificate).verify_directly_issued_by(load(tmp_path / CA_FILE))


@pytest.mark.parametrize("damaged", ["development.pem", "development.key", "development-ca.key"])
def test_what_is_damaged_or_missing_is_made_anew(tmp_path: Path, damaged: str) -> None:
    authority = Authority(tmp_path, NAMES)
    certificate, _ = authority.issue(NOW)
    for content in (b"nonsense", None):
        path = tmp_path / damaged
        path.unlink() if content is None else path.write_bytes(content)
        authority.issue(NOW)
        load(certificate).verify_directly_issued_by(load(tmp_path / CA_FILE))


def test_new_names_make_a_new_certificate(tmp_path: Path) -> None:
    Authority(tmp_path, NAMES).issue(NOW)
    certificate, _ = Authority(tmp_path, (*NAMES, "help.example")).issue(NOW)
    names = load(certificate).extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert "help.example" in names.get_values_for_type(x509.DNSName)


def test_the_configured_names_are_served() -> None:
    config = RelayConfig(host="192.0.2.1", public_url="https://help.example").at_port(1)
    assert development_names(config) == (*NAMES, "192.0.2.1", "help.example")
    everywhere = RelayConfig(host="0.0.0.0").at_port(1)  # noqa: S104
    assert development_names(everywhere) == NAMES


def test_plain_http_only_behind_a_proxy(tmp_path: Path) -> None:
    with pytest.raises(StartFault, match="no_certificate"):
        server_context(RelayConfig(data=str(tmp_path)).at_port(1), NOW)
    assert server_context(RelayConfig(behind_proxy=True).at_port(1), NOW) is None


@pytest.mark.filterwarnings("ignore:ssl.*deprecated")
@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
async def test_a_relay_speaks_tls_1_2_and_newer_only(tmp_path: Path, host: str) -> None:
    async with relay_at(tmp_path) as relay:
        url = f"https://{host}:{relay.port}/healthz"
        for version, works in (
            (ssl.TLSVersion.TLSv1_1, False),
            (ssl.TLSVersion.TLSv1_2, True),
            (ssl.TLSVersion.TLSv1_3, True),
        ):
            assert await _answers(url, tmp_path / CA_FILE, version) is works, version


async def _answers(url: str, ca: Path, version: ssl.TLSVersion) -> bool:
    context = ssl.create_default_context(cafile=ca)
    context.set_ciphers("DEFAULT@SECLEVEL=0")
    if version < ssl.TLSVersion.TLSv1_2:
        context.options &= ~(ssl.OP_NO_TLSv1 | ssl.OP_NO_TLSv1_1)
    context.minimum_version = context.maximum_version = version
    connector = aiohttp.TCPConnector(ssl=context)
    async with aiohttp.ClientSession(connector=connector) as session:
        try:
            async with session.get(url) as response:
                return response.status == 204
        except aiohttp.ClientConnectorError:
            return False


async def test_fast_tls_answers_as_well(tmp_path: Path) -> None:
    async with relay_at(tmp_path, changes={"fast_tls": True}) as relay, visiting(relay) as visitor:
        assert (await visitor.get("/healthz")).status == 204
        assert "<html" in (await visitor.get("/")).text


async def test_behind_a_proxy_it_answers_plainly(tmp_path: Path) -> None:
    plain = {"behind_proxy": True, "development_certificates": False}
    async with (
        relay_at(tmp_path, changes=plain) as relay,
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{relay.port}/healthz") as response,
    ):
        assert response.status == 204


@pytest.mark.parametrize("damage", ["missing", "nonsense", "other key", "passphrase"])
async def test_files_that_cannot_be_used_are_told(tmp_path: Path, damage: str) -> None:
    certificate, key = Authority(tmp_path, NAMES).issue(NOW)
    match damage:
        case "missing":
            certificate.unlink()
        case "nonsense":
            certificate.write_text("nonsense")
        case "other key":
            key = tmp_path / "development-ca.key"
        case "passphrase":
            _encrypt(key)
    files = {
        "certificate": str(certificate),
        "certificate_key": str(key),
        "development_certificates": False,
    }
    with pytest.raises(StartFault) as caught:
        async with relay_at(tmp_path / "data", changes=files):
            pass
    expected = "file" if damage == "missing" else "certificate"
    assert caught.value.key == f"relay.fault.{expected}"


def _encrypt(path: Path) -> None:
    subprocess.run(
        ["openssl", "ec", "-in", path, "-out", path, "-aes256", "-passout", "pass:x"],
        check=True,
        capture_output=True,
    )
