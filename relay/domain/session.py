"""What a session does with a request: pure decisions, carried out by `relay.realtime.hub`.

`decide` looks the request up in the table of `protocol.machines`, and says what follows as
effects. It changes nothing itself: the hub first carries out `Store`, and only when that is
committed does the session move on (`after`) and everybody hear of it. So what anyone has seen
is on disk, and a failed commit leaves the session as it was.
"""

from dataclasses import dataclass, field, replace

from protocol import acts, requests
from protocol.errors import ErrorCode
from protocol.facts import (
    AnyFact,
    InvitationOver,
    Participant,
    SessionAccepted,
    SessionEnded,
    SessionOpened,
    SessionQueued,
)
from protocol.file_requests import FileRequest
from protocol.machines import SessionState, step
from protocol.requests import (
    ChatSeen,
    ChatTyping,
    ClientOffer,
    InvitationAccept,
    InvitationMake,
    InvitationWithdraw,
    NoticeMine,
    Request,
    SessionAccept,
    SessionLeave,
    StepAnswer,
)
from protocol.roles import Door
from protocol.share_requests import ShareRequest
from protocol.signals import Ack, Refused, Seen, Signal, Typing
from protocol.snapshot import Snapshot, apply, representatives
from protocol.working_requests import WorkingRequest
from relay.domain import files, reports, sharing, working
from relay.domain.facts_of import MAKERS
from relay.domain.given import Given

SessionRequest = (
    requests.ChatPost
    | ChatSeen
    | ChatTyping
    | requests.NotePost
    | requests.SessionEnd
    | SessionAccept
    | requests.SessionTransfer
    | SessionLeave
    | InvitationMake
    | InvitationWithdraw
    | InvitationAccept
    | StepAnswer
    | requests.NoticeSend
    | NoticeMine
    | ClientOffer
    | ShareRequest
    | FileRequest
    | WorkingRequest
)
SessionAct = (
    acts.StepAsk
    | acts.StepTimeOut
    | acts.SessionQueue
    | acts.RepresentativeDrop
    | acts.NoticeTell
    | acts.NoticeEnd
    | acts.CustomerMove
    | acts.SessionClose
    | sharing.Act
    | files.Act
)


@dataclass(frozen=True, slots=True)
class Session:
    """A session as its node holds it.

    `number` is its short name in the database; `opened` its first fact, whose queue is the one
    it came in by. `portal`, `issue` (ids) and `key` say how it came; `queued` is how it last got
    into a queue, None where it waited from the first; `accepted_at` when (ms) it was last taken
    out of one, 0: never. `users` maps the users ever in it to their
    participant ids, `done` the (sender, client id) of each repeatable request that was carried
    out to its fact's number, `seen` participants to the highest fact they have had on the screen,
    `transfers` files, over or not, to how they last stood. `rated`: the survey was answered.
    """

    snapshot: Snapshot
    number: int
    opened: SessionOpened
    queued: SessionQueued | None = None
    portal: str = ""
    issue: str = ""
    key: str = ""
    users: dict[str, str] = field(default_factory=dict)
    done: dict[tuple[str, str], int] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)
    transfers: files.Known = field(default_factory=dict)
    rated: bool = False
    accepted_at: int = 0

    @property
    def state(self) -> SessionState:
        return self.snapshot.state

    @property
    def opened_at(self) -> int:
        return self.opened.at

    @property
    def queued_at(self) -> int:
        """When it last began to wait (ms)."""
        return self.queued.at if self.queued else self.opened.at

    @property
    def customer(self) -> Participant:
        """The customer; every session has one from its first fact on."""
        return self.snapshot.participants[0]

    @property
    def was_helped(self) -> bool:
        """Whether a representative ever took it."""
        return len(self.snapshot.participants) > 1

    def participant(self, participant_id: str) -> Participant | None:
        """The participant of that id, if it ever was in this session."""
        return next((one for one in self.snapshot.participants if one.id == participant_id), None)

    def is_in(self, participant_id: str) -> bool:
        """Whether that participant is in the session now."""
        known = self.participant(participant_id) is not None
        return known and participant_id not in self.snapshot.left

    @property
    def helpers(self) -> list[str]:
        """The users who are in it now."""
        return [user for user, one in self.users.items() if one not in self.snapshot.left]


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

NOTHING = Given()


