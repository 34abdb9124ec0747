"""Carries one event after the other out: asks the system what is there, decides, acts.

Everything here runs in the input thread, and each act inside the gate's lock.
"""

import logging
import time
from collections.abc import Callable

from client.gate import Gate
from client.input.aim import Place, Sight, aimed, press_refused, reach_refused
from client.input.reach import leaves_the_programs
from client.input.replay import Ignored, Pressed, Replay
from client.platform.base import Unavailable
from client.platform.desktop import Desktop, InjectionFailed, Injector, KeyPending
from protocol.inputs import (
    AnyInput,
    Button,
    KeyDown,
    KeyUp,
    Move,
    Press,
    Release,
    ReleaseAll,
    SpecialKey,
    Typed,
    Wheel,
)
from protocol.screen import InputRefusal

Outcome = InputRefusal | Ignored | None
"""Why an event did not act; None: it did."""

STEP_S = 0.02
"""Longest wait before it is looked again whether a text may go on."""

APART_S = 0.015
"""Least time between two presses of a button: programs take two of the same millisecond, as they
come after the link has stalled, for no double click."""

_log = logging.getLogger(__name__)


class Hands:
    """The representatives' hands on this machine; the injector is opened when one first acts."""

    def __init__(self, gate: Gate, desktop: Desktop) -> None:
        self._gate = gate
        self._desktop = desktop
        self._injector: Injector | None = None
        self._unavailable = False
        self._pressed_at = 0.0
        self.replay = Replay()

    def act(self, event: AnyInput, sender: int, epoch: int, sight: Sight) -> Outcome:
        """Carry `event` out, or say why not."""
        refused = self.replay.admit(sender, event, time.monotonic())
        if refused is not None:
            return refused
        if isinstance(event, ReleaseAll):
            return self.let_go(self.replay.held(by=sender))
        if isinstance(event, Press):
            time.sleep(max(0.0, self._pressed_at + APART_S - time.monotonic()))
        if isinstance(event, Typed):
            return self._type(event.text, sender, epoch, sight)
        return self._through(sender, epoch, lambda: self._act(event, sender, sight))

    @property
    def is_open(self) -> bool:
        """Whether the system has been asked for an injector."""
        return self._injector is not None

    def let_go(self, things: list[Pressed]) -> Outcome:
        """Take back what remote input pressed. The gate is not asked: going up is always right."""
        outcome: Outcome = None
        for thing in things:
            self.replay.released(thing)
            if self._injector is not None:
                try:
                    _up(self._injector, thing)
                except InjectionFailed as failed:
                    outcome = failed.why
        return outcome

    def close(self) -> None:
        """Nobody acts any longer: everything goes up, what was changed for typing goes back."""
        self.let_go(self.replay.held())
        self.replay.forget_hand()
        self._unavailable = False
        if self._injector is not None:
            injector, self._injector = self._injector, None
            injector.close()

    def _through(self, sender: int, epoch: int, act: Callable[[], Outcome]) -> Outcome:
        """`act` inside the gate; what is refused there leaves nothing of the sender's pressed."""
        with self._gate.injecting(epoch, sender) as allowed:
            if allowed:
                try:
                    return act()
                except InjectionFailed as failed:
                    return failed.why
        self.let_go(self.replay.held(by=sender))
        return Ignored.CLOSED

    def _act(self, event: AnyInput, sender: int, sight: Sight) -> Outcome:
        injector = self._opened()
        match event:
            case Move():
                return self._move(injector, event, sight)
            case Press():
                return self._press(injector, event, sender, sight)
            case Release():
                self._move(injector, event, sight)
                return self.let_go([event.button])
            case Wheel():
                return self._wheel(injector, event, sight)
            case KeyDown():
                return self._key(injector, event.code, sender, sight)
            case KeyUp():
                return self.let_go([event.code])
            case SpecialKey():
                return self._special(injector, event, sight)
        raise AssertionError(event)

    def _opened(self) -> Injector:
        if self._injector is None:
            if self._unavailable:
                raise InjectionFailed(InputRefusal.FAILED)
            opened = self._desktop.injector()
            if isinstance(opened, Unavailable):
                self._unavailable = True
                _log.warning("no remote input: %s", opened.why)
                raise InjectionFailed(InputRefusal.FAILED)
            self._injector = opened
        return self._injector

    def _move(self, injector: Injector, event: Move | Release, sight: Sight) -> Outcome:
        place = aimed(sight, event.x, event.y)
        if not isinstance(place, Place):
            return place
        if self.replay.dragging:
            refused = reach_refused(sight, injector.window_at(*place), self._gate.permit)
            if refused is not None:
                return refused
        injector.move(*place)
        return None

    def _press(self, injector: Injector, event: Press, sender: int, sight: Sight) -> Outcome:
        place = self._reached(injector, event, sight)
        if not isinstance(place, Place):
            return place
        self.let_go(self.replay.held(but=sender))
        injector.move(*place)
        injector.button(event.button, down=True)
        self.replay.pressed(event.button, sender)
        self._pressed_at = time.monotonic()
        return None

    def _wheel(self, injector: Injector, event: Wheel, sight: Sight) -> Outcome:
        place = self._reached(injector, event, sight)
        if not isinstance(place, Place):
            return place
        injector.move(*place)
        injector.wheel(event.dx, event.dy)
        return None

    def _reached(
        self, injector: Injector, event: Press | Wheel, sight: Sight
    ) -> Place | InputRefusal:
        place = aimed(sight, event.x, event.y)
        if not isinstance(place, Place):
            return place
        there = injector.window_at(*place)
        refused = press_refused(sight, place, there, self._gate.permit, time.monotonic())
        return place if refused is None else refused

    def _key(self, injector: Injector, code: str, sender: int, sight: Sight) -> Outcome:
        permit = self._gate.permit
        refused = reach_refused(sight, injector.focused(), permit)
        if refused is None and permit.apps is not None:
            refused = leaves_the_programs(code, self.replay.held())
        if refused is not None:
            return refused
        self.let_go(self.replay.held(but=sender))
        if self.replay.is_pressed(code):  # the viewer's keyboard repeats it
            injector.key(code, down=False)
        injector.key(code, down=True)
        self.replay.pressed(code, sender)
        return None

    def _special(self, injector: Injector, event: SpecialKey, sight: Sight) -> Outcome:
        permit = self._gate.permit
        refused = reach_refused(sight, injector.focused(), permit)
        if refused is None and permit.apps is not None:
            refused = leaves_the_programs(event.special, [])
        if refused is None:
            injector.special(event.special)
        return refused

    def _type(self, text: str, sender: int, epoch: int, sight: Sight) -> Outcome:
        """What is refused ends the text: the rest would make no sense without it."""
        self.let_go(self.replay.held(but=sender))
        for character in text:
            outcome = self._type_one(character, sender, epoch, sight)
            if outcome is not None:
                return outcome
        return None

    def _type_one(self, character: str, sender: int, epoch: int, sight: Sight) -> Outcome:
        """Waits outside of the gate for a key that programs have to learn of."""

        def press() -> Outcome:
            injector = self._opened()
            refused = reach_refused(sight, injector.focused(), self._gate.permit)
            if refused is None:
                injector.text(character)
            return refused

        while True:
            if time.monotonic() < self.replay.resting_until:
                return InputRefusal.RESTING
            try:
                return self._through(sender, epoch, press)
            except KeyPending as pending:
                time.sleep(min(pending.wait_s, STEP_S))


def _up(injector: Injector, thing: Pressed) -> None:
    if isinstance(thing, Button):
        injector.button(thing, down=False)
    else:
        injector.key(thing, down=False)
