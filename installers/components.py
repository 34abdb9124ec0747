"""Whose work lies in the bundle: each file belongs to a package of Python, to Python itself, to
libvpx, to a package of the system, or to us."""

import platform
import re
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from installers.fault import BuildFault
from installers.release import ROOT

VPX_PINS = ROOT / "requirements/vpx.in"
_LEGAL = re.compile(r"(LICEN[CS]E|COPYING|NOTICE|AUTHORS)", re.IGNORECASE)


class Component(NamedTuple):
    """`kind` is `pypi`, `generic` or `deb`, as package URLs name it."""

    kind: str
    name: str
    version: str


def components(packed: Mapping[str, Iterable[tuple[str, str]]]) -> list[Component]:
    """All parts of a bundle but our own, by name. `packed` has `modules` and `files`: lists of
    name and path on this machine. Raises `BuildFault` for a file that belongs to nobody."""
    found = {
        owner
        for entries in packed.values()
        for _, source in entries
        if source and source != "-" and (owner := _owner(Path(source))) is not None
    }
    found.add(_python())
    return sorted(found)


def notices() -> str:
    """Names, versions and licence texts of the packages that a client is made of."""
    parts = [
        "This program contains the work of others, under their own licences.\n"
        "Qt and PySide6 are used under the LGPL version 3: their libraries lie in the program's\n"
        "folder as files of their own and may be replaced by other builds of the same version.\n"
    ]
    for name in sorted(_shipped()):
        dist = metadata.distribution(name)
        parts.append(f"{'=' * 78}\n{dist.metadata['Name']} {dist.version}\n{'=' * 78}\n")
        parts += list(_legal_texts(dist))
    parts.append(f"{'=' * 78}\nlibvpx\n{'=' * 78}\n")
    parts.append((ROOT / "requirements/vpx.LICENSE").read_text("utf-8"))
    parts.append(f"{'=' * 78}\nPython {sys.version.split()[0]}\n{'=' * 78}\n{_python_licence()}")
    return "\n".join(parts)


def _shipped() -> set[str]:
    """The packages of the client's list that are installed here."""
    lines = (ROOT / "requirements/client.txt").read_text("utf-8").splitlines()
    names = {line.split("==")[0].strip() for line in lines if re.match(r"[\w.-]+==", line)}
    installed = {
        str(dist.metadata["Name"]).lower().replace("_", "-") for dist in metadata.distributions()
    }
    return {name for name in names if name.lower().replace("_", "-") in installed}


def _legal_texts(dist: metadata.Distribution) -> Iterator[str]:
    for file in dist.files or ():
        if ".dist-info" in str(file) and _LEGAL.search(file.name):
            yield Path(str(file.locate())).read_text("utf-8", "replace")


def _python_licence() -> str:
    for folder in (sysconfig.get_path("stdlib"), sys.base_prefix):
        for name in ("LICENSE.txt", "LICENSE"):
            if (path := Path(folder) / name).is_file():
                return path.read_text("utf-8")
    return "Python Software Foundation License Version 2, https://docs.python.org/3/license.html\n"


def _python() -> Component:
    return Component("generic", "python", sys.version.split()[0])


def _owner(path: Path) -> Component | None:
    """None: our own."""
    resolved = path.resolve()
    found = _wheels().get(path) or _wheels().get(resolved)
    if found is not None:
        return found
    for name in ("libvpx", "winpthread"):
        if name in path.name:
            version = VPX_PINS.read_text("utf-8").split("==")[1].split()[0]
            return Component("generic", name, version)
    own = ROOT in resolved.parents and "site-packages" not in resolved.parts
    made = "bridge-build-" in str(path)
    if own or made:
        return None
    if Path(sys.base_prefix).resolve() in resolved.parents and not _is_system(resolved):
        return _python()
    return _system(resolved)


def _is_system(path: Path) -> bool:
    """Whether a library of the system lies where the system's Python lives, too."""
    return "python" not in path.as_posix().lower()


@lru_cache
def _wheels() -> dict[Path, Component]:
    """Every installed file with the package it came with."""
    found: dict[Path, Component] = {}
    for dist in metadata.distributions():
        part = Component("pypi", str(dist.metadata["Name"]).lower(), dist.version)
        for file in dist.files or ():
            path = Path(str(dist.locate_file(file)))
            found[path] = found[path.resolve()] = part
    return found


@lru_cache
def _system(path: Path) -> Component:
    """The Debian package that a library came with; Windows' own come with nothing."""
    if platform.system() == "Windows":
        return Component("generic", "windows", "10")
    for name in (str(path), str(path).removeprefix("/usr")):
        ran = subprocess.run(["dpkg", "-S", name], capture_output=True, text=True)
        if ran.returncode == 0:
            package = ran.stdout.split(": ")[0].split(",")[0]
            asked = ["dpkg-query", "-W", "-f=${Version}", package]
            version = subprocess.run(asked, capture_output=True, text=True).stdout
            return Component("deb", package.split(":")[0], version)
    raise BuildFault(f"Nobody knows whose work {path} is, and so its licence neither.")
