"""State machines as tables: who may do what, when.

A table maps (state, request, sender) to the next state. What is not in a table is refused and
changes nothing. Nothing else in the project decides who may act: handlers only decorate the
outcome, the pages enable a button exactly when the table (generated into `protocol.js`) allows
its request, and the tables and diagrams in protocol/README.md are drawn from here.

The sender is part of the key so that rights need no extra rule. The relay's own acts, such as
ending a session whose customer never came back, are rows like any other.
"""

from enum import StrEnum

from protocol.acts import (
    CustomerMove,
    FileFail,
    FileStore,
    GrantExpire,
    GrantTimeOut,
    NoticeEnd,
    NoticeTell,
    RepresentativeDrop,
    SessionClose,
    SessionQueue,
    ShareDrop,
    StepAsk,
    StepTimeOut,
)
from protocol.file_machine import FILE_REQUESTS
from protocol.file_requests import (
    FileAccept,
    FileAsk,
    FileCancel,
    FileDecline,
    FileOffer,
    FileTake,
)
from protocol.requests import (
    ChatPost,
    ChatSeen,
    ChatTyping,
    ClientOffer,
    CodeMake,
    InvitationAccept,
    InvitationMake,
    InvitationWithdraw,
    NotePost,
    NoticeMine,
    NoticeSend,
    Request,
    SessionAccept,
    SessionEnd,
    SessionLeave,
    SessionTransfer,
    StepAnswer,
)
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
from protocol.working_requests import (
    CustomerReport,
    LinkPush,
    NudgeSend,
    NudgeTell,
    RepresentativeRemove,
    SessionHold,
    SessionJoin,
    SessionResume,
)


class SessionState(StrEnum):
    PREPARING = "preparing"
    WAITING = "waiting"
    ACTIVE = "active"
    ENDED = "ended"


SessionTable = dict[tuple[SessionState, type[Request], Role], SessionState]

_PREPARING, _WAITING = SessionState.PREPARING, SessionState.WAITING
_ACTIVE, _ENDED = SessionState.ACTIVE, SessionState.ENDED
_CUSTOMER, _REPRESENTATIVE, _RELAY = Role.CUSTOMER, Role.REPRESENTATIVE, Role.RELAY

_FILES_OF_BOTH = (FileOffer, FileAccept, FileDecline, FileCancel, FileTake)

