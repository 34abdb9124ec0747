"""What a peer may ask. Imperative names; the relay answers with a fact, an ack or a refusal."""

from typing import Annotated

from msgspec import Meta

from protocol import limits
from protocol.base import ClientId, Seq, SessionId, SmallId
from protocol.base import Request as Request
from protocol.file_requests import (
    FileAccept,
    FileAsk,
    FileCancel,
    FileDecline,
    FileOffer,
    FileRequest,
    FileTake,
)
from protocol.queues import QueueWish
from protocol.roles import Door, Presence
from protocol.share_requests import (
    GrantAsk,
    GrantDeny,
    GrantGive,
    GrantReturn,
    GrantTake,
    ShareEnd,
    SharePause,
    ShareRequest,
    ShareStart,
    ShareStop,
)
from protocol.steps import Step
from protocol.working_requests import (
    CustomerReport,
    LinkPush,
    NudgeSend,
    NudgeTell,
    RepresentativeRemove,
    SessionHold,
    SessionJoin,
    SessionResume,
    WorkingRequest,
)

Token = Annotated[str, Meta(pattern=r"^[0-9A-Za-z_-]{43}\Z")]
"""32 random bytes, base64url without padding (RFC 4648, section 5)."""

Nonce = Annotated[str, Meta(pattern=r"^[0-9A-Za-z_-]{22}\Z")]
Email = Annotated[
    str, Meta(max_length=limits.EMAIL_CHARS, pattern=r"^([^@\s<>,;\"]+@[^@\s<>,;\"]+)?\Z")
]
"""An address to write to, or nothing."""

ChatText = Annotated[str, Meta(min_length=1, max_length=limits.CHAT_CHARS, pattern=r"\S")]


class Hello(Request, frozen=True, tag="hello"):
    """The first message of every socket.

    The native client proves itself by its resume `token`, a page by a one-time `ticket`.
    `session` is named on the representative's session socket only. `last` and `last_desk`
    are the highest fact numbers the peer holds; without `last` it gets a snapshot.
    """

    version: int
    token: Token | None = None
    ticket: Token | None = None
    session: SessionId | None = None
    nonce: Nonce | None = None
    last: Seq | None = None
    last_desk: Seq = 0


class Ping(Request, frozen=True, tag="ping"):
    """Measures the link; answered by `pong` with the same number."""

    n: Seq


class ChatPost(Request, frozen=True, tag="chat.post"):
    """Say something to everybody in the session."""

    id: ClientId
    text: ChatText


class ChatSeen(Request, frozen=True, tag="chat.seen"):
    """Everything up to `seq` has been on the screen in front of a person."""

    seq: Seq


class ChatTyping(Request, frozen=True, tag="chat.typing"):
    """Somebody is writing (renewed every few seconds) or has stopped."""

    on: bool


class NotePost(Request, frozen=True, tag="note.post"):
    """Write a note that only representatives can read."""

    id: ClientId
    text: ChatText


class SessionEnd(Request, frozen=True, tag="session.end"):
    """End the session for everybody."""

    id: ClientId


class SessionAccept(Request, frozen=True, tag="session.accept"):
    """Take a waiting customer."""

    id: ClientId
    session: SessionId


class PresenceSet(Request, frozen=True, tag="presence.set"):
    """Say whether one is free for the next customer."""

    presence: Presence


class DeskIdle(Request, frozen=True, tag="desk.idle"):
    """Say that nobody has touched this desk for a while, or that somebody does again.

    Whose desks are all idle counts as away for new customers; running sessions go on.
    """

    on: bool


class SessionTransfer(Request, frozen=True, tag="session.transfer"):
    """Pass the customer on to another queue; all representatives leave the session."""

    id: ClientId
    queue: QueueWish


class SessionLeave(Request, frozen=True, tag="session.leave"):
    """Leave a session in which another representative stays."""

    id: ClientId


