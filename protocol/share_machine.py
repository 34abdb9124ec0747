"""The machines of the shared screen as tables: SHARE, one a session, and GRANT, one for each
representative and each kind of grant. They go on within `SessionState.ACTIVE` only; see
`protocol.machines`.

Two rules bind them together and are kept by `protocol.snapshot.apply`: the end of a share ends
every grant and question, and the others end with VIEW.
"""

from enum import StrEnum

from protocol.acts import GrantExpire, GrantTimeOut, ShareDrop
from protocol.base import Request
from protocol.roles import Role
from protocol.share_requests import (
    GrantAsk,
    GrantDeny,
    GrantGive,
    GrantReturn,
    GrantTake,
    ShareEnd,
    SharePause,
    ShareStart,
    ShareStop,
)


class ShareState(StrEnum):
    OFF = "off"
    ON = "on"
    PAUSED = "paused"


class GrantState(StrEnum):
    FREE = "free"
    ASKED = "asked"
    HELD = "held"


_OFF, _ON, _PAUSED = ShareState.OFF, ShareState.ON, ShareState.PAUSED
_FREE, _ASKED, _HELD = GrantState.FREE, GrantState.ASKED, GrantState.HELD
_CUSTOMER, _REPRESENTATIVE, _RELAY = Role.CUSTOMER, Role.REPRESENTATIVE, Role.RELAY

SHARE: dict[tuple[ShareState, type[Request], Role], ShareState] = {
    (_OFF, ShareStart, _CUSTOMER): _ON,
    (_OFF, ShareEnd, _CUSTOMER): _OFF,
    (_OFF, ShareDrop, _RELAY): _OFF,
    (_ON, ShareStart, _CUSTOMER): _ON,
    (_ON, SharePause, _CUSTOMER): _PAUSED,
    (_ON, ShareEnd, _CUSTOMER): _OFF,
    (_ON, ShareStop, _REPRESENTATIVE): _OFF,
    (_ON, ShareDrop, _RELAY): _OFF,
    (_PAUSED, ShareStart, _CUSTOMER): _ON,
    (_PAUSED, SharePause, _CUSTOMER): _PAUSED,
    (_PAUSED, ShareEnd, _CUSTOMER): _OFF,
    (_PAUSED, ShareStop, _REPRESENTATIVE): _OFF,
    (_PAUSED, ShareDrop, _RELAY): _OFF,
}

SHARE_REQUESTS: tuple[type[Request], ...] = (ShareStart, SharePause, ShareEnd, ShareStop, ShareDrop)

GRANT: dict[tuple[GrantState, type[Request], Role], GrantState] = {
    (_FREE, GrantAsk, _REPRESENTATIVE): _ASKED,
    (_FREE, GrantGive, _CUSTOMER): _HELD,
    (_ASKED, GrantGive, _CUSTOMER): _HELD,
    (_ASKED, GrantDeny, _CUSTOMER): _FREE,
    (_ASKED, GrantReturn, _REPRESENTATIVE): _FREE,
    (_ASKED, GrantTimeOut, _RELAY): _FREE,
    (_HELD, GrantGive, _CUSTOMER): _HELD,
    (_HELD, GrantTake, _CUSTOMER): _FREE,
    (_HELD, GrantReturn, _REPRESENTATIVE): _FREE,
    (_HELD, GrantExpire, _RELAY): _FREE,
}

GRANT_REQUESTS: tuple[type[Request], ...] = (
    GrantAsk,
    GrantReturn,
    GrantGive,
    GrantDeny,
    GrantTake,
    GrantTimeOut,
    GrantExpire,
)


def step_share(state: ShareState, request: type[Request], sender: Role) -> ShareState | None:
    """The share after `request` by `sender`, or None when the table refuses it."""
    return SHARE.get((state, request, sender))


def step_grant(state: GrantState, request: type[Request], sender: Role) -> GrantState | None:
    """The grant after `request` by `sender`, or None when the table refuses it."""
    return GRANT.get((state, request, sender))
