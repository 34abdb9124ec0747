"""Freezes the client and leaves what an operator hands out: files, checksums, parts lists."""

import contextlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from client.config import Release
from installers import archive, sbom
from installers.components import components, notices
from installers.fault import BuildFault
from installers.licences import check
from installers.macos.bundle import zipped
from installers.release import ROOT, built_from_here, epoch, module_source, target

FOLDER = "support-bridge"
"""The folder that PyInstaller makes, and that lies in the archive."""


class Product(NamedTuple):
    """What one build has left. `program` is the one in the unpacked folder, `files` are handed out,
    each with `.sha256` and `.cdx.json` beside it."""

    program: Path
    files: tuple[Path, ...]


def build(dist: Path, release: Release | None) -> Product:
    """Builds for this system into `dist`. What lies there under the same names is replaced, in the
    end and at once. Raises `BuildFault`."""
    built = built_from_here(release)
    dist.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bridge-build-") as scratch:
        work = Path(scratch)
        (work / "built_for.py").write_text(module_source(built), "utf-8")
        (work / "THIRD-PARTY.txt").write_text(notices(), "utf-8")
        _freeze(work)
        packed = json.loads((work / "packed.json").read_text("utf-8"))
        parts = components(packed)
        check(parts)
        made = tuple(_handed_out(work))
        for file in made:
            archive.write_sum(file)
            sbom.write(file, built, parts)
        return _moved(work, made, dist)


def _freeze(work: Path) -> None:
    options = ["--noconfirm", "--log-level=WARN"]
    places = [f"--distpath={work / 'out'}", f"--workpath={work / 'work'}"]
    told = [
        *("--built-for", str(work / "built_for.py")),
        *("--packed", str(work / "packed.json")),
        *("--notices", str(work / "THIRD-PARTY.txt")),
    ]
    command = [sys.executable, "-m", "PyInstaller", *options, *places, "installers/client.spec"]
    ran = subprocess.run(
        [*command, "--", *told],
        cwd=ROOT,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(epoch()), "PYTHONHASHSEED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if ran.returncode:
        raise BuildFault(
            "PyInstaller could not finish:\n" + "\n".join(ran.stdout.splitlines()[-30:])
        )


def _handed_out(work: Path) -> Iterator[Path]:
    """The files of this system, under their names in `work`."""
    out, name = work / "out", target()
    match platform.system():
        case "Darwin":
            yield zipped(out, work / f"{name}.zip")
        case "Windows":
            yield Path(shutil.move(out / f"{FOLDER}-file.exe", work / f"{name}.exe"))
        case _:
            yield Path(shutil.move(out / f"{FOLDER}-file", work / name))
            yield archive.pack(out / FOLDER, work / f"{name}.tar.xz", epoch())


def _moved(work: Path, made: tuple[Path, ...], dist: Path) -> Product:
    """Everything from `work` to `dist`."""
    files = []
    for file in made:
        for beside in sorted(work.glob(f"{file.name}.*")):
            if beside not in made:
                _replace(beside, dist / beside.name)
        files.append(_replace(file, dist / file.name))
    folder = dist / FOLDER
    with contextlib.suppress(FileNotFoundError):
        shutil.rmtree(folder)
    shutil.move(work / "out" / FOLDER, folder)
    ending = ".exe" if sys.platform == "win32" else ""
    return Product(folder / f"{FOLDER}{ending}", tuple(files))


def _replace(source: Path, target: Path) -> Path:
    """Moves a file so that `target` is never half there, also from another disk."""
    near = target.with_name(f".{target.name}.new")
    shutil.copy2(source, near)
    near.replace(target)
    return target