def decide(
    session: Session,
    request: SessionRequest | SessionAct,
    sender: Participant,
    now: int,
    given: Given = NOTHING,
) -> list[Effect]:
    """The effects of `request` by `sender` at `now` (ms since 1970), in the order to carry out."""
    snapshot = session.snapshot
    repeated = _repeated(session, request, sender)
    if repeated is not None:
        return [Answer(Ack(id=repeated[0], seq=repeated[1]))]
    becomes = step(snapshot.state, type(request), sender.role)
    if becomes is None or not _fits(session, request, sender, given):
        return _refusal(session, request)
    why = _why_not(session, request, sender, given, now)
    if why is not None:
        return [Answer(Refused(id=_id_of(request), code=why))] if _id_of(request) else []
    if isinstance(request, ChatTyping):
        return [Pass(Typing(by=sender.id, on=request.on))]
    if isinstance(request, ChatSeen):
        return _seen(session, min(request.seq, snapshot.seq), sender)
    if sharing.leaves_no_trace(snapshot, request):
        return [Answer(Ack(id=_id_of(request)))]
    fact = MAKERS[type(request)](request, snapshot, sender, given, now)
    request_id = _id_of(request)
    changed = becomes if becomes is not snapshot.state else None
    effects: list[Effect] = [Store(fact, sender.id, request_id, changed), Tell(fact)]
    for over in _invitations_over(snapshot, request, fact, sender):
        effects += [Store(over), Tell(over)]
    if request_id:
        effects.append(Answer(Ack(id=request_id, seq=fact.seq)))
    return effects


def _invitations_over(
    snapshot: Snapshot, request: Request, fact: AnyFact, sender: Participant
) -> list[InvitationOver]:
    """The end of the invitation that was followed, or of all when no representative is left."""
    over: list[str] = []
    by = ""
    if isinstance(request, InvitationAccept):
        over, by = [request.invitation], sender.id
    elif isinstance(fact, (SessionQueued, SessionEnded)):
        over = [one.id for one in snapshot.invitations]
    return [
        InvitationOver(seq=snapshot.desk_seq + 1 + at, at=fact.at, by=by, id=one)
        for at, one in enumerate(over)
    ]


def _fits(session: Session, request: Request, sender: Participant, given: Given) -> bool:
    """Whether what `request` speaks of is there; who may ask at all is decided by the table."""
    snapshot = session.snapshot
    if type(request) in sharing.REQUESTS:
        return sharing.fits(snapshot, request, sender)
    others = [one for one in representatives(snapshot) if one.id != sender.id]
    match request:
        case StepAnswer() | acts.StepTimeOut():
            return snapshot.question is not None and snapshot.question.step is request.step
        case SessionLeave():
            return bool(others)
        case acts.RepresentativeDrop():
            return {request.by} < {one.id for one in representatives(snapshot)}
        case InvitationMake():
            return all(one.queue != given.queue for one in snapshot.invitations)
        case InvitationWithdraw() | InvitationAccept():
            return any(one.id == request.invitation for one in snapshot.invitations)
        case NoticeMine():
            return any(one.notice == request.notice for one in snapshot.notices)
        case ClientOffer():
            return session.customer.door is Door.CHAT
        case _:
            return True


def _why_not(
    session: Session, request: Request, sender: Participant, given: Given, now: int
) -> ErrorCode | None:
    """The reason against what fits; None: there is none."""
    if type(request) in working.REQUESTS:
        return working.refusal(session.snapshot, request, sender, now)
    if type(request) in files.REQUESTS:
        return files.refusal(session.snapshot, session.transfers, request, sender, given.files)
    return reports.refusal(session.snapshot, request, now)


def _id_of(request: Request) -> str:
    """The sender's own id of a request; the relay's acts have none."""
    return str(getattr(request, "id", ""))


def after(session: Session, stored: Store) -> Session:
    """The session once `stored` is committed."""
    if stored.client_id:
        # Grows in place: a copy for every line would make long sessions slow, and an older
        # value of the session cannot be misled by entries of facts that came after it.
        session.done[stored.sender, stored.client_id] = stored.fact.seq
    queued = stored.fact if isinstance(stored.fact, SessionQueued) else session.queued
    snapshot = apply(session.snapshot, stored.fact)
    files.noted(session.transfers, snapshot, stored.fact)
    accepted = stored.fact.at if isinstance(stored.fact, SessionAccepted) else session.accepted_at
    return replace(session, snapshot=snapshot, queued=queued, accepted_at=accepted)


def admitted(session: Session, user_id: str, participant: Participant) -> Session:
    """The session with `user_id` known as `participant`."""
    return replace(session, users={**session.users, user_id: participant.id})


def _repeated(session: Session, request: Request, sender: Participant) -> tuple[str, int] | None:
    request_id = _id_of(request)
    seq = session.done.get((sender.id, request_id)) if request_id else None
    return None if seq is None else (request_id, seq)


def _refusal(session: Session, request: Request) -> list[Effect]:
    request_id = _id_of(request)
    if not request_id:
        return []
    code, detail = ErrorCode.NOT_NOW, ""
    if session.state is SessionState.ENDED:
        code = ErrorCode.ENDED
    elif isinstance(request, SessionAccept) and session.state is SessionState.ACTIVE:
        code, detail = ErrorCode.TAKEN, _representative(session.snapshot)
    return [Answer(Refused(id=request_id, code=code, detail=detail))]


def _representative(snapshot: Snapshot) -> str:
    names = [one.name for one in representatives(snapshot)]
    return names[0] if names else ""


def _seen(session: Session, seq: int, sender: Participant) -> list[Effect]:
    if seq <= session.seen.get(sender.id, 0):
        return []
    return [Note(sender.id, seq), Pass(Seen(by=sender.id, seq=seq))]
