"""Builds the customer's client for this system.

    python3 installers/build_client.py --dist DIR
    python3 installers/build_client.py --dist DIR --relay https://help.example.org \
        --organisation "Acme Support" --identity TEXT

With the three it is a release: it knows its relay and takes no other. `TEXT` is what
`bridge-relay identity` prints. Without, it is a development build.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts import environment  # noqa: E402

NAME = "bridge-client"
RELEASE = ("relay", "organisation", "identity")


def build(dist: Path, release: dict[str, str] | None = None) -> Path:
    """The program in the folder built below `dist`; its size is that of the folder.

    Raises `RuntimeError` with the end of PyInstaller's log when the build fails.
    """
    with tempfile.TemporaryDirectory(prefix="bridge-build-") as work:
        options = ["--noconfirm", "--log-level=WARN", f"--distpath={dist}", f"--workpath={work}"]
        command = [sys.executable, "-m", "PyInstaller", *options, "installers/client.spec"]
        if release:
            built = Path(work) / "built.json"
            built.write_text(json.dumps(release), "utf-8")
            command += ["--", "--built", str(built)]
        ran = subprocess.run(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
    if ran.returncode:
        raise RuntimeError("\n".join(ran.stdout.splitlines()[-30:]))
    return dist / NAME / (f"{NAME}.exe" if sys.platform == "win32" else NAME)


def size_of(folder: Path) -> int:
    """All bytes below `folder`."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return sum(path.stat().st_size for path in files)


def main() -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--dist", type=Path, required=True, help="folder to build into")
    for name in RELEASE:
        parser.add_argument(f"--{name}", help="for a release")
    arguments = parser.parse_args()
    given = {name: getattr(arguments, name) for name in RELEASE if getattr(arguments, name)}
    if given and len(given) < len(RELEASE):
        parser.error(f"a release needs all of {', '.join(RELEASE)}")
    program = build(arguments.dist.resolve(), given or None)
    print(f"{program}  ({size_of(program.parent) / 1e6:.0f} MB)")
    return 0


if __name__ == "__main__":
    environment.enter(environment.TOOLS)
    sys.exit(main())
