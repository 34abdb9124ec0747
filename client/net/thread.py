"""The network thread. It imports aiohttp itself, so that the window need not wait for that."""

import asyncio
import contextlib
import threading
from typing import TYPE_CHECKING

from client.config import ClientConfig
from client.session.effects import NetEffect
from protocol.channel import Header

if TYPE_CHECKING:
    from client.net.surroundings import Surroundings
    from client.net.switchboard import Switchboard


class NetThread:
    """Runs one asyncio loop in a thread of its own from `start` to `stop`."""

    def __init__(self, config: ClientConfig, around: "Surroundings") -> None:
        self._config = config
        self._around = around
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

    def offer(self, header: Header, payload: bytes) -> None:
        """Have a message of the channel sent, or dropped where the gate is shut by then. Called
        from any other thread; never blocks."""
        with contextlib.suppress(RuntimeError):  # the loop has ended already
            self._loop.call_soon_threadsafe(self._offer, header, payload)

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

        async with Switchboard(self._config, self._around) as board:
            self._board = board
            for effect in self._waiting:
                board.carry_out(effect)
            self._waiting.clear()
            await self._stopping.wait()
            self._board = None

    def _offer(self, header: Header, payload: bytes) -> None:
        if self._board is not None:
            self._board.offer(header, payload)

    def _take(self, effect: NetEffect) -> None:
        if self._board is None:
            self._waiting.append(effect)
        else:
            self._board.carry_out(effect)
