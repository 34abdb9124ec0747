"""A coroutine whose first step is taken now, and the rest when it is awaited."""

from collections.abc import Coroutine, Generator
from typing import Any


class Started:
    """Runs `coroutine` up to its first wait when it is made.

    aiohttp writes a WebSocket message before it waits for anything, so what is made while a lock
    is held is written under that lock, and the wait for the socket happens outside of it. Must be
    awaited, in the task that made it. Raises what the coroutine raises, in either step.
    """

    def __init__(self, coroutine: Coroutine[Any, Any, None]) -> None:
        self._coroutine = coroutine
        self._waits_for: Any = None
        self._over = False
        self._step(None)

    def __await__(self) -> Generator[Any, Any, None]:
        while not self._over:
            try:
                got = yield self._waits_for
            except BaseException as error:
                self._step(error)
            else:
                self._step(None, got)

    def _step(self, error: BaseException | None, got: Any = None) -> None:
        try:
            if error is None:
                self._waits_for = self._coroutine.send(got)
            else:
                self._waits_for = self._coroutine.throw(error)
        except StopIteration:
            self._over = True
