"""The pieces of what is sent, one read ahead of the one on its way, and the sum of them all."""

import asyncio
import hashlib

from client.net.files.blocking import off_loop
from client.net.files.reading import Pieces, Unreadable
from client.session.file_source import Source
from protocol import limits


class Rewound(Exception):
    """An earlier piece is wanted than the last one."""


class Ahead:
    """Two pieces are in memory at most, however large the file is."""

    def __init__(self, source: Source, size: int) -> None:
        self._pieces = Pieces(source)
        self._sum = hashlib.sha256()
        self._size = size
        self._read = 0
        self._held: dict[int, bytes] = {}
        self._coming: asyncio.Task[bytes] | None = None
        self.count = -(-size // limits.FILE_PIECE_BYTES)

    async def piece(self, number: int) -> bytes:
        """Piece `number`, from 0; those before it are counted and forgotten. Raises `Unreadable`,
        also for a file of another length, and `Rewound`."""
        for older in [one for one in self._held if one < number]:
            del self._held[older]
        if number not in self._held and number < self._read:
            raise Rewound
        while number not in self._held:
            self._begin()
            await self._arrived(number)
        self._begin()
        return self._held[number]

    async def whole(self) -> str:
        """The SHA-256 of all, in hexadecimal digits. Raises `Unreadable`."""
        while self._read < self.count:
            self._held.clear()
            self._begin()
            await self._arrived(self.count)
        if await off_loop(self._pieces.next):
            raise Unreadable
        return self._sum.hexdigest()

    async def close(self) -> None:
        """Close what is open."""
        if self._coming is not None:
            await asyncio.wait({self._coming})
            if not self._coming.cancelled():
                self._coming.exception()
        await off_loop(self._pieces.close)

    def _begin(self) -> None:
        if self._coming is None and self._read < self.count:
            self._coming = asyncio.ensure_future(off_loop(self._next))

    async def _arrived(self, wanted: int) -> None:
        """Take in the piece that is being read, and keep it if it is of use."""
        coming = self._coming
        if coming is None:
            return
        data = await asyncio.shield(coming)
        self._coming = None
        if self._read >= wanted:
            self._held[self._read] = data
        self._read += 1

    def _next(self) -> bytes:
        piece = self._pieces.next()
        left = self._size - self._read * limits.FILE_PIECE_BYTES
        if len(piece) != min(limits.FILE_PIECE_BYTES, left):
            raise Unreadable
        self._sum.update(piece)
        return piece
