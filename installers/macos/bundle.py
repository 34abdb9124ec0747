"""The `.app` in a zip: an archive keeps the seal of its content, and the browser unpacks it."""

import plistlib
import subprocess
from pathlib import Path

from installers.fault import BuildFault
from installers.macos.info import NAME, entitlements

APP = f"{NAME}.app"
HOOK = "SUPPORT_BRIDGE_MACOS_IDENTITY"
"""Environment variable with the name of a signing identity in the keychain; without it the bundle
is signed for this machine only (ad hoc), as Apple silicon demands of everything it runs."""


def write_entitlements(work: Path) -> Path:
    """The file that `codesign` reads."""
    path = work / "entitlements.plist"
    path.write_bytes(plistlib.dumps(entitlements()))
    return path


def zipped(out: Path, target: Path) -> Path:
    """The bundle in the folder `out` as the zip `target`, with `ditto`, which keeps links and
    attributes. Raises `BuildFault`."""
    command = ["ditto", "-c", "-k", "--keepParent", str(out / APP), str(target)]
    ran = subprocess.run(command, capture_output=True, text=True)
    if ran.returncode:
        raise BuildFault(f"ditto could not pack the bundle: {ran.stderr.strip()}")
    return target
