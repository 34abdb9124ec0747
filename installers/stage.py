"""What the frozen program is tried on: a relay, a screen, a computer, and the program itself."""

import contextlib
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import NamedTuple

from client.config import Release
from installers.building import FOLDER, Product, build
from installers.computer import Computer
from installers.rehearsal import Duty, on_duty
from installers.release import target
from installers.representative import signed_in
from scripts.display import virtual_display
from scripts.stage.relay import (
    ORGANISATION,
    REPRESENTATIVE,
    Relay,
    ask,
    ensure_representative,
    running_relay,
)

PORT = 18_743
"""The release is built for this port, so it cannot be just any."""


class Stage(NamedTuple):
    """`product` was built for the relay at `origin`, whose folder is `data`."""

    work: Path
    data: Path
    origin: str
    product: Product

    @property
    def file(self) -> Path:
        """The one-file program."""
        return self.product.files[0]


def prepared(work: Path) -> Stage:
    """A relay's folder and a release for it in `work`; what is there already is taken. Raises
    `BuildFault`."""
    work.mkdir(parents=True, exist_ok=True)
    work.chmod(0o755)
    data, dist = work / "relay", work / "dist"
    data.mkdir(exist_ok=True)
    ensure_representative(data)
    origin = f"https://localhost:{PORT}"
    product = _built(dist)
    if product is None:
        release = Release(relay=origin, organisation=ORGANISATION, identity=ask(data, "identity"))
        product = build(dist, release)
    return Stage(work, data, origin, product)


def _built(dist: Path) -> Product | None:
    ending = ".exe" if sys.platform == "win32" else ""
    program = dist / FOLDER / f"{FOLDER}{ending}"
    files = [path for path in sorted(dist.glob(f"{target()}*")) if not _is_beside(path)]
    return Product(program, tuple(files)) if files and program.exists() else None


def _is_beside(path: Path) -> bool:
    return path.suffix in (".sha256", ".json", ".minisig")


@contextlib.contextmanager
def screen(stage: Stage, authority: Path) -> Iterator[Computer]:
    """A customer's computer with a screen."""
    with virtual_display() as display:
        yield Computer(stage.work / "customer", display, authority)


@contextlib.asynccontextmanager
async def staffed(relay: Relay) -> AsyncIterator[Duty]:
    """Ada at her desk."""
    link = relay.sign_in_link(REPRESENTATIVE)
    async with signed_in(relay.origin, relay.authority, link) as ada, on_duty(ada, relay) as duty:
        yield duty


def relay_of(stage: Stage) -> contextlib.AbstractContextManager[Relay]:
    """The relay that the release is for, running."""
    return running_relay(stage.data, PORT)
