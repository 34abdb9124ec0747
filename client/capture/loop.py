"""The thread that looks at the screen while it is shared, so that neither window nor link waits."""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

from client.capture.alarm import Alarm
from client.capture.codecs import Codecs
from client.capture.layouts import ALL
from client.capture.outgoing import Outgoing, Send
from client.capture.showing import Showing
from client.capture.ways import Ways
from client.frames import FrameBook
from client.gate import Gate
from client.platform.base import Unavailable
from client.platform.desktop import Desktop
from client.session.permit import Permit
from client.session.share_inputs import CaptureFailed
from protocol.channel import Header
from protocol.screen import Obstacle, Obstacles

HEARD = 1_000
"""Most messages of viewers that wait; the oldest are dropped."""

EARLY = 50
"""Most of them that are for an epoch which has not begun."""

_log = logging.getLogger(__name__)


class CaptureThread:
    """Sleeps while nothing is allowed. Everything is called from other threads, nothing blocks.

    `send` and `tell` are called in this thread; `vpx` is the codec's file, if there is one.
    """

    def __init__(
        self,
        gate: Gate,
        frames: FrameBook,
        desktop: Desktop,
        send: Send,
        tell: Callable[[object], None],
        vpx: Path | None,
    ) -> None:
        self._gate = gate
        self._desktop = desktop
        self._ways = Ways(gate, frames, send, tell, Codecs(vpx))
        self._heard: deque[tuple[Header, bytes]] = deque(maxlen=HEARD)
        self._alarm = Alarm()
        self._stopped = False
        self._showing: Showing | None = None
        self._epoch = self._refused = 0
        self._shown = (0, ALL)
        self._thread = threading.Thread(target=self._run, name="capture", daemon=True)

    def start(self) -> None:
        """Start the thread; it waits until something is allowed."""
        self._thread.start()

    def wake(self) -> None:
        """The gate lets something else through than before."""
        self._alarm.ring()

    def heard(self, header: Header, payload: bytes) -> None:
        """An acknowledgement or a wish of a viewer."""
        self._heard.append((header, payload))
        self._alarm.ring()

    def stop(self) -> None:
        """Let the thread end after what it is doing."""
        self._stopped = True
        self._alarm.ring()

    def join(self, seconds: float) -> bool:
        """Wait for the thread at most so long; whether it has ended."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while not self._stopped:
            until = self._guarded_turn()
            now, showing = time.monotonic(), self._showing
            wait_s = None if until is None else max(0.0, until - now)
            watched = showing.watched(now) if showing is not None else None
            if self._alarm.wait(wait_s, watched) and showing is not None:
                showing.stir(time.monotonic())
        self._end_showing()
        self._alarm.close()

    def _guarded_turn(self) -> float | None:
        """One turn; what goes wrong in it ends this epoch's picture, and not the thread."""
        permit = self._gate.permit
        try:
            return self._turn(permit)
        except Exception as error:
            _log.exception("capture")
            self._give_up(permit, type(error).__name__)
            return None

    def _turn(self, permit: Permit) -> float | None:
        if self._showing is not None and self._showing.epoch != permit.epoch:
            self._end_showing()
        if self._refused == permit.epoch:
            self._end_showing()
        elif self._showing is None and permit.shows:
            self._begin_showing(permit)
        now = time.monotonic()
        self._hear(permit.epoch, now)
        return None if self._showing is None else self._showing.step(permit, now)

    def _hear(self, epoch: int, now: float) -> None:
        """What is for a later epoch waits: the permit for it may be there with the next turn."""
        self._epoch = max(self._epoch, epoch)
        early: deque[tuple[Header, bytes]] = deque(maxlen=EARLY)
        while self._heard:
            header, payload = self._heard.popleft()
            if header.epoch > self._epoch:
                early.append((header, payload))
            elif self._showing is not None:
                self._showing.hear(header, payload, now)
        self._heard.extendleft(reversed(early))

    def _begin_showing(self, permit: Permit) -> None:
        view = self._desktop.view()
        if isinstance(view, Unavailable):
            self._give_up(permit, view.why)
            return
        share, monitor = self._shown
        self._shown = (permit.share, monitor if share == permit.share else ALL)
        self._showing = Showing(self._ways, permit, view, self._shown[1])

    def _give_up(self, permit: Permit, why: str) -> None:
        """Nothing is shown in this epoch any longer, and both sides are told."""
        self._refused = permit.epoch
        self._ways.tell(CaptureFailed(why))
        out = Outgoing(self._gate, permit, self._ways.send)
        out.news(Obstacles(view=Obstacle.SYSTEM))

    def _end_showing(self) -> None:
        if self._showing is not None:
            showing, self._showing = self._showing, None
            self._shown = (self._shown[0], showing.shown)
            showing.close()
