"""Writes the hashed lists in `requirements/` from the short ones beside them, with uv.

    python3 scripts/lock.py               keep the present versions where they still fit
    python3 scripts/lock.py --upgrade     take the newest that fit

`dev` holds everything; `relay` and `client` are its parts and keep to its versions. `vpx` stands
apart: nothing of it is installed, one file is taken out of it (see `fetch_vpx.py`). `windows` is
for the client under Wine; it has no markers, since pip reads them for the system that it runs on.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts import environment  # noqa: E402

WHOLE = "dev"
PARTS = ("relay", "client")
APART = "vpx"
WINE = "windows"
OLDER_UNDER_WINE = "numpy"

COMPILE = (
    *("pip", "compile", "--quiet", "--generate-hashes", "--python-version=3.11"),
    *("--no-header", "--no-annotate", "--override=requirements/overrides.txt"),
)


def compile_list(name: str, *more: str, systems: str = "--universal") -> None:
    """Writes `requirements/<name>.txt`. Raises `CalledProcessError` when no versions fit."""
    files = (f"--output-file=requirements/{name}.txt", f"requirements/{name}.in")
    command = [sys.executable, "-m", "uv", *COMPILE, systems, *more, *files]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    print(f"requirements/{name}.txt")


def compile_for_wine(*more: str) -> None:
    """The versions of the whole list, but for the package that Wine cannot take yet."""
    whole = (ROOT / "requirements" / f"{WHOLE}.txt").read_text("utf-8").splitlines()
    pins = [line.removesuffix(" \\") for line in whole if "==" in line and line[0] != " "]
    kept = [pin for pin in pins if not pin.startswith(f"{OLDER_UNDER_WINE}==")]
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(kept))
        file.flush()
        same = f"--constraint={file.name}"
        compile_list(WINE, *more, same, systems="--python-platform=windows")


def main() -> None:
    """Writes the whole list, then its parts and what stands apart."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions")
    upgrade = ["--upgrade"] if parser.parse_args().upgrade else []
    compile_list(WHOLE, *upgrade)
    for name in PARTS:
        compile_list(name, *upgrade, f"--constraint=requirements/{WHOLE}.txt")
    compile_list(APART)
    compile_for_wine(*upgrade)


if __name__ == "__main__":
    environment.enter(environment.TOOLS)
    main()
