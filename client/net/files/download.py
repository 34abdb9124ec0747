"""Fetch one file from the relay, whatever the connection does meanwhile."""

from collections.abc import Callable

from client.net.files.blocking import off_loop
from client.net.files.patience import Patience
from client.net.files.saving import Part
from client.net.files.way import Broken, Way


class Damaged(Exception):
    """What arrived is not what was sent."""


async def download(
    way: Way, part: Part, sha256: str, told: Callable[[int], None], patience: Patience
) -> None:
    """Fill `part`; `told` hears how many bytes are saved. Raises `Damaged`, `Refused`, `NoRoom`,
    `Unwritable`."""

    async def keep(some: bytes) -> None:
        await off_loop(part.write, some)
        told(part.done)
        patience.calm()

    while part.done < part.size:
        try:
            await way.fetch(part.done, part.size, sha256, keep)
        except Broken:
            await patience.rest()
    if part.sha256() != sha256:
        raise Damaged
