"""How long to wait before a further try."""

import asyncio
import contextlib
from collections.abc import Callable, Iterator


class Patience:
    """The waits grow until something works; `hurry` ends the one that is under way."""

    def __init__(self, fresh_delays: Callable[[], Iterator[float]]) -> None:
        self._fresh_delays = fresh_delays
        self._delays = fresh_delays()
        self._hurry = asyncio.Event()

    def calm(self) -> None:
        """Something works."""
        self._delays = self._fresh_delays()

    def hurry(self) -> None:
        """Try again at once."""
        self._hurry.set()

    async def rest(self) -> None:
        """Wait."""
        self._hurry.clear()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(next(self._delays)):
                await self._hurry.wait()
