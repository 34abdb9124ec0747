"""SIGINT and SIGTERM as a Qt signal: Python's handlers do not run while Qt's loop waits."""

import signal
import socket

from PySide6.QtCore import QObject, QSocketNotifier, Signal, Slot

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Interrupts(QObject):
    """Emits `came` in the main thread, where it must be made, until `restore` is called."""

    came = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)
        self._before = {number: signal.signal(number, _wake_only) for number in SIGNALS}
        self._wakeup_before = signal.set_wakeup_fd(self._writer.fileno())
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._read)

    def restore(self) -> None:
        """Put everything back as it was."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._wakeup_before)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._reader.close()
        self._writer.close()

    @Slot()
    def _read(self) -> None:
        self._reader.recv(64)
        self.came.emit()


def _wake_only(_number: int, _frame: object) -> None:
    """Python writes to the wakeup socket before it calls this; the rest happens there."""
