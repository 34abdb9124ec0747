"""The thread that carries the representatives' input out, so that neither window nor link waits."""

import logging
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping

from client.frames import FrameBook
from client.gate import Gate
from client.input.aim import Sight
from client.input.hands import Hands, Outcome
from client.input.notes import Notes
from client.input.replay import Ignored
from client.platform.desktop import Desktop
from client.session.share_inputs import OwnHandMoved
from protocol import limits
from protocol.channel import Header
from protocol.errors import RemoteProtocolError
from protocol.inputs import AnyInput, decode_batch
from protocol.screen import InputRefusal, InputRefused, InputResting, ScreenMessage

WAITING = 200
"""Most batches that wait; what comes then is dropped."""

IDLE_S = 10.0
"""After so long without input the injector is closed: the keyboard is as it was, and the system
need not tell any longer what happens to the windows."""

_log = logging.getLogger(__name__)


class InputThread:
    """Everything is called from other threads, nothing blocks. `say` and `tell` are called in this
    thread: `say` for the viewers, `tell` for the window.
    """

    def __init__(
        self,
        gate: Gate,
        frames: FrameBook,
        desktop: Desktop,
        say: Callable[[ScreenMessage], None],
        tell: Callable[[object], None],
    ) -> None:
        self._gate = gate
        self._frames = frames
        self._say = say
        self._tell = tell
        self._hands = Hands(gate, desktop)
        self._notes = Notes()
        self._counts: Counter[str] = Counter()
        self._waiting: deque[tuple[Header, bytes]] = deque()
        self._awake = threading.Event()
        self._release = False
        self._rested = False
        self._resting = False
        self._stopped = False
        self._acted_at = 0.0
        self._thread = threading.Thread(target=self._run, name="input", daemon=True)

    def start(self) -> None:
        """Start the thread; it waits until something is heard."""
        self._thread.start()

    def heard(self, header: Header, payload: bytes) -> None:
        """A batch of a viewer's. When too many wait it is dropped, and since a release may have
        been in it, everything that is pressed goes up.
        """
        if len(self._waiting) >= WAITING:
            self._counts[Ignored.FULL] += 1
            self._release = True
        else:
            self._waiting.append((header, payload))
        self._awake.set()

    def rest(self) -> None:
        """The customer's own hand moved: remote input waits, and lets go of everything."""
        self._hands.replay.rest(time.monotonic())
        self._rested = True
        self._awake.set()

    def release(self) -> None:
        """Everything that is pressed goes up, whatever the gate says."""
        self._release = True
        self._awake.set()

    def stop(self) -> None:
        """Let the thread end; what is pressed goes up first."""
        self._stopped = True
        self._awake.set()

    def join(self, seconds: float) -> bool:
        """Wait for the thread at most so long; whether it has ended."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    @property
    def counts(self) -> Mapping[str, int]:
        """How often input was dropped, by reason (`InputRefusal` and `Ignored`)."""
        return dict(self._counts)

    def _run(self) -> None:
        while not self._stopped:
            self._awake.wait(self._wait_s())
            self._awake.clear()
            self._guarded(self._turn)
        self._guarded(self._hands.close)

    def _guarded(self, work: Callable[[], None]) -> None:
        """What goes wrong costs one turn, and not the thread."""
        try:
            work()
        except Exception:
            _log.exception("input")
            self._release = True
            self._counts[InputRefusal.FAILED] += 1

    def _turn(self) -> None:
        self._pause()
        while not self._stopped:
            self._follow_wishes()
            if not self._waiting:
                break
            self._acted_at = time.monotonic()
            self._batch(*self._waiting.popleft())
        if self._idle_left() == 0:
            self._hands.close()

    def _follow_wishes(self) -> None:
        """What other threads asked for; before every batch, as it is more urgent."""
        if self._release:
            self._release = False
            self._hands.let_go(self._hands.replay.held())
            if not self._gate.permit.controllers:
                self._hands.close()
        if self._rested:
            self._pause()

    def _pause(self) -> None:
        """Tell of the customer's own hand, and when it has been still for long enough."""
        controlled = bool(self._gate.permit.controllers)
        if self._rested:
            self._rested = False
            self._resting = True
            self._hands.let_go(self._hands.replay.held())
            if controlled:
                self._say(InputResting(rest_ms=round(limits.OWN_HAND_S * 1000)))
                self._tell(OwnHandMoved())
        elif self._resting and self._rest_left() == 0:
            self._resting = False
            if controlled:
                self._say(InputResting(rest_ms=0))

    def _rest_left(self) -> float:
        return max(0.0, self._hands.replay.resting_until - time.monotonic())

    def _wait_s(self) -> float | None:
        """Until something has to be done although nobody asks for it."""
        waits = (self._rest_left() if self._resting else None, self._idle_left())
        return min((one for one in waits if one is not None), default=None)

    def _idle_left(self) -> float | None:
        """Until the injector is closed; None: it is in use, or closed already."""
        if not self._hands.is_open or self._hands.replay.held():
            return None
        return max(0.0, self._acted_at + IDLE_S - time.monotonic())

    def _batch(self, header: Header, payload: bytes) -> None:
        try:
            batch = decode_batch(payload)
        except RemoteProtocolError:
            self._counts[Ignored.MALFORMED] += 1
            return
        gap = self._hands.replay.misses(header)
        if not self._hands.replay.is_fresh(header):
            self._counts[Ignored.STALE] += 1
            return
        if gap:
            self._hands.let_go(self._hands.replay.held(header.sender))
        for event in batch.events:
            self._follow_wishes()
            self._note(header, self._act(header, event, batch.frame))

    def _act(self, header: Header, event: AnyInput, seq: int) -> Outcome:
        frame = self._frames.get(seq)
        if frame is None or frame.epoch != header.epoch:
            sight = Sight(None)
        else:
            sight = Sight(frame, self._frames.outdated_since(seq))
        return self._hands.act(event, header.sender, header.epoch, sight)

    def _note(self, header: Header, outcome: Outcome) -> None:
        """Count what was dropped; of a refusal the representative learns, but not too often."""
        if outcome is None:
            return
        self._counts[outcome] += 1
        if isinstance(outcome, InputRefusal) and self._notes.may_say(
            header.sender, outcome, time.monotonic()
        ):
            self._say(InputRefused(to=header.sender, seq=header.seq, why=outcome))
