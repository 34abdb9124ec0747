"""May what lies in the bundle be shipped? Every part must stand in `licences.toml`, under a
licence that allows it: free ones without conditions on us, and the LGPL for libraries that stay
replaceable.
"""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

from installers.components import Component
from installers.fault import BuildFault

TABLE = Path(__file__).with_name("licences.toml")

ALLOWED = frozenset({
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "FTL", "HPND", "IJG", "ISC",
    "LGPL-2.1-or-later", "LGPL-3.0-only", "LGPL-3.0-or-later", "MIT", "MIT-0", "MIT-CMU",
    "MPL-2.0", "PSF-2.0", "Unicode-3.0", "X11", "Zlib", "bzip2-1.0.6", "blessing", "libpng-2.0",
    "curl", "ICU", "LicenseRef-PublicDomain", "GPL-3.0-or-later WITH GCC-exception-3.1",
    "AFL-2.1", "NCSA", "Apache-2.0 WITH LLVM-exception",
})  # fmt: skip

Table = dict[str, dict[str, str]]


def table(path: Path = TABLE) -> Table:
    """Licence (SPDX expression) by name, for each kind of part; Debian packages by pattern."""
    return tomllib.loads(path.read_text("utf-8"))


def licence_of(part: Component, known: Table) -> str:
    """The SPDX expression; empty for a part that nobody has looked at."""
    for pattern, licence in known.get(part.kind, {}).items():
        if re.fullmatch(pattern, part.name):
            return licence
    return ""


def check(parts: Iterable[Component], known: Table | None = None) -> None:
    """Raises `BuildFault` with every part that may not be shipped, or that nobody knows."""
    known = table() if known is None else known
    licences = {part: licence_of(part, known) for part in parts}
    unknown = [
        f"{part.name} {part.version} [{part.kind}]" for part in licences if not licences[part]
    ]
    if unknown:
        raise BuildFault(
            "installers/licences.toml does not say under which licence these come, that would be"
            f" packed: {', '.join(unknown)}. Look at each: add a line if it may be shipped,"
            " otherwise exclude it in installers/slimming.py."
        )
    wrong = [
        f"{one.name} {one.version} ({text})" for one, text in licences.items() if not allows(text)
    ]
    if wrong:
        raise BuildFault(f"This may not be in what ships: {', '.join(wrong)}.")


def allows(licence: str) -> bool:
    """Whether an SPDX expression leaves us a licence that is allowed: `OR` takes any, `AND` all."""
    return any(
        all(one.strip(" ()") in ALLOWED for one in choice.split(" AND "))
        for choice in licence.split(" OR ")
    )
