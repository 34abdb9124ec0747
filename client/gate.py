"""The gate: the one thing that grabbing, sending and injecting pass before they act.

The window's thread writes it, the other threads read it. `shut` takes effect in the caller's own
call stack: from its return on nothing passes, whatever the network, the encoder or the relay do.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from client.session.permit import NOTHING_ALLOWED, Permit


class Gate:
    """Each way through has a lock of its own, held for as long as one grab, one handing over of
    bytes to the socket or one injected event takes; `shut` and `allow` wait for those under way.
    """

    def __init__(self) -> None:
        self._permit = NOTHING_ALLOWED
        self._void = 0
        self._grabbing = threading.Lock()
        self._sending = threading.Lock()
        self._injecting = threading.Lock()
        self._pasting = threading.Lock()

    @property
    def permit(self) -> Permit:
        """What is allowed now."""
        return self._permit

    def allow(self, permit: Permit) -> None:
        """Let through what `permit` says, and nothing else. An epoch that was shut stays shut."""
        self._permit = permit if permit.epoch > self._void else NOTHING_ALLOWED
        for lock in (self._injecting, self._pasting, self._grabbing, self._sending):
            with lock:
                pass  # whoever passed under the old permit is through now

    def shut(self) -> None:
        """Let nothing through, and nothing of this epoch ever again."""
        self._void = max(self._void, self._permit.epoch)
        self.allow(NOTHING_ALLOWED)

    @contextmanager
    def grabbing(self, epoch: int) -> Iterator[bool]:
        """Around one grab: whether it may be made for `epoch`."""
        with self._grabbing:
            permit = self._permit
            yield permit.shows and permit.epoch == epoch

    @contextmanager
    def sending(self, epoch: int) -> Iterator[bool]:
        """Around handing one channel message to the socket: whether it may be sent."""
        with self._sending:
            permit = self._permit
            yield permit.shows and permit.epoch == epoch

    @contextmanager
    def copying(self, epoch: int) -> Iterator[bool]:
        """Around handing what the customer copied to the socket: whether anybody may get it."""
        with self._sending:
            permit, now = self._permit, time.monotonic()
            anybody = any(until > now for until in permit.copiers.values())
            yield permit.shows and permit.epoch == epoch and anybody

    @contextmanager
    def pasting(self, epoch: int, sender: int) -> Iterator[bool]:
        """Around putting text of the participant number `sender` on the clipboard."""
        with self._pasting:
            permit = self._permit
            until = permit.pasters.get(sender, 0.0)
            yield permit.shows and permit.epoch == epoch and time.monotonic() < until

    @contextmanager
    def injecting(self, epoch: int, sender: int) -> Iterator[bool]:
        """Around one injected event of the participant number `sender`."""
        with self._injecting:
            permit = self._permit
            until = permit.controllers.get(sender, 0.0)
            yield permit.shows and permit.epoch == epoch and time.monotonic() < until
