"""How fast a transfer goes, over its last seconds."""

from dataclasses import dataclass

WINDOW_S = 8.0
LEAST_S = 0.4


@dataclass(frozen=True, slots=True)
class Pace:
    """`samples` are (seconds, bytes so far), oldest first."""

    samples: tuple[tuple[float, int], ...] = ()

    @property
    def done(self) -> int:
        """Bytes so far."""
        return self.samples[-1][1] if self.samples else 0

    @property
    def speed(self) -> float:
        """Bytes a second; 0 while too little is known."""
        if not self.samples:
            return 0.0
        (first, began), (last, done) = self.samples[0], self.samples[-1]
        return (done - began) / (last - first) if last - first >= LEAST_S else 0.0

    def at(self, now: float, done: int) -> "Pace":
        """With a newer sample; one who begins anew begins without a past."""
        if done < self.done:
            return Pace(((now, done),))
        young = tuple(one for one in self.samples if now - one[0] <= WINDOW_S)
        # One stays from before the window, so that a slow link still has a speed.
        return Pace((*(young or self.samples[-1:]), (now, done)))
