"""What has happened: numbered, stored, then told.

There are two topics. Everybody in a session hears `session`; only representatives hear
`desk`. Each counts its own facts from 1 without holes, so neither topic betrays the other.
"""

from enum import StrEnum

import msgspec

from protocol.roles import Door, Role


class Topic(StrEnum):
    SESSION = "session"
    DESK = "desk"


class EndReason(StrEnum):
    """Why a session ended, when nobody simply closed it."""

    CLOSED = "closed"
    LINK_LOST = "link_lost"


class Participant(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A person in a session. `name` and `system` may be empty when the customer gave none."""

    id: str
    role: Role
    name: str
    door: Door
    system: str = ""


class Fact(msgspec.Struct, frozen=True, kw_only=True, tag_field="t", rename="camel"):
    """Base of all facts: `seq` in its topic, `at` in milliseconds since 1970 (UTC)."""

    seq: int
    at: int


class SessionOpened(Fact, frozen=True, tag="session.opened"):
    """A customer came in and waits. `queue` is a representative's name, or empty: general."""

    participant: Participant
    queue: str


class SessionAccepted(Fact, frozen=True, tag="session.accepted"):
    """A representative took the customer."""

    participant: Participant


class ChatPosted(Fact, frozen=True, tag="chat.posted"):
    """Somebody said something; `id` is the sender's own id of the line."""

    by: str
    id: str
    text: str


class SessionEnded(Fact, frozen=True, tag="session.ended"):
    """The session is over. `by` is a participant's id, or empty when the relay ended it."""

    by: str
    reason: EndReason


class NotePosted(Fact, frozen=True, tag="note.posted"):
    """A representative wrote a note (topic `desk`)."""

    by: str
    id: str
    text: str


SessionFact = SessionOpened | SessionAccepted | ChatPosted | SessionEnded
DeskFact = NotePosted
AnyFact = SessionFact | DeskFact


def topic_of(fact: AnyFact) -> Topic:
    """The topic whose numbering `fact` belongs to."""
    return Topic.DESK if isinstance(fact, NotePosted) else Topic.SESSION
