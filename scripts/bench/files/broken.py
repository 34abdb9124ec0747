"""A sender whose link breaks again and again: what does it send twice?"""

import asyncio
import hashlib
import random
from collections.abc import AsyncIterator

import aiohttp
import msgspec

from protocol import limits
from protocol.files import FileStanding, FileSum
from scripts.bench.files.parties import Agreed

PIECE = limits.FILE_PIECE_BYTES
PART = 64 * 1024
INTERRUPTIONS = 18


async def resent_bytes(http: aiohttp.ClientSession, agreed: Agreed, data: bytes) -> list[int]:
    """Send `data`, and lose the link in the middle of a piece 18 times; for each time, how many
    bytes were sent that had to be sent again."""
    chance = random.Random(1)  # noqa: S311 (only chooses where it breaks)
    pieces = -(-len(data) // PIECE)
    breaks = sorted(chance.choices(range(pieces), k=INTERRUPTIONS))
    wasted: list[int] = []
    at = 0
    while at < pieces:
        sending = _Sending(data[at * PIECE : (at + 1) * PIECE])
        if breaks and breaks[0] == at:
            breaks.pop(0)
            sending.stop_after = chance.randrange(1, PIECE)
            await sending.lost(http, agreed, at)
        else:
            async with http.put(
                f"{agreed.address}/{at}", data=sending.body(), headers=agreed.proof
            ) as answer:
                answer.raise_for_status()
        async with http.get(agreed.address, headers=agreed.proof) as answer:
            there = msgspec.json.decode(await answer.read(), type=FileStanding).pieces
        if sending.stop_after is not None:
            wasted.append(sending.sent if there == at else 0)
        at = there
    body = msgspec.json.encode(FileSum(sha256=hashlib.sha256(data).hexdigest()))
    headers = agreed.proof | {"Content-Type": "application/json"}
    async with http.post(agreed.address, data=body, headers=headers) as answer:
        answer.raise_for_status()
    return wasted


class _Sending:
    """One try at one piece."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._stuck = asyncio.Event()
        self.stop_after: int | None = None
        self.sent = 0

    async def body(self) -> AsyncIterator[bytes]:
        """The piece, as far as it gets."""
        for at in range(0, len(self._data), PART):
            if self.stop_after is not None and at >= self.stop_after:
                break
            some = self._data[at : at + PART]
            self.sent += len(some)
            yield some
        if self.stop_after is not None:
            self._stuck.set()
            await asyncio.Event().wait()

    async def lost(self, http: aiohttp.ClientSession, agreed: Agreed, piece: int) -> None:
        """Send until the link is lost."""
        address = f"{agreed.address}/{piece}"
        task = asyncio.ensure_future(
            http.request("PUT", address, data=self.body(), headers=agreed.proof)
        )
        await self._stuck.wait()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
