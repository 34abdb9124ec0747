"""Looks what stands in the way on this computer, in a thread of its own.

The trial picture is taken here, outside of the gate, because nobody is sent any of it: it is
judged where it is taken (`client.capture.trial`), and what leaves this thread are words.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from client.platform.base import Unavailable
from client.platform.checkup import Checkup, Probe
from client.platform.desktop import Window
from client.session.check_state import Found
from client.session.checking import UNSEEN
from client.session.effects import LookAround
from protocol.working import Hurdle

_log = logging.getLogger(__name__)

LEAST_WINDOW = 64
"""Pixels each way; what is smaller is nothing that one could be helped with."""

_MONITORS = 16


@dataclass(frozen=True, slots=True)
class Machine:
    """What is known of the computer without looking; `origin` is the relay's."""

    system: str
    version: str
    language: str
    origin: str


class Lookout:
    """`tell(number, found)` is called in the thread. The thread begins with the first look."""

    def __init__(
        self, checkup: Checkup, machine: Machine, tell: Callable[[int, Found], None]
    ) -> None:
        self._checkup = checkup
        self._machine = machine
        self._tell = tell
        self._orders: queue.SimpleQueue[LookAround | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def look(self, order: LookAround) -> None:
        """Look as soon as possible; never blocks."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="lookout", daemon=True)
            self._thread.start()
        self._orders.put(order)

    def stop(self) -> None:
        """Let the thread end after the look under way."""
        self._orders.put(None)

    def join(self, seconds: float) -> bool:
        """Wait for the thread at most so long; whether it has ended."""
        if self._thread is None:
            return True
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while (order := self._orders.get()) is not None:
            self._tell(order.number, self._found(order))

    def _found(self, order: LookAround) -> Found:
        problems, sizes, pictured = self._looked(order)
        if _goes_by_proxy(self._machine.origin):
            problems |= {Hurdle.PROXY}
        return Found(
            system=self._machine.system,
            version=self._machine.version,
            language=self._machine.language,
            monitors=sizes,
            problems=problems,
            pictured=pictured,
            wall=time.time() - time.monotonic(),
        )

    def _looked(self, order: LookAround) -> tuple[frozenset[Hurdle], tuple[str, ...], bool]:
        """Problems, sizes of the monitors, and whether a picture was tried."""
        probe = self._checkup.open()
        if isinstance(probe, Unavailable):
            _log.info("nothing of the desktop can be seen: %s", probe.why)
            return frozenset({Hurdle.BLACK}), (), True
        try:
            return _seen(probe, order)
        except (OSError, ConnectionError) as why:
            _log.info("the desktop went away: %s", type(why).__name__)
            return frozenset({Hurdle.BLACK}), (), True
        finally:
            probe.close()


def _seen(probe: Probe, order: LookAround) -> tuple[frozenset[Hurdle], tuple[str, ...], bool]:
    problems, monitors = probe.problems(), probe.monitors()
    sizes = tuple(f"{one.rect.width}x{one.rect.height}" for one in monitors)[:_MONITORS]
    if not monitors or not UNSEEN.isdisjoint(problems):
        return problems, sizes, False  # a picture would be refused, and might make the system ask
    windows = probe.windows()
    if not any(_is_a_programs(one) for one in windows):
        problems |= {Hurdle.WALLPAPER}
    pictured = order.picture and (probe.silent or order.asked)
    if pictured:
        from client.capture.trial import trial  # brings the array library

        own = [one.rect for one in windows if one.own]
        black = trial([one.rect for one in monitors], own)
        problems |= {black} if black is not None else set()
    return problems, sizes, pictured


def _is_a_programs(window: Window) -> bool:
    if window.own or window.passing or window.desktop:
        return False
    return window.rect.width >= LEAST_WINDOW and window.rect.height >= LEAST_WINDOW


def _goes_by_proxy(origin: str) -> bool:
    """Whether the system's settings name a proxy on the way to the relay."""
    from urllib.request import getproxies, proxy_bypass  # needs much, and no window waits for it

    parts = urlsplit(origin)
    proxies = getproxies()
    return bool(proxies.get(parts.scheme)) and not proxy_bypass(parts.hostname or "")
