"""How often a representative is told why input was dropped. Pure."""

from collections import deque

from protocol.screen import InputRefusal

NOTES_PER_S = 4
"""Of one reason, to one representative."""


class Notes:
    """Remembers what was said lately; moments are in seconds of the monotonic clock."""

    def __init__(self) -> None:
        self._said: dict[tuple[int, InputRefusal], deque[float]] = {}

    def may_say(self, to: int, why: InputRefusal, now: float) -> bool:
        """Whether this refusal is to be told; if so, it counts as told."""
        said = self._said.setdefault((to, why), deque(maxlen=NOTES_PER_S))
        if len(said) == NOTES_PER_S and now - said[0] < 1.0:
            return False
        said.append(now)
        return True