SESSION: SessionTable = {
    (_PREPARING, ChatSeen, _CUSTOMER): _PREPARING,
    (_PREPARING, StepAsk, _RELAY): _PREPARING,
    (_PREPARING, StepAnswer, _CUSTOMER): _PREPARING,
    (_PREPARING, StepTimeOut, _RELAY): _PREPARING,
    (_PREPARING, SessionQueue, _RELAY): _WAITING,
    (_PREPARING, CodeMake, _CUSTOMER): _PREPARING,
    (_PREPARING, CustomerReport, _CUSTOMER): _PREPARING,
    (_PREPARING, CustomerMove, _RELAY): _PREPARING,
    (_PREPARING, SessionEnd, _CUSTOMER): _ENDED,
    (_PREPARING, SessionClose, _RELAY): _ENDED,
    (_WAITING, ChatPost, _CUSTOMER): _WAITING,
    (_WAITING, ChatSeen, _CUSTOMER): _WAITING,
    (_WAITING, ChatTyping, _CUSTOMER): _WAITING,
    (_WAITING, SessionAccept, _REPRESENTATIVE): _ACTIVE,
    (_WAITING, SessionQueue, _RELAY): _WAITING,
    (_WAITING, NoticeTell, _RELAY): _WAITING,
    (_WAITING, NoticeEnd, _RELAY): _WAITING,
    (_WAITING, NoticeMine, _CUSTOMER): _ENDED,
    (_WAITING, CodeMake, _CUSTOMER): _WAITING,
    (_WAITING, CustomerReport, _CUSTOMER): _WAITING,
    (_WAITING, CustomerMove, _RELAY): _WAITING,
    (_WAITING, SessionEnd, _CUSTOMER): _ENDED,
    (_WAITING, SessionClose, _RELAY): _ENDED,
    (_ACTIVE, ChatPost, _CUSTOMER): _ACTIVE,
    (_ACTIVE, ChatPost, _REPRESENTATIVE): _ACTIVE,
    (_ACTIVE, ChatSeen, _CUSTOMER): _ACTIVE,
    (_ACTIVE, ChatSeen, _REPRESENTATIVE): _ACTIVE,
    (_ACTIVE, ChatTyping, _CUSTOMER): _ACTIVE,
    (_ACTIVE, ChatTyping, _REPRESENTATIVE): _ACTIVE,
    (_ACTIVE, NotePost, _REPRESENTATIVE): _ACTIVE,
    (_ACTIVE, SessionTransfer, _REPRESENTATIVE): _WAITING,
    (_ACTIVE, SessionQueue, _RELAY): _WAITING,
    (_ACTIVE, SessionLeave, _REPRESENTATIVE): _ACTIVE,
    (_ACTIVE, RepresentativeDrop, _RELAY): _ACTIVE,
    (_ACTIVE, InvitationMake, _REPRESENTATIVE): _ACTIVE,
    (_ACTIVE, InvitationWithdraw, _REPRESENTATIVE): _ACTIVE,
    (_ACTIVE, InvitationAccept, _REPRESENTATIVE): _ACTIVE,
    (_ACTIVE, NoticeSend, _REPRESENTATIVE): _ACTIVE,
    (_ACTIVE, NoticeTell, _RELAY): _ACTIVE,
    (_ACTIVE, NoticeEnd, _RELAY): _ACTIVE,
    (_ACTIVE, NoticeMine, _CUSTOMER): _ENDED,
    (_ACTIVE, ClientOffer, _REPRESENTATIVE): _ACTIVE,
    (_ACTIVE, CodeMake, _CUSTOMER): _ACTIVE,
    (_ACTIVE, CustomerMove, _RELAY): _ACTIVE,
    (_ACTIVE, GrantAsk, _REPRESENTATIVE): _ACTIVE,
    (_ACTIVE, GrantReturn, _REPRESENTATIVE): _ACTIVE,
    (_ACTIVE, GrantGive, _CUSTOMER): _ACTIVE,
    (_ACTIVE, GrantDeny, _CUSTOMER): _ACTIVE,
    (_ACTIVE, GrantTake, _CUSTOMER): _ACTIVE,
    (_ACTIVE, GrantTimeOut, _RELAY): _ACTIVE,
    (_ACTIVE, GrantExpire, _RELAY): _ACTIVE,
    (_ACTIVE, ShareStart, _CUSTOMER): _ACTIVE,
    (_ACTIVE, SharePause, _CUSTOMER): _ACTIVE,
    (_ACTIVE, ShareEnd, _CUSTOMER): _ACTIVE,
    (_ACTIVE, ShareStop, _REPRESENTATIVE): _ACTIVE,
    (_ACTIVE, ShareDrop, _RELAY): _ACTIVE,
    (_ACTIVE, FileAsk, _REPRESENTATIVE): _ACTIVE,
    **{(_ACTIVE, one, _CUSTOMER): _ACTIVE for one in _FILES_OF_BOTH},
    **{(_ACTIVE, one, _REPRESENTATIVE): _ACTIVE for one in _FILES_OF_BOTH},
    (_ACTIVE, FileStore, _RELAY): _ACTIVE,
    (_ACTIVE, FileFail, _RELAY): _ACTIVE,
    (_ACTIVE, NudgeSend, _REPRESENTATIVE): _ACTIVE,
    (_ACTIVE, NudgeTell, _CUSTOMER): _ACTIVE,
    (_ACTIVE, LinkPush, _REPRESENTATIVE): _ACTIVE,
    (_ACTIVE, SessionHold, _REPRESENTATIVE): _ACTIVE,
    (_ACTIVE, SessionResume, _REPRESENTATIVE): _ACTIVE,
    (_ACTIVE, SessionJoin, _REPRESENTATIVE): _ACTIVE,
    (_ACTIVE, RepresentativeRemove, _REPRESENTATIVE): _ACTIVE,
    (_ACTIVE, CustomerReport, _CUSTOMER): _ACTIVE,
    (_ACTIVE, SessionEnd, _CUSTOMER): _ENDED,
    (_ACTIVE, SessionEnd, _REPRESENTATIVE): _ENDED,
    (_ACTIVE, SessionClose, _RELAY): _ENDED,
    (_ENDED, NotePost, _REPRESENTATIVE): _ENDED,
}

SESSION_REQUESTS: tuple[type[Request], ...] = (
    ChatPost,
    ChatSeen,
    ChatTyping,
    NotePost,
    SessionAccept,
    SessionTransfer,
    SessionLeave,
    SessionEnd,
    StepAnswer,
    InvitationMake,
    InvitationWithdraw,
    InvitationAccept,
    NoticeSend,
    NoticeMine,
    ClientOffer,
    CodeMake,
    StepAsk,
    StepTimeOut,
    SessionQueue,
    RepresentativeDrop,
    NoticeTell,
    NoticeEnd,
    CustomerMove,
    SessionClose,
    GrantAsk,
    GrantReturn,
    GrantGive,
    GrantDeny,
    GrantTake,
    GrantTimeOut,
    GrantExpire,
    ShareStart,
    SharePause,
    ShareEnd,
    ShareStop,
    ShareDrop,
    *FILE_REQUESTS,
    NudgeSend,
    NudgeTell,
    LinkPush,
    SessionHold,
    SessionResume,
    SessionJoin,
    RepresentativeRemove,
    CustomerReport,
)


def step(state: SessionState, request: type[Request], sender: Role) -> SessionState | None:
    """The state after `request` by `sender`, or None when the table refuses it."""
    return SESSION.get((state, request, sender))
