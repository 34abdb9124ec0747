"""The parts list beside each file: CycloneDX 1.6 (ECMA-424), as other tools read it."""

import json
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from client.config import Built
from installers.archive import sha256
from installers.components import Component
from installers.licences import licence_of, table
from protocol.version import VERSION

OURS = "support-bridge"


def write(file: Path, built: Built, parts: Iterable[Component]) -> None:
    """`FILE.cdx.json` beside it. The relay reads for whom the file was made from its properties."""
    text = json.dumps(document(sha256(file), built, parts), indent=1, ensure_ascii=False)
    file.with_name(f"{file.name}.cdx.json").write_text(f"{text}\n", "utf-8")


def document(digest: str, built: Built, parts: Iterable[Component]) -> dict[str, Any]:
    """The list of one file with the SHA-256 `digest` (hex)."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, digest)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "name": f"{OURS}-client",
                "version": VERSION,
                "licenses": [{"license": {"id": "Apache-2.0"}}],
                "hashes": [{"alg": "SHA-256", "content": digest}],
                "properties": properties(built),
            }
        },
        "components": [_component(part) for part in parts],
    }


def properties(built: Built) -> list[dict[str, str]]:
    """What the build is, and for whom."""
    told = {"commit": built.commit, "built": built.day}
    if built.release is None:
        told["development"] = "true"
    else:
        told["relay"] = built.release.relay
        told["organisation"] = built.release.organisation
        told["identity"] = built.release.identity
    return [{"name": f"{OURS}:{name}", "value": value} for name, value in told.items()]


def _component(part: Component) -> dict[str, Any]:
    licence = licence_of(part, table())
    return {
        "type": "library",
        "name": part.name,
        "version": part.version,
        "purl": _purl(part),
        "licenses": [{"expression": licence}],
    }


def _purl(part: Component) -> str:
    space = "debian/" if part.kind == "deb" else ""
    return (
        f"pkg:{part.kind}/{space}{part.name}@{part.version.replace('+', '%2B').replace(':', '%3A')}"
    )
