"""Versions of what administrators change: nobody overwrites what they have not seen."""

import hashlib
import json


class Changed(Exception):
    """Somebody else has changed it since it was read."""


class Gone(Exception):
    """It is no longer there, or never was."""


def version_of(*values: object) -> str:
    """Names exactly these values, which JSON must be able to say; sets by their sorted members."""
    text = json.dumps(values, default=sorted, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def require(present: str, wanted: str) -> None:
    """Raises `Changed` unless `wanted` is the version that stands."""
    if present != wanted:
        raise Changed
