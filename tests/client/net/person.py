"""A whole client without a window: controller and network on the test's own loop."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from client.config import ClientConfig
from client.gate import Gate
from client.net.files.saving import Place
from client.net.surroundings import Surroundings
from client.net.switchboard import Switchboard
from client.platform import current
from client.session.controller import Controller
from client.session.effects import PlaceEffect, Quit
from client.session.inputs import Input, JoinWanted, Said, Tick
from client.session.permit import NOTHING_ALLOWED
from client.session.permitting import permit_of
from client.session.share_inputs import EndShareWanted
from client.session.state import ClientState
from protocol.channel import Header
from protocol.facts import ChatPosted

PATIENCE_S = 10.0


class Person:
    """Acts by `take`; `until` waits for the client's state to become so. One who is `deaf` takes
    nothing in, as a window that hangs."""

    def __init__(self) -> None:
        self.controller = Controller(ClientState())
        self.board: Switchboard | None = None
        self.quit = False
        self.deaf = False
        self.gate = Gate()
        self._permit = NOTHING_ALLOWED
        self.heard: list[tuple[Header, bytes]] = []
        self.downloads = Path()
        self._changed = asyncio.Event()
        self._numbers = itertools.count()
        self._clock: asyncio.TimerHandle | None = None

    @property
    def state(self) -> ClientState:
        return self.controller.state

    @property
    def chat(self) -> list[str]:
        """The stored chat lines, oldest first."""
        log = self.state.snapshot.log if self.state.snapshot else ()
        return [fact.text for fact in log if isinstance(fact, ChatPosted)]

    def take(self, given: Input) -> None:
        """Hand in an input and have its effects carried out, as the application does."""
        if self.deaf:
            return
        loop = asyncio.get_running_loop()
        if isinstance(given, EndShareWanted):
            self.gate.shut()
        effects = self.controller.handle(given, loop.time())
        permit = permit_of(self.state, loop.time())
        if permit != self._permit:
            self._permit = permit
            self.gate.allow(permit)
        for effect in effects:
            if isinstance(effect, Quit):
                self.quit = True
            elif not isinstance(effect, PlaceEffect) and self.board is not None:
                self.board.carry_out(effect)
        if self._clock is not None:
            self._clock.cancel()
        due = self.controller.due()
        self._clock = loop.call_at(due, self.take, Tick()) if due is not None else None
        self._changed.set()

    def hear(self, header: Header, payload: bytes) -> None:
        """What viewers send on the channel."""
        self.heard.append((header, payload))
        self._changed.set()

    def say(self, text: str) -> None:
        """Send a chat line."""
        self.take(Said(f"client{next(self._numbers):04}", text))

    def join(self, key: str) -> None:
        """Use a session key."""
        self.take(JoinWanted(key, "Grace", "Debian 12"))

    async def until(self, condition: Callable[[ClientState], bool]) -> None:
        """Wait until the state is so. Raises `TimeoutError`."""
        async with asyncio.timeout(PATIENCE_S):
            while not condition(self.state):
                self._changed.clear()
                await self._changed.wait()

    def rest(self) -> None:
        """No more ticks."""
        if self._clock is not None:
            self._clock.cancel()


@asynccontextmanager
async def person(
    origin: str, ca: Path | None, identity: str = "", downloads: Path | None = None
) -> AsyncIterator[Person]:
    """Somebody whose client is for the relay at `origin`, and who saves files in `downloads`."""
    somebody = Person()
    somebody.downloads = downloads or Path()
    config = ClientConfig(relay=origin, ca=str(ca) if ca else "", identity=identity)
    place = Place(somebody.downloads, current().marker.mark)
    unsent = current().sockets.unsent
    around = Surroundings(somebody.gate, somebody.take, somebody.hear, unsent, place)
    async with Switchboard(config, around) as board:
        somebody.board = board
        yield somebody
        somebody.rest()
        somebody.board = None
