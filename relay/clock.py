"""Time, handed in so that what decides never reads a clock."""

import time
from typing import Protocol


class Clock(Protocol):
    def now_ms(self) -> int:
        """Milliseconds since 1970 (UTC), for what is stored or shown."""

    def monotonic(self) -> float:
        """Seconds that never jump, for lifetimes in memory."""


class SystemClock:
    """The machine's own clocks."""

    def now_ms(self) -> int:
        return time.time_ns() // 1_000_000

    def monotonic(self) -> float:
        return time.monotonic()
