"""Where everything of Wine lives, and the one exception its scripts raise."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
LAST_LINES = 12


class NotReady(Exception):
    """The text tells the person what is the matter and what to do."""


def home() -> Path:
    """The folder of all of it; deleting it undoes everything these scripts have done."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    root = Path(base) if Path(base).is_absolute() else Path.home() / ".cache"
    return root / "support-bridge" / "wine"


def cache() -> Path:
    """What programs for Windows have for XDG_CACHE_HOME: their libvpx is not ours."""
    return home() / "cache"


def run(what: str, command: Sequence[str], cwd: Path | None = None) -> str:
    """What `command` prints. Raises `NotReady` with `what` failed and the end of its words."""
    ran = subprocess.run(
        command,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    if ran.returncode:
        said = "\n".join(ran.stdout.splitlines()[-LAST_LINES:])
        raise NotReady(f"{what} did not work:\n{said}")
    return ran.stdout
