"""Where the window's thread and the network's meet: the one file that knows both sides.

Inputs come over as a signal, which Qt queues into the main thread; effects go the other way by
`call_soon_threadsafe`. What passes is frozen.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from client.config import ClientConfig
from client.gate import Gate
from client.net.files.saving import Place
from client.net.surroundings import Surroundings, Unsent
from client.net.thread import NetThread
from client.session.effects import NetEffect
from protocol.channel import Header


class Bridge(QObject):
    """Lives in the main thread. Connect `given` with a queued connection to a slot there.

    `channel` hears what viewers send, in the network thread; it must not block.
    """

    given = Signal(object)

    def __init__(
        self,
        config: ClientConfig,
        gate: Gate,
        channel: Callable[[Header, bytes], None],
        unsent: Unsent,
        place: Place,
    ) -> None:
        super().__init__()
        self._net = NetThread(config, Surroundings(gate, self.given.emit, channel, unsent, place))

    def start(self) -> None:
        """Start the network thread."""
        self._net.start()

    def carry_out(self, effect: NetEffect) -> None:
        """Hand `effect` to the network thread; never blocks."""
        self._net.carry_out(effect)

    def offer(self, header: Header, payload: bytes) -> None:
        """Hand a message of the channel to the network thread, from any thread; never blocks."""
        self._net.offer(header, payload)

    def stop(self) -> None:
        """Begin the network's end: the link is closed with a reason, then the loop stops."""
        self._net.stop()

    def join(self, seconds: float) -> bool:
        """Wait for the network thread at most so long; whether it has ended."""
        return self._net.join(seconds)
