"""What is written into a client before it is frozen, and so lies inside what signs it.

A release knows its relay, the organisation's name and the relay's identity; nothing from outside
changes them later (`client/config.py`). A development build knows only when it was made.
"""

import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from client.config import Built, ConfigError, Release, check_identity, origin
from installers.fault import BuildFault
from protocol import limits
from protocol.catalogue import load

ROOT = Path(__file__).resolve().parent.parent
MODULE = "client.built_for"
FAMILY = "support-bridge"
ZIP_EPOCH = 315_532_800
"""1980-01-01, before which no ZIP archive can say when a file was made."""

_SYSTEMS = {"win32": "windows", "darwin": "macos"}
_MACHINES = {"amd64": "x86_64", "aarch64": "arm64"}


def release_for(relay: str, organisation: str, identity: str) -> Release:
    """What a release is made for, tidied. Raises `BuildFault`."""
    name = " ".join(organisation.split())
    if not name or len(name) > limits.NAME_CHARS:
        raise BuildFault(f"--name must have 1 to {limits.NAME_CHARS} characters.")
    try:
        if identity:
            check_identity(identity)
        return Release(relay=origin(relay), organisation=name, identity=identity)
    except ConfigError as error:
        raise BuildFault(load("en")(error.key, **error.fields)) from None


def built_from_here(release: Release | None, root: Path = ROOT) -> Built:
    """What this build is: of which commit, and of which day (UTC)."""
    return Built(commit=commit(root), day=f"{datetime.now(UTC):%Y-%m-%d}", release=release)


def module_source(built: Built) -> str:
    """The module that the bundle carries as `client.built_for`."""
    return f"BUILT = {msgspec.json.encode(built)!r}\n"


def target() -> str:
    """What the files of this system are called: `support-bridge-linux-x86_64`."""
    machine = platform.machine().lower()
    return f"{FAMILY}-{_SYSTEMS.get(sys.platform, 'linux')}-{_MACHINES.get(machine, machine)}"


def commit(root: Path = ROOT) -> str:
    """The commit of the sources, with `+` behind it where they were changed since; empty where
    they are no working copy."""
    found = _git(root, "rev-parse", "HEAD")
    changed = found and _git(root, "status", "--porcelain", "--untracked-files=no")
    return found + ("+" if changed else "")


def epoch(root: Path = ROOT) -> int:
    """When the commit was made, in seconds since 1970: every date that the build must write."""
    return int(_git(root, "show", "-s", "--format=%ct", "HEAD") or ZIP_EPOCH)


def _git(root: Path, *words: str) -> str:
    try:
        ran = subprocess.run(["git", *words], cwd=root, capture_output=True, text=True)
    except OSError:
        return ""
    return ran.stdout.strip() if ran.returncode == 0 else ""
