"""Writes the hashed lists in `requirements/` from the short ones beside them, with uv.

    python3 scripts/lock.py               keep the present versions where they still fit
    python3 scripts/lock.py --upgrade     take the newest that fit

`dev` holds everything; `relay` and `client` are its parts and keep to its versions. `vpx` stands
apart: nothing of it is installed, one file is taken out of it (see `fetch_vpx.py`).
"""

import argparse
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts import environment  # noqa: E402

WHOLE = "dev"
PARTS = ("relay", "client")
APART = "vpx"

COMPILE = (
    *("pip", "compile", "--quiet", "--universal", "--generate-hashes", "--python-version=3.11"),
    *("--no-header", "--no-annotate", "--override=requirements/overrides.txt"),
)


def compile_list(name: str, *more: str) -> None:
    """Writes `requirements/<name>.txt`. Raises `CalledProcessError` when no versions fit."""
    files = (f"--output-file=requirements/{name}.txt", f"requirements/{name}.in")
    command = [sys.executable, "-m", "uv", *COMPILE, *more, *files]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    print(f"requirements/{name}.txt")


def main() -> None:
    """Writes the whole list, then its parts and what stands apart."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions")
    upgrade = ["--upgrade"] if parser.parse_args().upgrade else []
    compile_list(WHOLE, *upgrade)
    for name in PARTS:
        compile_list(name, *upgrade, f"--constraint=requirements/{WHOLE}.txt")
    compile_list(APART)


if __name__ == "__main__":
    environment.enter(environment.TOOLS)
    main()
