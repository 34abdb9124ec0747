"""Bring one file to the relay, whatever the connection does meanwhile."""

from collections.abc import Callable

from client.net.files.ahead import Ahead, Rewound
from client.net.files.patience import Patience
from client.net.files.way import Broken, OutOfStep, Way
from client.session.file_source import Source
from protocol import limits
from protocol.files import FileStanding

Told = Callable[[int], None]


async def upload(way: Way, source: Source, size: int, told: Told, patience: Patience) -> None:
    """Send what the relay has not got, then the sum of all; `told` hears how many bytes are on
    their way or there. Raises `Unreadable` and `Refused`."""
    while True:
        ahead = Ahead(source, size)
        try:
            await _Sending(way, ahead, told, patience).run()
        except Rewound:  # the relay has lost some: from the beginning
            continue
        finally:
            await ahead.close()
        return


class _Sending:
    def __init__(self, way: Way, ahead: Ahead, told: Told, patience: Patience) -> None:
        self._way = way
        self._ahead = ahead
        self._told = told
        self._patience = patience

    async def run(self) -> None:
        standing: FileStanding | None = None
        while True:
            try:
                # An answer that was lost may have been a yes: what is stored is not sent again.
                standing = standing or await self._way.standing()
                self._told(standing.done)
                if standing.pieces >= self._ahead.count:
                    await self._way.finish(await self._ahead.whole())
                    return
                standing = await self._put(standing.pieces)
                self._patience.calm()
            except (Broken, OutOfStep):
                standing = None
                await self._patience.rest()

    async def _put(self, number: int) -> FileStanding:
        piece = await self._ahead.piece(number)
        before = number * limits.FILE_PIECE_BYTES
        return await self._way.put(number, piece, lambda sent: self._told(before + sent))
