"""What a peer may ask. Imperative names; the relay answers with a fact, an ack or a refusal."""

from typing import Annotated

import msgspec
from msgspec import Meta

from protocol import limits
from protocol.roles import Door, Presence

ClientId = Annotated[str, Meta(pattern=rf"^[0-9A-Za-z_-]{{8,{limits.ID_CHARS}}}\Z")]
"""Made by the sender; a request repeated under the same id is carried out once."""

SessionId = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}\Z")]
Token = Annotated[str, Meta(pattern=r"^[0-9A-Za-z_-]{43}\Z")]
"""32 random bytes, base64url without padding (RFC 4648, section 5)."""

Nonce = Annotated[str, Meta(pattern=r"^[0-9A-Za-z_-]{22}\Z")]
Seq = Annotated[int, Meta(ge=0, le=2**53)]
ChatText = Annotated[str, Meta(min_length=1, max_length=limits.CHAT_CHARS, pattern=r"\S")]


class Request(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    tag_field="t",
    rename="camel",
    forbid_unknown_fields=True,
):
    """Base of everything a peer may send."""


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


class KeyMake(Request, frozen=True, tag="key.make"):
    """Make a session key that leads to one's own queue, or to the general one."""

    id: ClientId
    own: bool


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
    | SessionAccept
    | PresenceSet
    | KeyMake
    | KeyCancel
)

_CONVERSATION: frozenset[type[Request]] = frozenset(
    {Hello, Ping, ChatPost, ChatSeen, ChatTyping, SessionEnd}
)

ALLOWED: dict[Door, frozenset[type[Request]]] = {
    Door.CLIENT: _CONVERSATION,
    Door.CHAT: _CONVERSATION,
    Door.SESSION: _CONVERSATION | {NotePost},
    Door.DESK: frozenset({Hello, Ping, SessionAccept, PresenceSet, KeyMake, KeyCancel}),
}
"""Which requests a door understands; anything else closes the socket with WRONG_ROLE."""
