"""The customers' program as it is handed out: which files there may be, for whom, under which name.

Pure. The same signed bytes serve everybody; only the name under which a browser saves them carries
something, a join code.
"""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec

from relay.domain.notices import System, system_of

COMPONENT = "support-bridge-client"
_OURS = "support-bridge:"
_ARM = re.compile(r"\b(aarch64|arm64|armv\d\w*)\b", re.IGNORECASE)


class Build(NamedTuple):
    """One of the files that a release may have; `suffix` is what its name ends with.

    `spare` marks the second way where the first one cannot be started: a packed folder instead
    of one file.
    """

    name: str
    system: System
    architecture: str
    suffix: str
    spare: bool = False


BUILDS = {
    one.name: one
    for one in (
        Build("support-bridge-windows-x86_64.exe", System.WINDOWS, "x86_64", ".exe"),
        Build("support-bridge-macos-arm64.zip", System.MACOS, "arm64", ".zip"),
        Build("support-bridge-macos-x86_64.zip", System.MACOS, "x86_64", ".zip"),
        Build("support-bridge-linux-x86_64", System.LINUX, "x86_64", ""),
        Build("support-bridge-linux-x86_64.tar.xz", System.LINUX, "x86_64", ".tar.xz", spare=True),
    )
}
"""Every file there may be, by its name; of a system's the most likely one first."""


class Program(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is known of a file that is handed out. `size` in bytes, `sha256` in hexadecimal
    digits, `built` the day as the build says it, `added` in milliseconds since 1970."""

    name: str
    system: str
    architecture: str
    size: int
    sha256: str
    version: str
    built: str
    added: int

    @property
    def build(self) -> Build:
        return BUILDS[self.name]


class Choice(NamedTuple):
    """What a visitor is offered: the one for their machine, its second way, and the rest."""

    first: Program | None
    spare: Program | None
    others: tuple[Program, ...]


class Bill(NamedTuple):
    """What a bill of materials (CycloneDX) says of the file it belongs to; what it does not say
    is empty."""

    sha256: str
    version: str
    relay: str
    identity: str
    built: str
    development: bool


class Fetched:
    """The join codes under which somebody began to fetch a file, as far as it is remembered: of
    more than `most` the oldest are forgotten."""

    def __init__(self, most: int = 10_000) -> None:
        self._most = most
        self._codes: dict[str, None] = {}

    def add(self, code: str) -> None:
        """Somebody fetches a file under this code."""
        self._codes[code] = None
        if len(self._codes) > self._most:
            del self._codes[next(iter(self._codes))]

    def __contains__(self, code: str) -> bool:
        return code in self._codes


def bill_of(document: bytes) -> Bill | None:
    """None for what is no bill of our program."""
    try:
        component = msgspec.json.decode(document)["metadata"]["component"]
        if component["name"] != COMPONENT:
            return None
        said = {one["name"]: str(one["value"]) for one in component["properties"]}
        hashes = {one["alg"]: str(one["content"]) for one in component["hashes"]}
        version = str(component["version"])
    except (msgspec.DecodeError, LookupError, TypeError, UnicodeDecodeError):
        return None
    return Bill(
        sha256=hashes.get("SHA-256", "").lower(),
        version=version,
        relay=said.get(f"{_OURS}relay", ""),
        identity=said.get(f"{_OURS}identity", ""),
        built=said.get(f"{_OURS}built", ""),
        development=said.get(f"{_OURS}development", "false") != "false",
    )


def sum_in(text: str, name: str) -> str | None:
    """The SHA-256 that a line as `sha256sum` writes it gives for the file `name`."""
    found = re.fullmatch(r"([0-9A-Fa-f]{64}) [ *](.+)\n?", text)
    return found[1].lower() if found and found[2] == name else None


def saved_as(build: Build, code: str) -> str:
    """The name that a browser saves it under: `Support-K7PQ-2M9X-AB0C.exe`."""
    return f"Support-{code}{build.suffix}"


def choice(
    programs: Mapping[str, Program], user_agent: str = "", wished: str | None = None
) -> Choice:
    """What to offer to a browser; `wished` is the name of a file that was chosen already."""
    here = [programs[name] for name in BUILDS if name in programs]
    first = next((one for one in here if one.name == wished), None)
    if first is None:
        first = next((one for one in here if _runs(one.build, user_agent)), None)
    spare = None
    if first is not None and not first.build.spare:
        spare = next((one for one in here if one.build.spare and _alike(one, first)), None)
    others = (one for one in here if one not in (first, spare))
    return Choice(first, spare, tuple(one for one in others if not one.build.spare))


def is_handheld(user_agent: str) -> bool:
    """Whether it names a telephone or a tablet, for which there is no program."""
    return system_of(user_agent) in (System.ANDROID, System.IOS)


def megabytes(size: int, language: str) -> str:
    """`size` in MB with one digit: `68.8`, in German `68,8`. Never none at all."""
    said = f"{max(size / 1_000_000, 0.1):.1f}"
    return said.replace(".", ",") if language == "de" else said


def program_of(document: bytes) -> Program | None:
    """The reverse of a stored `Program`; None for what is none of ours."""
    try:
        program = msgspec.json.decode(document, type=Program)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    sound = re.fullmatch(r"[0-9a-f]{64}", program.sha256) and program.size > 0
    return program if sound and program.name in BUILDS else None


def _runs(build: Build, user_agent: str) -> bool:
    """Whether the machine of that browser is likely to run it. A browser on a Mac does not say
    which processor it has; one on Linux does."""
    if build.spare or system_of(user_agent) != build.system:
        return False
    return build.system is not System.LINUX or not _ARM.search(user_agent)


def _alike(one: Program, other: Program) -> bool:
    return (one.system, one.architecture) == (other.system, other.architecture)


def names(builds: Iterable[Build] = BUILDS.values()) -> str:
    """The names of the files that can be added, for a sentence."""
    return ", ".join(one.name for one in builds)


def manifest(build: Build, bill: Bill, size: int, added: int) -> Program:
    """What is kept beside the bytes of a file that was checked."""
    return Program(
        name=build.name,
        system=build.system.value,
        architecture=build.architecture,
        size=size,
        sha256=bill.sha256,
        version=bill.version,
        built=bill.built,
        added=added,
    )
