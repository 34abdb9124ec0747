"""How many bytes the next picture may have, and how coarse what moves must be. Pure."""

from client.capture.terms import Terms

SLOW, FAST = 1_000_000, 1_500_000
"""Bytes a second below which bytes are dearer than time, and above which they are not."""

FINEST, COARSEST = 39, 60
"""Levels for what moves: 32 dB of a film with grain, and what can just be followed."""

STEP = 2
FRAMES_S = 25
"""So many frames a second of what moves are wanted."""

SHARE = 0.7
"""Share of a link's time that they may take."""


class Budget:
    """For one stream of pictures; `moved` hears how large each frame of movement became."""

    def __init__(self) -> None:
        self._slow = False
        self._level = FINEST

    def terms(self, rate: float | None, most: int | None) -> Terms:
        """`rate` and `most` are the pacer's."""
        if rate is not None:
            self._slow = rate < (FAST if self._slow else SLOW)
        limit = most if self._slow else None
        return Terms(limit, rate, self._level if self._slow else FINEST, slow=self._slow)

    def moved(self, size: int, rate: float | None) -> None:
        """A frame of movement took `size` bytes at the present level."""
        if rate is None or not self._slow:
            self._level = FINEST
            return
        wanted = rate * SHARE / FRAMES_S
        if size > wanted:
            self._level = min(COARSEST, self._level + STEP)
        elif size < wanted / 2:
            self._level = max(FINEST, self._level - 1)
