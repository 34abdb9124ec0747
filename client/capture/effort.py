"""How much of the processor pictures may take, and when a cheaper codec is due. Pure.

The customer's own work goes first: after each look one rests at least as long as it took, so that
pictures never take more than half of one core, whatever else the machine has to do.
"""

LEAST_S = 0.002
"""A look counts as that long at least."""

REST = 1.0
"""Rest after a look, in times of what it took."""

HEAVY_S = 0.040
"""A frame of movement that takes longer leaves fewer than 12 a second."""

HEAVY_FOR_S = 1.0
CALM_FOR_S = 30.0
MOST_UPS = 3
"""So often a better codec is tried again: who was too slow three times stays so."""

_KEEP = 0.8


class Effort:
    """For one share. `steps` is how many of the better codecs are left out."""

    def __init__(self) -> None:
        self.steps = 0
        self._ups = 0
        self._mean_s: float | None = None
        self._heavy_since: float | None = None
        self._calm_since: float | None = None

    def pause(self, took_s: float) -> float:
        """Seconds from the beginning of a look until the next one, at least."""
        worked = max(LEAST_S, took_s)
        return worked * (1 + REST)

    def moved(self, took_s: float, now: float) -> bool:
        """A frame of movement took so long; whether `steps` has changed."""
        mean = self._mean_s
        self._mean_s = took_s if mean is None else mean * _KEEP + took_s * (1 - _KEEP)
        if self._mean_s <= HEAVY_S:
            self._heavy_since = None
            self._calm_since = now if self._calm_since is None else self._calm_since
            return self._up(now)
        self._calm_since = None
        self._heavy_since = now if self._heavy_since is None else self._heavy_since
        if now - self._heavy_since < HEAVY_FOR_S:
            return False
        self._change(self.steps + 1)
        return True

    def _up(self, now: float) -> bool:
        calm = self._calm_since is not None and now - self._calm_since >= CALM_FOR_S
        if not calm or self.steps == 0 or self._ups >= MOST_UPS:
            return False
        self._ups += 1
        self._change(self.steps - 1)
        return True

    def _change(self, steps: int) -> None:
        self.steps = steps
        self._mean_s = self._heavy_since = self._calm_since = None
