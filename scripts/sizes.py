"""Files of at most 400 lines, functions of at most 40: what is larger does too much.

    python3 scripts/sizes.py

Generated files, text catalogues and lock files are data and stand apart.
"""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts import page_source  # noqa: E402

FILE_LINES = 400
FUNCTION_LINES = 40

KINDS = frozenset({".py", ".js", ".css", ".html", ".spec"})
GENERATED = frozenset(
    {
        "relay/web/js/protocol.js",
        "relay/web/js/protocol_more.js",
        "relay/web/css/tokens.css",
    }
)


class Function(NamedTuple):
    name: str
    line: int
    lines: int


def source_files(root: Path = ROOT) -> list[Path]:
    """The files of the project that people write, as git knows them (new ones included)."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.splitlines()
    return [
        root / name
        for name in sorted(set(listing) - GENERATED)
        if Path(name).suffix in KINDS and (root / name).is_file()
    ]


def functions(path: Path) -> list[Function]:
    """The functions of a Python or JavaScript file; none in other files."""
    text = path.read_text("utf-8")
    if path.suffix in {".py", ".spec"}:
        return list(_python_functions(ast.parse(text)))
    if path.suffix == ".js":
        return [Function(*found) for found in page_source.functions(text)]
    return []


def problems(path: Path) -> Iterator[str]:
    """What is too large in one file, a line of text each."""
    lines = len(path.read_text("utf-8").splitlines())
    if lines > FILE_LINES:
        yield f"{path}: {lines} lines, at most {FILE_LINES}"
    for function in functions(path):
        if function.lines > FUNCTION_LINES:
            where = f"{path}:{function.line}: {function.name}"
            yield f"{where} has {function.lines} lines, at most {FUNCTION_LINES}"


def _python_functions(tree: ast.AST) -> Iterator[Function]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            last = node.end_lineno or node.lineno
            yield Function(node.name, node.lineno, last - node.lineno + 1)


def main() -> int:
    """The exit code: 1 when something is too large."""
    files = source_files()
    found = [problem.replace(f"{ROOT}/", "") for path in files for problem in problems(path)]
    print("\n".join(found) or f"{len(files)} files and their functions are small enough")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
