"""State machines as tables: who may do what, when.

A table maps (state, request, sender) to the next state. What is not in a table is refused and
changes nothing. Nothing else in the project decides who may act: handlers only decorate the
outcome, the pages enable a button exactly when the table (generated into `protocol.js`) allows
its request, and the tables and diagrams in protocol/README.md are drawn from here.

The sender is part of the key so that rights need no extra rule. The relay's own acts, such as
ending a session whose customer never came back, are rows like any other.
"""

from enum import StrEnum

from protocol.requests import (
    ChatPost,
    ChatSeen,
    ChatTyping,
    NotePost,
    Request,
    SessionAccept,
    SessionEnd,
)
from protocol.roles import Role


class SessionState(StrEnum):
    WAITING = "waiting"
    ACTIVE = "active"
    ENDED = "ended"


SessionTable = dict[tuple[SessionState, type[Request], Role], SessionState]

_WAITING, _ACTIVE, _ENDED = SessionState.WAITING, SessionState.ACTIVE, SessionState.ENDED
_CUSTOMER, _REPRESENTATIVE, _RELAY = Role.CUSTOMER, Role.REPRESENTATIVE, Role.RELAY

SESSION: SessionTable = {
    (_WAITING, ChatPost, _CUSTOMER): _WAITING,
    (_WAITING, ChatSeen, _CUSTOMER): _WAITING,
    (_WAITING, ChatTyping, _CUSTOMER): _WAITING,
    (_WAITING, SessionAccept, _REPRESENTATIVE): _ACTIVE,
    (_WAITING, SessionEnd, _CUSTOMER): _ENDED,
    (_WAITING, SessionEnd, _RELAY): _ENDED,
    (_ACTIVE, ChatPost, _CUSTOMER): _ACTIVE,
    (_ACTIVE, ChatPost, _REPRESENTATIVE): _ACTIVE,
    (_ACTIVE, ChatSeen, _CUSTOMER): _ACTIVE,
    (_ACTIVE, ChatSeen, _REPRESENTATIVE): _ACTIVE,
    (_ACTIVE, ChatTyping, _CUSTOMER): _ACTIVE,
    (_ACTIVE, ChatTyping, _REPRESENTATIVE): _ACTIVE,
    (_ACTIVE, NotePost, _REPRESENTATIVE): _ACTIVE,
    (_ACTIVE, SessionEnd, _CUSTOMER): _ENDED,
    (_ACTIVE, SessionEnd, _REPRESENTATIVE): _ENDED,
    (_ACTIVE, SessionEnd, _RELAY): _ENDED,
    (_ENDED, NotePost, _REPRESENTATIVE): _ENDED,
}

SESSION_REQUESTS: tuple[type[Request], ...] = (
    ChatPost,
    ChatSeen,
    ChatTyping,
    NotePost,
    SessionAccept,
    SessionEnd,
)


def step(state: SessionState, request: type[Request], sender: Role) -> SessionState | None:
    """The state after `request` by `sender`, or None when the table refuses it."""
    return SESSION.get((state, request, sender))
