"""The smallest Windows program, and its signature by osslsigncode."""

import datetime as dt
import struct
import subprocess
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

HEAD = 0x80


def program(*, wide: bool = True) -> bytes:
    """A program of one section; `wide`: for 64 bits."""
    optional = bytearray(240 if wide else 224)
    struct.pack_into("<H", optional, 0, 0x20B if wide else 0x10B)
    struct.pack_into("<II", optional, 32, 0x1000, 0x200)
    struct.pack_into("<II", optional, 56, 0x2000, 0x200)
    struct.pack_into("<I", optional, 108 if wide else 92, 16)
    machine = 0x8664 if wide else 0x14C
    head = b"PE\0\0" + struct.pack("<HHIIIHH", machine, 1, 0, 0, 0, len(optional), 0x22)
    section = struct.pack("<8sIIIIIIHHI", b".text", 1, 0x1000, 0x200, 0x200, 0, 0, 0, 0, 0x60000020)
    stub = bytearray(HEAD)
    stub[:2] = b"MZ"
    struct.pack_into("<I", stub, 0x3C, HEAD)
    headers = bytes(stub) + head + bytes(optional) + section
    return headers.ljust(0x200, b"\0") + b"\xc3".ljust(0x200, b"\x90")


def signed(content: bytes, folder: Path, digest: str = "sha256") -> bytes:
    """The same, signed under a certificate of its own."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test")])
    now = dt.datetime.now(dt.UTC)
    usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CODE_SIGNING])
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + dt.timedelta(1))
    certificate = builder.add_extension(usage, critical=False).sign(key, hashes.SHA256())
    plain = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, *plain))
    (folder / "cert.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "in.exe").write_bytes(content)
    (folder / "out.exe").unlink(missing_ok=True)
    subprocess.run(
        [
            *("osslsigncode", "sign", "-h", digest, "-certs", "cert.pem", "-key", "key.pem"),
            *("-in", "in.exe", "-out", "out.exe"),
        ],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    return (folder / "out.exe").read_bytes()
