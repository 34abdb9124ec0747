"""Builds twice and compares, byte by byte: one commit on one machine makes one program.

    python3 installers/twice.py

Only the day that is written in may differ, when midnight (UTC) lies between the two.
"""

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts import environment  # noqa: E402


def main() -> int:
    """The exit code: 1 when the two differ."""
    environment.enter(environment.BUILD)
    from installers.archive import sha256
    from installers.building import build
    from installers.fault import BuildFault

    with tempfile.TemporaryDirectory(prefix="bridge-twice-") as scratch:
        sums = []
        for name in ("first", "second"):
            try:
                product = build(Path(scratch) / name, None)
            except (BuildFault, OSError) as problem:
                print(f"Nothing was built. {problem}", file=sys.stderr)
                return 2
            sums.append({file.name: sha256(file) for file in product.files})
    for name, digest in sums[0].items():
        print(f"{name}: {'the same' if sums[1][name] == digest else 'DIFFERENT'}")
    return 0 if sums[0] == sums[1] else 1


if __name__ == "__main__":
    sys.exit(main())
