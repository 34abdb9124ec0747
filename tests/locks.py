"""A database that another program holds locked."""

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator

PATIENCE_S = 60
"""A relay on a slow disk may be in the middle of a commit."""


@contextlib.asynccontextmanager
async def locked(path: object) -> AsyncIterator[None]:
    """Nobody else writes to the SQLite file at `path` meanwhile.

    The lock is waited for in a thread: a relay in this very loop may hold it, and could never
    finish its transaction while the loop stands still.
    """
    other = sqlite3.connect(
        str(path), timeout=PATIENCE_S, isolation_level=None, check_same_thread=False
    )
    try:
        await asyncio.to_thread(other.execute, "BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")
    finally:
        other.close()
