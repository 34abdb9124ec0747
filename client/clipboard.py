"""The customer's clipboard, as far as the gate lets it: text out, text in, and nothing else.

Used in the window's thread, except for `hear`, which the network thread calls.
"""

from collections.abc import Callable
from itertools import count

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from client.gate import Gate
from client.platform.base import Clipboard
from client.session.share_inputs import TextPut
from protocol import clipboard
from protocol.channel import Flag, Header, Kind
from protocol.errors import RemoteProtocolError

PAUSE_MS = 200
"""Text is put on the clipboard at most so often; the newest one wins."""


class Exchange(QObject):
    """`send` hands a channel message to the network, `tell` an input to the window."""

    _came = Signal(object, str)

    def __init__(
        self,
        gate: Gate,
        board: Clipboard,
        send: Callable[[Header, bytes], None],
        tell: Callable[[TextPut], None],
    ) -> None:
        super().__init__()
        self._gate = gate
        self._board = board
        self._send = send
        self._tell = tell
        self._numbers = count(1)
        self._theirs = ""
        self._waiting: tuple[Header, str] | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._put)
        self._came.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Hear of what is copied from now on; it is read only while somebody may get it."""
        self._board.listen(self._copied)

    def stop(self) -> None:
        """Nothing goes either way any longer."""
        self._board.close()
        self._pause.stop()
        self._waiting = None

    def hear(self, header: Header, payload: bytes) -> None:
        """What a representative sent. Never blocks."""
        try:
            text = clipboard.decode(payload)
        except RemoteProtocolError:
            return
        self._came.emit(header, text)

    def _copied(self) -> None:
        permit = self._gate.permit
        with self._gate.copying(permit.epoch) as allowed:
            if not allowed:
                return
            text = self._board.text()
        if text == self._theirs or not clipboard.fits(text):
            return
        self._theirs = ""
        number = next(self._numbers)
        header = Header(Kind.CLIPBOARD, Flag(0), 0, permit.epoch, permit.share, number, 0)
        self._send(header, clipboard.encode(text))

    @Slot(object, str)
    def _take(self, header: Header, text: str) -> None:
        self._waiting = header, text
        if not self._pause.isActive():
            self._put()

    @Slot()
    def _put(self) -> None:
        if self._waiting is None:
            return
        (header, text), self._waiting = self._waiting, None
        with self._gate.pasting(header.epoch, header.sender) as allowed:
            if not allowed:
                return
            self._theirs = text  # so that it does not go back as something the customer copied
            self._board.put(text)
        self._pause.start(PAUSE_MS)
        self._tell(TextPut(header.sender))
