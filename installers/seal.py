"""Writes checksums and parts lists anew for files that were signed after they were built.

    python3 installers/seal.py dist/support-bridge-windows-x86_64.exe

A signature changes the file, and with it its SHA-256; what was packed stays what it was.
"""

import argparse
import json
import sys
import uuid
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from installers.archive import sha256, write_sum  # noqa: E402


def seal(file: Path) -> None:
    """Writes `FILE.sha256`, and the sum in `FILE.cdx.json`. Raises `OSError` where one of the two
    files is not there, `ValueError` for a list that was not written by the build."""
    beside = file.with_name(f"{file.name}.cdx.json")
    told = json.loads(beside.read_text("utf-8"))
    try:
        told["metadata"]["component"]["hashes"][0]["content"] = sha256(file)
    except (KeyError, IndexError, TypeError):
        raise ValueError(f"{beside} is no parts list of a build.") from None
    told["serialNumber"] = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, sha256(file))}"
    beside.write_text(f"{json.dumps(told, indent=1, ensure_ascii=False)}\n", "utf-8")
    write_sum(file)


def main() -> int:
    """The exit code: 2 when a file is missing or none of ours."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("files", type=Path, nargs="+", help="what was signed")
    for file in parser.parse_args().files:
        try:
            seal(file)
        except (OSError, ValueError) as problem:
            print(problem, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
