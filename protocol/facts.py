"""What has happened: numbered, stored, then told.

There are two topics. Everybody in a session hears `session`; only representatives hear
`desk`. Each counts its own facts from 1 without holes, so neither topic betrays the other.
"""

from enum import StrEnum

import msgspec

from protocol.base import Fact as Fact
from protocol.file_facts import FileFact
from protocol.queues import Queue, QueueCause
from protocol.roles import Door, Role
from protocol.share_facts import ShareFact
from protocol.steps import Reply, Step
from protocol.working_facts import WorkingFact


class Topic(StrEnum):
    SESSION = "session"
    DESK = "desk"


class EndReason(StrEnum):
    """Why a session ended.

    DECLINED and UNANSWERED: the agreement was not accepted. ORPHANED: nobody is there to help.
    NOTICE: a notice names the customer's problem.
    """

    CLOSED = "closed"
    LINK_LOST = "link_lost"
    DECLINED = "declined"
    UNANSWERED = "unanswered"
    ORPHANED = "orphaned"
    NOTICE = "notice"


class Departure(StrEnum):
    """Why a representative is no longer in a session that goes on."""

    LEFT = "left"
    LOST = "lost"
    REMOVED = "removed"


class SignedInBy(StrEnum):
    """How a representative proved who they are."""

    PASSWORD = "password"  # noqa: S105 - a word, not one of them
    SECOND_FACTOR = "second_factor"


class Participant(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A person in a session. `name` and `system` may be empty when the customer gave none.

    Of a representative: the `team` for which they took the customer, the `photo` (its SHA-256 in
    hexadecimal digits, GET /photos/SHA256; empty: none), and how they signed in.
    """

    id: str
    role: Role
    name: str
    door: Door
    system: str = ""
    team: str = ""
    photo: str = ""
    sign_in: SignedInBy | None = None


class SessionOpened(Fact, frozen=True, tag="session.opened"):
    """A customer came in. They wait at once, unless there is something to ask before: then they
    are `preparing`. `issue` and `words` say what they need help with, where they were asked;
    `language` is theirs. A `trial` is an administrator who looks at the settings.
    """

    participant: Participant
    queue: Queue
    language: str = "en"
    issue: str = ""
    words: str = ""
    preparing: bool = False
    trial: bool = False


class QuestionAsked(Fact, frozen=True, tag="question.asked"):
    """The customer was asked something before the queue; without an answer within `limit_s`
    seconds the reply is NONE."""

    step: Step
    title: str
    text: str
    limit_s: int


class QuestionAnswered(Fact, frozen=True, tag="question.answered"):
    """The question is answered, or its time was up."""

    step: Step
    reply: Reply


class SessionQueued(Fact, frozen=True, tag="session.queued"):
    """The customer waits in `queue`. `by` is who passed them on, or empty: the relay. All
    representatives have left the session."""

    queue: Queue
    cause: QueueCause
    by: str = ""


class RepresentativeJoined(Fact, frozen=True, tag="representative.joined"):
    """Another representative followed the invitation of `by`, or joined uninvited (empty)."""

    participant: Participant
    by: str


class RepresentativeLeft(Fact, frozen=True, tag="representative.left"):
    """A representative is no longer in the session; another one stays. `remover` took them out."""

    by: str
    why: Departure
    remover: str = ""


class NoticeTold(Fact, frozen=True, tag="notice.told"):
    """The customer was shown a notice. `by` is who sent it, or empty: it came by itself."""

    notice: str
    text: str
    by: str = ""


class NoticeOver(Fact, frozen=True, tag="notice.over"):
    """What a notice told of is solved, or it is no longer shown."""

    notice: str


class ClientOffered(Fact, frozen=True, tag="client.offered"):
    """A representative asked the customer to go on in the program."""

    by: str


class CustomerMoved(Fact, frozen=True, tag="customer.moved"):
    """The customer goes on through another door; `participant` is the same person as before."""

    participant: Participant


class SessionAccepted(Fact, frozen=True, tag="session.accepted"):
    """A representative took the customer."""

    participant: Participant


class ChatPosted(Fact, frozen=True, tag="chat.posted"):
    """Somebody said something; `id` is the sender's own id of the line."""

    by: str
    id: str
    text: str


class SessionEnded(Fact, frozen=True, tag="session.ended"):
    """The session is over. `by` is a participant's id, or empty when the relay ended it.

    `text` is the organisation's last word, if it has one; `url` (https) where the customer may
    go on.
    """

    by: str
    reason: EndReason
    text: str = ""
    url: str = ""


class NotePosted(Fact, frozen=True, tag="note.posted"):
    """A representative wrote a note (topic `desk`)."""

    by: str
    id: str
    text: str


class InvitationMade(Fact, frozen=True, tag="invitation.made"):
    """A representative asks another one in (topic `desk`)."""

    by: str
    id: str
    queue: Queue


class InvitationOver(Fact, frozen=True, tag="invitation.over"):
    """An invitation is no longer open (topic `desk`): `by` followed it or took it back, or the
    relay (empty) since the session left its representatives."""

    by: str
    id: str


SessionFact = (
    SessionOpened
    | QuestionAsked
    | QuestionAnswered
    | SessionQueued
    | SessionAccepted
    | RepresentativeJoined
    | RepresentativeLeft
    | NoticeTold
    | NoticeOver
    | ClientOffered
    | CustomerMoved
    | ChatPosted
    | ShareFact
    | FileFact
    | WorkingFact
    | SessionEnded
)
DeskFact = NotePosted | InvitationMade | InvitationOver
AnyFact = SessionFact | DeskFact


def topic_of(fact: AnyFact) -> Topic:
    """The topic whose numbering `fact` belongs to."""
    return Topic.DESK if isinstance(fact, DeskFact) else Topic.SESSION
