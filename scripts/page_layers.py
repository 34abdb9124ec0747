"""Who may import whom in the pages: core < chat and its equals < pages.

python3 scripts/page_layers.py
"""

import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts import page_source  # noqa: E402

MODULES = ROOT / "relay/web/js"
PROTOCOL = frozenset({"protocol.js", "protocol_more.js"})
CORE, PAGES = "core", "pages"


def may_import(importer: str, imported: str) -> bool:
    """Whether a module in folder `importer` may use one in folder `imported` (or the protocol)."""
    if imported in PROTOCOL or importer == imported:
        return True
    if importer == PAGES:
        return True
    return imported == CORE and importer not in PROTOCOL


def problems(root: Path = MODULES) -> Iterator[str]:
    """Each import that breaks the order or leaves the folder, a line of text each."""
    for path in sorted(root.rglob("*.js")):
        module = path.relative_to(root)
        for target in page_source.imports(path.read_text("utf-8")):
            resolved = _resolved(module.parent, target)
            if resolved is None or not (root / resolved).is_file():
                yield f"{module}: {target} is not a module of the pages"
            elif not may_import(module.parts[0], resolved.parts[0]):
                yield f"{module} may not import {resolved}"


def _resolved(folder: Path, target: str) -> PurePosixPath | None:
    parts: list[str] = [*folder.parts]
    if not target.startswith("."):
        return None
    for part in target.split("/"):
        if part == ".." and parts:
            parts.pop()
        elif part == "..":
            return None
        elif part != ".":
            parts.append(part)
    return PurePosixPath(*parts)


def main() -> int:
    """The exit code: 1 when a module imports what it may not."""
    found = list(problems())
    print("\n".join(found) or "the pages' modules keep to their layers")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
