"""Whose input acts, how much of it, and what is pressed meanwhile. Pure: the thread acts."""

from collections import deque
from enum import StrEnum

from protocol import limits
from protocol.channel import Header
from protocol.inputs import (
    WHEEL_NOTCH,
    AnyInput,
    Button,
    KeyDown,
    KeyUp,
    Move,
    Press,
    Release,
    ReleaseAll,
    Typed,
    Wheel,
)
from protocol.screen import InputRefusal

HAND_S = 1.0
"""Who pressed something keeps the pointer until they have been still for so long."""

Pressed = Button | str
"""A mouse button, or a key by its code."""


class Ignored(StrEnum):
    """Why input is dropped without a word: whoever sent it can do nothing about it.

    MALFORMED: not a batch. STALE: of a number that was there already, or before it. CLOSED: the
    gate lets nothing through. FULL: more waits than may. OTHER_HAND: another representative is
    acting. NOT_PRESSED: a release of what is not pressed. PRESSED: a press of what is.
    """

    MALFORMED = "malformed"
    STALE = "stale"
    CLOSED = "closed"
    FULL = "full"
    OTHER_HAND = "other_hand"
    NOT_PRESSED = "not_pressed"
    PRESSED = "pressed"


class Replay:
    """Moments are in seconds of the monotonic clock."""

    def __init__(self) -> None:
        self._last: dict[int, tuple[int, int, int]] = {}
        self._budgets: dict[int, _Budget] = {}
        self._held: dict[Pressed, int] = {}
        self._hand: tuple[int, float] | None = None
        self._resting_until = 0.0

    def is_fresh(self, header: Header) -> bool:
        """Whether this batch is neither a repetition nor older than one that was there; says so
        once. A viewer that was loaded again counts from 1 again, at a later time of its clock.
        """
        epoch, seq, time_us = self._last.get(header.sender, (0, 0, 0))
        afresh = header.epoch > epoch or (header.seq == 1 and header.time_us > time_us)
        if header.epoch < epoch or not (afresh or header.seq > seq):
            return False
        self._last[header.sender] = (header.epoch, header.seq, header.time_us)
        return True

    def misses(self, header: Header) -> bool:
        """Whether a batch before this one was lost on the way: a release may have been in it."""
        epoch, seq, _ = self._last.get(header.sender, (0, 0, 0))
        return header.epoch == epoch and header.seq > seq + 1

    def admit(self, sender: int, event: AnyInput, now: float) -> InputRefusal | Ignored | None:
        """None: the event may act. Releases of what the sender holds always may."""
        match event:
            case ReleaseAll():
                return None
            case Release():
                return self._of_own(event.button, sender)
            case KeyUp():
                return self._of_own(event.code, sender)
        if now < self._resting_until:
            return InputRefusal.RESTING
        if self._another_acts(sender, event, now):
            return Ignored.OTHER_HAND
        if isinstance(event, Press) and event.button in self._held:
            return Ignored.PRESSED
        if not self._budgets.setdefault(sender, _Budget()).spend(_weight(event), now):
            return InputRefusal.TOO_MANY
        self._follow_hand(sender, event, now)
        return None

    def pressed(self, thing: Pressed, sender: int) -> None:
        """`thing` is down from now on."""
        self._held[thing] = sender

    def released(self, thing: Pressed) -> None:
        """`thing` is up again."""
        self._held.pop(thing, None)

    def is_pressed(self, thing: Pressed) -> bool:
        """Whether it is down by remote input."""
        return thing in self._held

    @property
    def dragging(self) -> bool:
        """Whether a mouse button is down by remote input."""
        return any(isinstance(thing, Button) for thing in self._held)

    def held(self, by: int | None = None, *, but: int | None = None) -> list[Pressed]:
        """What is down, the newest first: by one, by all but one, or by anybody."""
        return [
            thing
            for thing, sender in reversed(self._held.items())
            if by in (None, sender) and sender != but
        ]

    def rest(self, now: float) -> None:
        """The customer's own hand moved: remote input waits."""
        self._resting_until = now + limits.OWN_HAND_S
        self._hand = None

    @property
    def resting_until(self) -> float:
        """When input may act again; in the past: it may."""
        return self._resting_until

    def forget_hand(self) -> None:
        """Nobody acts any longer."""
        self._hand = None

    def _of_own(self, thing: Pressed, sender: int) -> Ignored | None:
        return None if self._held.get(thing) == sender else Ignored.NOT_PRESSED

    def _another_acts(self, sender: int, event: AnyInput, now: float) -> bool:
        if any(isinstance(thing, Button) for thing in self.held(but=sender)):
            return True
        if self._hand is None or not isinstance(event, Move):
            return False
        hand, moved_at = self._hand
        return hand != sender and now - moved_at < HAND_S

    def _follow_hand(self, sender: int, event: AnyInput, now: float) -> None:
        mine = self._hand is not None and self._hand[0] == sender
        if mine or not isinstance(event, Move):
            self._hand = (sender, now)


class _Budget:
    """`limits.INPUT_EVENTS_PER_S` within any second."""

    def __init__(self) -> None:
        self._spent: deque[tuple[float, int]] = deque()
        self._sum = 0

    def spend(self, weight: int, now: float) -> bool:
        while self._spent and now - self._spent[0][0] >= 1.0:
            self._sum -= self._spent.popleft()[1]
        if self._sum + weight > limits.INPUT_EVENTS_PER_S:
            return False
        self._spent.append((now, weight))
        self._sum += weight
        return True


def _weight(event: AnyInput) -> int:
    """How many events the system gets for this one, about."""
    match event:
        case Typed():
            return len(event.text)
        case Wheel():
            return max(1, (abs(event.dx) + abs(event.dy)) // WHEEL_NOTCH)
        case KeyDown() | Press() | Move():
            return 1
    return 2
