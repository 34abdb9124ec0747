"""A program as its page offers it."""

from typing import NamedTuple

from protocol.catalogue import Catalogue
from relay.domain.notices import System
from relay.domain.programs import Program, megabytes, saved_as
from relay.http.visits import SYSTEMS


class Offer(NamedTuple):
    """`system` is what the big button says, `machine` tells the files of a system apart; `saved`
    is the name under which `href` is saved. `size` is in MB."""

    name: str
    kind: System
    system: str
    machine: str
    href: str
    saved: str
    size: str
    sha256: str
    version: str
    built: str


def offer(program: Program, code: str, texts: Catalogue) -> Offer:
    """For somebody with this code."""
    build = program.build
    system = SYSTEMS[build.system]
    chips = {"arm64": texts("program.mac_apple"), "x86_64": texts("program.mac_intel")}
    machine = chips[build.architecture] if build.system is System.MACOS else system
    return Offer(
        name=program.name,
        kind=build.system,
        system=system,
        machine=machine,
        href=f"/download/{code}/{program.name}",
        saved=saved_as(build, code),
        size=megabytes(program.size, texts.language),
        sha256=program.sha256,
        version=program.version,
        built=program.built,
    )
