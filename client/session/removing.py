"""Is the program of any more use, and can it remove itself? The platform does what follows.

A program that has ended its session is spent, and so is one that can never join again.
Whoever was cut off, killed, or only looked keeps the file and can come back with it.
"""

from datetime import date

from client.session.machines import Page
from client.session.state import ClientState, Halt, Removal, Trouble, Verdict
from protocol.errors import ErrorCode

LIFE_DAYS = 90
"""How long a release may be used. After that its Qt and its cryptography are too old to trust."""

_OVER = frozenset({None, Verdict.GONE, Verdict.OUTDATED, Verdict.IMPOSTOR})
"""Not REPLACED: the same file may run a second time; not REFUSED: that may pass."""

_DEAD = frozenset(
    {ErrorCode.CODE_UNKNOWN, ErrorCode.UNKNOWN_SESSION, ErrorCode.ENDED, Trouble.IMPOSTOR}
)
"""Complaints after which the program's own code leads nowhere."""


def halt_of(built: str, today: date) -> Halt | None:
    """Why a release of the day `built` (ISO; empty: no release) does not even try.

    A day of grace covers the world's time zones. Raises `ValueError` for another form of day.
    """
    if not built:
        return None
    age = (today - date.fromisoformat(built)).days
    if age < -1:
        return Halt.CLOCK
    return Halt.EXPIRED if age > LIFE_DAYS else None


def is_spent(state: ClientState) -> bool:
    """Whether nobody needs the program file any longer once the window is closed."""
    if state.halt is not None:
        return state.halt is not Halt.CLOCK
    if state.page is Page.ENDED:
        return state.verdict in _OVER
    about = state.complaint.about if state.complaint else None
    return state.page is Page.JOIN and about in _DEAD


def removes_itself(state: ClientState) -> bool:
    """Whether the program's files go when the window is closed now."""
    return state.removal is Removal.SELF and is_spent(state)
