"""The network thread. It imports aiohttp itself, so that the window need not wait for that."""

import asyncio
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from client.config import ClientConfig
from client.session.effects import NetEffect
from client.session.inputs import Input

if TYPE_CHECKING:
    from client.net.switchboard import Switchboard


class NetThread:
    """Runs one asyncio loop in a thread of its own from `start` to `stop`.

    `tell` is called in that thread with every input the network brings.
    """

    def __init__(self, config: ClientConfig, tell: Callable[[Input], None]) -> None:
        self._config = config
        self._tell = tell
        self._loop = asyncio.new_event_loop()
        self._stopping = asyncio.Event()
        self._board: Switchboard | None = None
        self._waiting: list[NetEffect] = []
        self._thread = threading.Thread(target=self._run, name="net", daemon=True)

    def start(self) -> None:
        """Start the thread; effects may be handed in from now on."""
        self._thread.start()

    def carry_out(self, effect: NetEffect) -> None:
        """Have `effect` carried out. Called from any other thread; never blocks."""
        self._loop.call_soon_threadsafe(self._take, effect)

    def stop(self) -> None:
        """Close the link with a reason, then let the loop end."""
        self._loop.call_soon_threadsafe(self._stopping.set)

    def join(self, seconds: float) -> bool:
        """Wait for the thread at most so long; whether it has ended."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve())

    async def _serve(self) -> None:
        from client.net.switchboard import Switchboard

        async with Switchboard(self._config, self._tell) as board:
            self._board = board
            for effect in self._waiting:
                board.carry_out(effect)
            self._waiting.clear()
            await self._stopping.wait()
            self._board = None

    def _take(self, effect: NetEffect) -> None:
        if self._board is None:
            self._waiting.append(effect)
        else:
            self._board.carry_out(effect)
