"""What a session does with a request: pure decisions, carried out by `relay.realtime.hub`.

`decide` looks the request up in the table of `protocol.machines`, and says what follows as
effects. It changes nothing itself: the hub first carries out `Store`, and only when that is
committed does the session move on (`after`) and everybody hear of it. So what anyone has seen
is on disk, and a failed commit leaves the session as it was.
"""

from dataclasses import dataclass, field, replace
from typing import assert_never

from protocol.errors import ErrorCode
from protocol.facts import (
    AnyFact,
    ChatPosted,
    EndReason,
    NotePosted,
    Participant,
    SessionAccepted,
    SessionEnded,
)
from protocol.machines import SessionState, step
from protocol.requests import ChatPost, ChatSeen, ChatTyping, NotePost, SessionAccept, SessionEnd
from protocol.roles import Role
from protocol.signals import Ack, Refused, Seen, Signal, Typing
from protocol.snapshot import Snapshot, apply

SessionRequest = ChatPost | ChatSeen | ChatTyping | NotePost | SessionAccept | SessionEnd


@dataclass(frozen=True, slots=True)
class Session:
    """A session as its node holds it.

    `number` is its short name in the database. `users` maps the users in it to their participant
    ids, `done` the (sender, client id) of each repeatable request that was carried out to its
    fact's number, `seen` participants to the highest fact they have had on the screen.
    """

    snapshot: Snapshot
    number: int
    opened_at: int
    queue_user_id: str | None = None
    users: dict[str, str] = field(default_factory=dict)
    done: dict[tuple[str, str], int] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)

    @property
    def state(self) -> SessionState:
        return self.snapshot.state

    @property
    def customer(self) -> Participant:
        """The customer; every session has one from its first fact on."""
        return self.snapshot.participants[0]

    def participant(self, participant_id: str) -> Participant | None:
        """The participant of that id, if it is in this session."""
        return next((one for one in self.snapshot.participants if one.id == participant_id), None)


@dataclass(frozen=True, slots=True)
class Store:
    """Commit `fact`; `becomes` is the session's new state where it changes.

    `sender` and `client_id` make a repetition of the same request recognisable.
    """

    fact: AnyFact
    sender: str = ""
    client_id: str = ""
    becomes: SessionState | None = None


@dataclass(frozen=True, slots=True)
class Tell:
    """Tell everybody in the fact's topic."""

    fact: AnyFact


@dataclass(frozen=True, slots=True)
class Answer:
    """Tell only who asked."""

    signal: Ack | Refused


@dataclass(frozen=True, slots=True)
class Pass:
    """Tell everybody but who asked; may be dropped."""

    signal: Signal


@dataclass(frozen=True, slots=True)
class Note:
    """Remember (not urgently) what `participant` has seen."""

    participant: str
    seq: int


Effect = Store | Tell | Answer | Pass | Note


def decide(
    session: Session, request: SessionRequest, sender: Participant, now: int
) -> list[Effect]:
    """The effects of `request` by `sender` at `now` (ms since 1970), in the order to carry out."""
    snapshot = session.snapshot
    repeated = _repeated(session, request, sender)
    if repeated is not None:
        return [Answer(Ack(id=repeated[0], seq=repeated[1]))]
    becomes = step(snapshot.state, type(request), sender.role)
    if becomes is None:
        return _refusal(session, request)
    match request:
        case ChatPost():
            fact: AnyFact = ChatPosted(
                seq=snapshot.seq + 1, at=now, by=sender.id, id=request.id, text=request.text
            )
        case NotePost():
            fact = NotePosted(
                seq=snapshot.desk_seq + 1, at=now, by=sender.id, id=request.id, text=request.text
            )
        case SessionAccept():
            fact = SessionAccepted(seq=snapshot.seq + 1, at=now, participant=sender)
        case SessionEnd():
            reason = EndReason.LINK_LOST if sender.role is Role.RELAY else EndReason.CLOSED
            fact = SessionEnded(seq=snapshot.seq + 1, at=now, by=sender.id, reason=reason)
        case ChatTyping():
            return [Pass(Typing(by=sender.id, on=request.on))]
        case ChatSeen():
            return _seen(session, min(request.seq, snapshot.seq), sender)
        case _:
            assert_never(request)
    changed = becomes if becomes is not snapshot.state else None
    return [
        Store(fact, sender.id, request.id, changed),
        Tell(fact),
        Answer(Ack(id=request.id, seq=fact.seq)),
    ]


def after(session: Session, stored: Store) -> Session:
    """The session once `stored` is committed."""
    if stored.client_id:
        # Grows in place: a copy for every line would make long sessions slow, and an older
        # value of the session cannot be misled by entries of facts that came after it.
        session.done[stored.sender, stored.client_id] = stored.fact.seq
    return replace(session, snapshot=apply(session.snapshot, stored.fact))


def admitted(session: Session, user_id: str, participant: Participant) -> Session:
    """The session with `user_id` known as `participant`."""
    return replace(session, users={**session.users, user_id: participant.id})


def _repeated(
    session: Session, request: SessionRequest, sender: Participant
) -> tuple[str, int] | None:
    if isinstance(request, (ChatTyping, ChatSeen)):
        return None
    seq = session.done.get((sender.id, request.id))
    return None if seq is None else (request.id, seq)


def _refusal(session: Session, request: SessionRequest) -> list[Effect]:
    if isinstance(request, (ChatTyping, ChatSeen)):
        return []
    code, detail = ErrorCode.NOT_NOW, ""
    if session.state is SessionState.ENDED:
        code = ErrorCode.ENDED
    elif isinstance(request, SessionAccept):
        code, detail = ErrorCode.TAKEN, _representative(session.snapshot)
    return [Answer(Refused(id=request.id, code=code, detail=detail))]


def _representative(snapshot: Snapshot) -> str:
    names = [one.name for one in snapshot.participants if one.role is Role.REPRESENTATIVE]
    return names[0] if names else ""


def _seen(session: Session, seq: int, sender: Participant) -> list[Effect]:
    if seq <= session.seen.get(sender.id, 0):
        return []
    return [Note(sender.id, seq), Pass(Seen(by=sender.id, seq=seq))]
