"""The threads that show and act, and the gate before them: built, told and ended together.

Used in the window's thread, except for `hear`, which the network thread calls.
"""

import importlib
import logging
import threading
from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING

from client.frames import FrameBook
from client.gate import Gate
from client.platform.base import Unavailable
from client.platform.desktop import CustomerWatch, Desktop
from client.session.permit import NOTHING_ALLOWED, Permit
from client.session.share_inputs import EndKeySet, EndShareWanted
from protocol.channel import Flag, Header, Kind
from protocol.screen import ScreenMessage, encode

if TYPE_CHECKING:
    from client.capture.loop import CaptureThread
    from client.input.thread import InputThread

_HEAVY = ("client.capture.loop", "client.capture.vpx_file", "client.input.thread")
"""Array and picture libraries come with these: most of what the program has to load."""

_log = logging.getLogger(__name__)


class Workers:
    """`send` hands a channel message to the network and `tell` an input to the window; both may
    be called from any thread.
    """

    def __init__(
        self,
        gate: Gate,
        desktop: Desktop,
        send: Callable[[Header, bytes], None],
        tell: Callable[[object], None],
    ) -> None:
        self._gate = gate
        self._desktop = desktop
        self._send = send
        self._tell = tell
        self._permit = NOTHING_ALLOWED
        self._watch: CustomerWatch | None = None
        self._numbers = count(1)
        self._capture: CaptureThread | None = None
        self._input: InputThread | None = None
        self._loading = threading.Thread(target=_load, name="loading", daemon=True)

    def start(self) -> None:
        """Load in the background what a share will need; the threads start with the first one."""
        self._loading.start()

    def follow(self, permit: Permit, *, goes_on: bool) -> None:
        """Do what `permit` allows from now on, and nothing else. `goes_on`: there is a share,
        though perhaps nothing is shown for the moment."""
        if goes_on != (self._watch is not None):
            self._listen(wanted=goes_on)
        if permit == self._permit:
            return
        before, self._permit = self._permit, permit
        capture, hands = self._threads()
        self._gate.allow(permit)
        capture.wake()
        if before.controllers.keys() - permit.controllers.keys() or before.epoch != permit.epoch:
            hands.release()

    def end_now(self) -> None:
        """Stop everything in this very call: from its return on nothing is grabbed, given to the
        socket or injected."""
        self._gate.shut()
        self._permit = NOTHING_ALLOWED
        if self._capture is not None and self._input is not None:
            self._capture.wake()
            self._input.release()

    def hear(self, header: Header, payload: bytes) -> None:
        """What a viewer of the running share sent. Never blocks."""
        listener = self._input if header.kind is Kind.INPUT else self._capture
        if listener is not None:
            listener.heard(header, payload)

    def stop(self) -> None:
        """Let the threads end; what is pressed goes up first."""
        self.end_now()
        self._listen(wanted=False)
        for worker in (self._capture, self._input):
            if worker is not None:
                worker.stop()

    def join(self, seconds: float) -> bool:
        """Wait for each thread at most so long; whether all have ended."""
        ended = True
        for worker in (self._capture, self._input):
            ended = (worker is None or worker.join(seconds)) and ended
        return ended

    def _threads(self) -> "tuple[CaptureThread, InputThread]":
        if self._capture is None or self._input is None:
            from client.capture.loop import CaptureThread
            from client.capture.vpx_file import vpx_file
            from client.input.thread import InputThread

            frames = FrameBook()
            self._input = InputThread(self._gate, frames, self._desktop, self._say, self._tell)
            self._capture = CaptureThread(
                self._gate, frames, self._desktop, self._send, self._tell, vpx_file()
            )
            self._input.start()
            self._capture.start()
        return self._capture, self._input

    def _listen(self, *, wanted: bool) -> None:
        """The customer's own hand and the END key, while there is something to end."""
        if wanted and self._watch is None:
            watch = self._desktop.watch(self._threads()[1].rest, self._end_key)
            if isinstance(watch, Unavailable):
                _log.info("no END key and no hand to be seen: %s", watch.why)
            else:
                self._watch = watch
            self._tell(EndKeySet(works=self._watch is not None and self._watch.has_end_key))
        elif not wanted and self._watch is not None:
            self._watch.close()
            self._watch = None

    def _end_key(self) -> None:
        """Pressed anywhere on the desktop; called in the watch's thread."""
        self._gate.shut()
        self._tell(EndShareWanted())

    def _say(self, message: ScreenMessage) -> None:
        """Tell the viewers something of the input thread's."""
        permit = self._gate.permit
        if permit.shows:
            number = next(self._numbers)
            header = Header(Kind.SCREEN, Flag(0), 0, permit.epoch, permit.share, number, 0)
            self._send(header, encode(message))


def _load() -> None:
    for name in _HEAVY:
        importlib.import_module(name)
