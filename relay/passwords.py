"""Password hashes: argon2id, in threads of their own so that the loop never waits for one."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

AT_ONCE = 2
"""Each takes 64 MiB and a core for a moment; more at once would only starve the sockets."""

_NOBODY = "nobody has this password"


class Passwords:
    """Hashes and checks. `close` it in the end."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="password")
        self._nobody: str | None = None

    async def hash(self, password: str) -> str:
        """The argon2id hash with its parameters, as it is stored."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._hasher.hash, password)

    async def matches(self, stored: str | None, password: str) -> bool:
        """Whether `password` is the one that `stored` was made of.

        None (no such account, or one without a password) takes as long as any other.
        """
        if self._nobody is None:
            self._nobody = await self.hash(_NOBODY)
        against = self._nobody if stored is None else stored
        loop = asyncio.get_running_loop()
        right = await loop.run_in_executor(self._threads, self._check, against, password)
        return right and stored is not None

    def close(self) -> None:
        """Let the threads end."""
        self._threads.shutdown()

    def _check(self, stored: str, password: str) -> bool:
        try:
            return self._hasher.verify(stored, password)
        except (VerificationError, InvalidHashError):
            return False