class InvitationMake(Request, frozen=True, tag="invitation.make"):
    """Ask a second representative in, through the queue of a colleague or a team."""

    id: ClientId
    queue: QueueWish


class InvitationWithdraw(Request, frozen=True, tag="invitation.withdraw"):
    """Take an open invitation back."""

    id: ClientId
    invitation: SmallId


class InvitationAccept(Request, frozen=True, tag="invitation.accept"):
    """Join the session that one was invited into."""

    id: ClientId
    session: SessionId
    invitation: SmallId


class StepAnswer(Request, frozen=True, tag="step.answer"):
    """Answer the question that stands before the queue."""

    id: ClientId
    step: Step
    yes: bool


class NoticeSend(Request, frozen=True, tag="notice.send"):
    """Show an active notice to the customer of this session."""

    id: ClientId
    notice: SmallId


class NoticeMine(Request, frozen=True, tag="notice.mine"):
    """Leave: the notice names the customer's own problem. With an `email` they are told there
    when it is solved."""

    id: ClientId
    notice: SmallId
    email: Email = ""


class ClientOffer(Request, frozen=True, tag="client.offer"):
    """Ask a customer in the web chat to go on in the program."""

    id: ClientId


class CodeMake(Request, frozen=True, tag="code.make"):
    """Make the join code with which the program takes this session over from the web chat."""

    id: ClientId


class LetIn(Request, frozen=True, tag="client.let_in"):
    """Let the program in once more whose join code was used already."""

    id: ClientId
    session: SessionId


class KeyMake(Request, frozen=True, tag="key.make"):
    """Make a session key that leads to `queue`."""

    id: ClientId
    queue: QueueWish


class KeyCancel(Request, frozen=True, tag="key.cancel"):
    """Make one's own unused key worthless."""

    id: ClientId
    key: str


AnyRequest = (
    Hello
    | Ping
    | ChatPost
    | ChatSeen
    | ChatTyping
    | NotePost
    | SessionEnd
    | SessionTransfer
    | SessionLeave
    | SessionAccept
    | InvitationMake
    | InvitationWithdraw
    | InvitationAccept
    | StepAnswer
    | NoticeSend
    | NoticeMine
    | ClientOffer
    | CodeMake
    | LetIn
    | PresenceSet
    | DeskIdle
    | KeyMake
    | KeyCancel
    | ShareRequest
    | FileRequest
    | WorkingRequest
)

_CONVERSATION: frozenset[type[Request]] = frozenset(
    {Hello, Ping, ChatPost, ChatSeen, ChatTyping, SessionEnd}
)
_CUSTOMERS: frozenset[type[Request]] = _CONVERSATION | {
    StepAnswer,
    NoticeMine,
    NudgeTell,
    FileOffer,
    FileAccept,
    FileDecline,
    FileCancel,
    FileTake,
}

ALLOWED: dict[Door, frozenset[type[Request]]] = {
    Door.CLIENT: _CUSTOMERS
    | {GrantGive, GrantDeny, GrantTake, ShareStart, SharePause, ShareEnd, CustomerReport},
    Door.CHAT: _CUSTOMERS | {CodeMake},
    Door.SESSION: _CONVERSATION
    | {
        NotePost,
        SessionTransfer,
        SessionLeave,
        InvitationMake,
        InvitationWithdraw,
        NoticeSend,
        ClientOffer,
        GrantAsk,
        GrantReturn,
        ShareStop,
        FileAsk,
        FileOffer,
        FileAccept,
        FileDecline,
        FileCancel,
        FileTake,
        NudgeSend,
        LinkPush,
        SessionHold,
        SessionResume,
        RepresentativeRemove,
    },
    Door.DESK: frozenset(
        {
            Hello,
            Ping,
            SessionAccept,
            InvitationAccept,
            SessionJoin,
            LetIn,
            PresenceSet,
            DeskIdle,
            KeyMake,
            KeyCancel,
        }
    ),
}
"""Which requests a door understands; anything else closes the socket with WRONG_ROLE."""
