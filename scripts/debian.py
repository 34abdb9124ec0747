"""What the programs need from the system, and its installation on Debian and Ubuntu.

Only the standard library, and only what Python 3.8 can read: this runs before anything else.
A need is looked for by what it provides (a program, a shared library, a file), so that a system
which has it under another package name is left alone.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple


class Need(NamedTuple):
    """A Debian package and the thing it is wanted for: `lib….so.N`, `/a/path*` or a program."""

    package: str
    provides: str


WINDOW = (
    Need("libegl1", "libEGL.so.1"),
    Need("libgl1", "libGL.so.1"),
    Need("libxcb-cursor0", "libxcb-cursor.so.0"),
    Need("libxcb-icccm4", "libxcb-icccm.so.4"),
    Need("libxcb-image0", "libxcb-image.so.0"),
    Need("libxcb-keysyms1", "libxcb-keysyms.so.1"),
    Need("libxcb-randr0", "libxcb-randr.so.0"),
    Need("libxcb-render-util0", "libxcb-render-util.so.0"),
    Need("libxcb-shape0", "libxcb-shape.so.0"),
    Need("libxcb-xkb1", "libxcb-xkb.so.1"),
    Need("libxkbcommon-x11-0", "libxkbcommon-x11.so.0"),
    Need("libfontconfig1", "libfontconfig.so.1"),
    Need("libdbus-1-3", "libdbus-1.so.3"),
    Need("libglib2.0-0", "libglib-2.0.so.0"),
    Need("fonts-dejavu-core", "/usr/share/fonts/truetype/dejavu/*"),
)
"""What a Qt window needs beyond the wheel."""

SCREEN = (
    Need("xvfb", "Xvfb"),
    Need("openbox", "openbox"),
    Need("xdotool", "xdotool"),
)
"""A screen of our own, where there is none."""

COMPOSITOR = (Need("picom", "picom"),)
"""What keeps windows' pictures apart and puts them together."""

BROWSER = (
    Need("chromium", "chromium"),
    Need("chromium-headless-shell", "chromium-headless-shell"),
    Need("fonts-liberation", "/usr/share/fonts/truetype/liberation*/*"),
    Need("libatomic1", "/usr/lib/*/libatomic.so.1"),  # the driver that steers the browser
)

CHECKS = (
    Need("postgresql", "/usr/lib/postgresql/*/bin/initdb"),
    Need("nodejs", "node"),
    Need("npm", "npm"),
    Need("x11-xkb-utils", "setxkbmap"),
    Need("xserver-xephyr", "Xephyr"),
    Need("xterm", "xterm"),
    Need("clamav-daemon", "clamd"),
    Need("minisign", "minisign"),
    Need("osslsigncode", "osslsigncode"),
    *COMPOSITOR,
)
"""What only the tests and checks meet."""

FREEZING = (Need("binutils", "objdump"),)
"""What looks into libraries, and takes their symbols out."""

PEERS = (
    Need("tigervnc-scraping-server", "X0tigervnc"),
    Need("websockify", "websockify"),
    Need("novnc", "/usr/share/novnc/vnc.html"),
)
"""What a benchmark is measured against; nothing else uses them."""


FILE_PEERS = (Need("nginx-light", "nginx"),)


class Missing(Exception):
    """Packages are missing and may not be installed; the text tells the person what to run."""


def missing(needs: Iterable[Need]) -> list[str]:
    """The packages whose things are not there, in order. Empty on any system but Linux."""
    if platform.system() != "Linux":
        return []
    libraries = _shared_libraries()
    return [need.package for need in needs if not _is_there(need.provides, libraries)]


def install(packages: Sequence[str]) -> None:
    """Installs packages with apt. Raises `Missing` when that is not possible or not allowed."""
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    prefix = _privilege()
    if prefix is None or shutil.which("apt-get") is None:
        line = f"sudo apt-get install --no-install-recommends {' '.join(packages)}"
        raise Missing(f"System packages are missing. Please run\n\n    {line}\n\nand start again.")
    if _apt(prefix, command) is None:
        return
    _apt(prefix, ["apt-get", "update"])
    problem = _apt(prefix, command)
    if problem is not None:
        raise Missing(f"apt could not install {' '.join(packages)}:\n{problem}")


def _privilege() -> list[str] | None:
    """What must stand before apt-get; None when this user may not install anything."""
    if os.access("/var/lib/dpkg", os.W_OK):
        return ["env"]
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True).returncode == 0:
        return [sudo, "-n", "env"]
    return None


def _apt(prefix: Sequence[str], command: Sequence[str]) -> str | None:
    """None when it worked, else the end of what apt said."""
    quiet = ["DEBIAN_FRONTEND=noninteractive", command[0], "-qq", "-o", "DPkg::Lock::Timeout=300"]
    ran = subprocess.run(
        [*prefix, *quiet, *command[1:]],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return None if ran.returncode == 0 else "\n".join(ran.stdout.splitlines()[-8:])


def _shared_libraries() -> set[str] | None:
    """The names the dynamic linker knows; None when it cannot be asked."""
    ldconfig = shutil.which("ldconfig", path=_search_path())
    if ldconfig is None:
        return None
    listing = subprocess.run([ldconfig, "-p"], capture_output=True, text=True).stdout
    return {line.split()[0] for line in listing.splitlines()[1:] if line.split()}


def _is_there(thing: str, libraries: set[str] | None) -> bool:
    if thing.startswith("/"):
        return any(Path("/").glob(thing[1:]))
    if ".so." in thing:
        return libraries is None or thing in libraries
    return shutil.which(thing, path=_search_path()) is not None


def _search_path() -> str:
    return os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"])
