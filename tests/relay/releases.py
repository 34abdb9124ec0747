"""Releases as the build and the operator leave them: a file, its sum, bill and signature."""

import hashlib
import json
import secrets
from base64 import b64encode
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from relay import release
from relay.app import Relay
from relay.domain import minisign
from relay.domain.programs import Program

LINUX, FOLDER = "support-bridge-linux-x86_64", "support-bridge-linux-x86_64.tar.xz"
WINDOWS = "support-bridge-windows-x86_64.exe"
MACOS, MACOS_INTEL = "support-bridge-macos-arm64.zip", "support-bridge-macos-x86_64.zip"
BESIDE = (".sha256", ".cdx.json", ".minisig")


class Signer:
    """A key of minisign, and what it writes."""

    def __init__(self) -> None:
        self._key = Ed25519PrivateKey.generate()
        self._number = secrets.token_bytes(8)

    @property
    def public(self) -> str:
        """The line that operators set as `release_key`."""
        raw = self._key.public_key().public_bytes_raw()
        return b64encode(b"Ed" + self._number + raw).decode()

    def signature(
        self, content: bytes, comment: str = "support-bridge", kind: bytes = b"ED"
    ) -> str:
        over = self._key.sign(hashlib.blake2b(content).digest() if kind == b"ED" else content)
        vouched = self._key.sign(over + comment.encode())
        return (
            "untrusted comment: signature from minisign secret key\n"
            f"{b64encode(kind + self._number + over).decode()}\n"
            f"trusted comment: {comment}\n"
            f"{b64encode(vouched).decode()}\n"
        )


def bill(content: bytes, **said: str) -> dict[str, Any]:
    """The bill of materials of a file; what is empty is not said."""
    told = {"commit": "", "built": "2026-11-23", "organisation": "Support"} | said
    properties = [{"name": f"support-bridge:{one}", "value": told[one]} for one in told]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "metadata": {
            "component": {
                "type": "application",
                "name": "support-bridge-client",
                "version": "0.1.0",
                "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(content).hexdigest()}],
                "properties": properties,
            }
        },
    }


def write(folder: Path, name: str, content: bytes, signer: Signer, **said: str) -> Path:
    """A file with everything beside it; `said` is in its bill."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    path.with_name(f"{name}.sha256").write_text(f"{digest}  {name}\n")
    path.with_name(f"{name}.cdx.json").write_text(json.dumps(bill(content, **said)))
    path.with_name(f"{name}.minisig").write_text(signer.signature(content))
    return path


def hand_out(relay: Relay, folder: Path, name: str, content: bytes) -> Program:
    """Add a file to a relay that runs, as the command does."""
    signer = Signer()
    identity = relay.identity.public_text
    path = write(folder, name, content, signer, relay=relay.origin, identity=identity)
    wanted = release.For(relay.origin, identity, minisign.key_of(signer.public))
    return release.add(path, release.store_of(relay.config), wanted, 0).program
