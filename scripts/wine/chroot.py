"""A Debian 13 in a folder of its own, with Wine and a compiler for Windows in it.

Debian 12 has Wine 8, which lacks what Qt and NumPy ask of Windows. Where packages come from is
read from apt's own configuration on this machine. Nothing outside the folder is changed: what a
program needs to see of the machine is mounted for that program alone and is gone with it.
"""

import os
import shlex
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from scripts import debian
from scripts.wine.place import NotReady, home, run

SUITE = "trixie"
PACKAGES = (
    "fonts-dejavu-core",
    "fonts-liberation",
    "gcc-mingw-w64-x86-64-win32",
    "libgnutls30",
    "wine",
    "wine64",
)
COMPONENT = "main"
KEPT_SETTINGS = ("Acquire::Check-", "Acquire::http", "Acquire::Retries", "Acquire::ForceIPv")
"""What of apt's configuration counts inside, too: how it reaches its packages."""

READY = "ready"
X_SOCKETS = Path("/tmp/.X11-unix")  # noqa: S108 - this is where X servers have them
SEARCH_PATH = "/usr/sbin:/usr/bin:/sbin:/bin"


def folder() -> Path:
    """The root of the other Debian."""
    return home() / "debian"


def ensure() -> None:
    """Makes it, once; it takes about a minute and 2 GB. Raises `NotReady`."""
    stamp = home() / READY
    wanted = " ".join((SUITE, *PACKAGES))
    if stamp.exists() and stamp.read_text("utf-8") == wanted:
        return
    if getattr(os, "geteuid", int)() != 0:
        raise NotReady("Wine lives in a Debian of its own, and only root can make one.")
    try:
        debian.install(debian.missing((debian.Need("debootstrap", "debootstrap"),)) or ["libc-bin"])
    except debian.Missing as why:
        raise NotReady(str(why)) from None
    shutil.rmtree(folder(), ignore_errors=True)
    folder().mkdir(parents=True)
    bootstrap = ["debootstrap", "--variant=minbase", SUITE, str(folder()), mirror()]
    run(f"Making a Debian {SUITE}", bootstrap)
    (folder() / "etc/hosts").write_text("127.0.0.1 localhost\n", "utf-8")
    settings = folder() / "etc/apt/apt.conf.d/90outside"
    settings.write_text(_settings(), "utf-8")
    apt = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "--yes"]
    run("Reading the packages' lists", inside([*apt, "update"]))
    command = [*apt, "install", "--no-install-recommends", *PACKAGES]
    run("Installing Wine", inside(command))
    stamp.write_text(wanted, "utf-8")


def mirror() -> str:
    """Where this machine's apt gets Debian itself from. Raises `NotReady` when it does not."""
    command = ["apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE) $(COMPONENT)"]
    targets = run("Asking apt for its mirror", [*command, "Created-By: Packages"])
    here = [line.split() for line in targets.splitlines()]
    for address, release, component in (words for words in here if len(words) == 3):
        apart = "-" in release or "security" in address
        if component == COMPONENT and not apart and "ubuntu" not in address:
            return address
    raise NotReady("apt has no mirror of Debian in its configuration on this machine.")


def _settings() -> str:
    said = run("Asking apt for its settings", ["apt-config", "dump"])
    kept = [line for line in said.splitlines() if line.startswith(KEPT_SETTINGS)]
    return "\n".join([*kept, ""])


def inside(
    command: Sequence[str],
    *,
    shared: Iterable[Path] = (),
    environment: Mapping[str, str] | None = None,
) -> list[str]:
    """The words that run `command` in there, as the same process; more words may follow. Folders
    `shared` are there under the same names as outside; of the environment only what is given."""
    root = str(folder())
    steps = [
        f"mount -t proc proc {shlex.quote(root)}/proc",
        f"mount --rbind /dev {shlex.quote(root)}/dev",
    ]
    for path in (*shared, *([X_SOCKETS] if X_SOCKETS.exists() else [])):
        there = shlex.quote(f"{root}{path}")
        steps.append(f"mkdir -p {there}")
        steps.append(f"mount --bind {shlex.quote(str(path))} {there}")
    given = {"HOME": "/root", "PATH": SEARCH_PATH, "LANG": "C.UTF-8", **(environment or {})}
    words = [f"{name}={value}" for name, value in given.items()]
    start = shlex.join(["exec", "env", "-i", *words, "chroot", root])
    script = " && ".join([*steps, f'{start} "$@"'])
    alone = ["unshare", "--mount", "--propagation=private", "--"]
    return [*alone, "sh", "-c", script, "chroot", *command]
