"""An example of every request of a session, for the sessions of `cast.in_state`."""

from dataclasses import replace

import msgspec

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
from protocol.errors import ErrorCode
from protocol.facts import EndReason
from protocol.file_requests import (
    FileAccept,
    FileAsk,
    FileCancel,
    FileDecline,
    FileOffer,
    FileTake,
)
from protocol.files import FileEnd
from protocol.machines import SessionState
from protocol.queues import QueueCause
from protocol.requests import (
    ChatPost,
    ChatSeen,
    ChatTyping,
    ClientOffer,
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
from protocol.roles import Door, Role
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
from protocol.sharing import Grant, PauseCause, Scope, ShareCause
from protocol.signals import Refused
from protocol.steps import Step
from protocol.working import Checks, Hurdle, NudgeMark
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
from relay.domain import files, sharing
from relay.domain.given import Given
from relay.domain.session import Answer, Session, SessionAct, SessionRequest
from tests.relay.domain.cast import (
    ADA,
    BILLING,
    GRACE,
    LINUS,
    LINUSS,
    SESSION_ID,
    WISH,
    carried_out,
    in_state,
)

ID = "request-1"
FILE = "transfer-1"
SUM = "ab" * 32
CHECKS = Checks(system="Debian 12", sees=True, problems=(Hurdle.ELEVATED,))
MOVED = msgspec.structs.replace(GRACE, door=Door.CLIENT)
GIVEN = Given(queue=LINUSS, text="Printing fails.", farewell="Goodbye.", fresh_id="i2")

EXAMPLES: dict[type[Request], SessionRequest | SessionAct] = {
    ChatPost: ChatPost(id=ID, text="hello"),
    ChatSeen: ChatSeen(seq=1),
    ChatTyping: ChatTyping(on=True),
    NotePost: NotePost(id=ID, text="knows Linux"),
    SessionAccept: SessionAccept(id=ID, session=SESSION_ID),
    SessionTransfer: SessionTransfer(id=ID, queue=WISH),
    SessionLeave: SessionLeave(id=ID),
    SessionEnd: SessionEnd(id=ID),
    StepAnswer: StepAnswer(id=ID, step=Step.AGREEMENT, yes=True),
    InvitationMake: InvitationMake(id=ID, queue=WISH),
    InvitationWithdraw: InvitationWithdraw(id=ID, invitation="i1"),
    InvitationAccept: InvitationAccept(id=ID, session=SESSION_ID, invitation="i1"),
    NoticeSend: NoticeSend(id=ID, notice="n2"),
    NoticeMine: NoticeMine(id=ID, notice="n1"),
    ClientOffer: ClientOffer(id=ID),
    StepAsk: StepAsk(step=Step.RECORDING, title="T", text="?", limit_s=60),
    StepTimeOut: StepTimeOut(step=Step.AGREEMENT),
    SessionQueue: SessionQueue(queue=BILLING, cause=QueueCause.ENTRY),
    RepresentativeDrop: RepresentativeDrop(by=ADA.id),
    NoticeTell: NoticeTell(notice="n2", text="Scanning fails."),
    NoticeEnd: NoticeEnd(notice="n1"),
    CustomerMove: CustomerMove(participant=MOVED),
    SessionClose: SessionClose(reason=EndReason.LINK_LOST),
    GrantAsk: GrantAsk(id=ID, grant=Grant.CONTROL, reason="I'll show you."),
    GrantReturn: GrantReturn(id=ID, grant=Grant.VIEW),
    GrantGive: GrantGive(id=ID, grant=Grant.CONTROL, to=ADA.id, lasts_s=900),
    GrantDeny: GrantDeny(id=ID, grant=Grant.VIEW, to=LINUS.id),
    GrantTake: GrantTake(id=ID, grant=Grant.VIEW, to=ADA.id),
    GrantTimeOut: GrantTimeOut(grant=Grant.VIEW, to=LINUS.id),
    GrantExpire: GrantExpire(grant=Grant.VIEW, to=ADA.id),
    ShareStart: ShareStart(id=ID, share=1, epoch=2, scope=Scope.CHOSEN),
    SharePause: SharePause(id=ID, why=PauseCause.CHOOSING),
    ShareEnd: ShareEnd(id=ID),
    ShareStop: ShareStop(id=ID),
    ShareDrop: ShareDrop(why=ShareCause.NOBODY),
    NudgeSend: NudgeSend(id=ID),
    NudgeTell: NudgeTell(id=ID, nudge="nudge-001", mark=NudgeMark.DELIVERED),
    LinkPush: LinkPush(id=ID, url="https://acme.example/driver"),
    SessionHold: SessionHold(id=ID),
    SessionResume: SessionResume(id=ID),
    SessionJoin: SessionJoin(id=ID, session=SESSION_ID),
    RepresentativeRemove: RepresentativeRemove(id=ID, who=LINUS.id),
    FileAsk: FileAsk(id=ID, reason="The log, please."),
    FileOffer: FileOffer(id=ID, transfer="transfer-2", name="b.log", size=7),
    FileAccept: FileAccept(id=ID, transfer=FILE),
    FileDecline: FileDecline(id=ID, transfer=FILE),
    FileCancel: FileCancel(id=ID, transfer=FILE),
    FileTake: FileTake(id=ID, transfer=FILE, sha256=SUM),
    FileStore: FileStore(transfer=FILE, sha256=SUM),
    FileFail: FileFail(transfer=FILE, why=FileEnd.FULL),
    CustomerReport: CustomerReport(id=ID, checks=CHECKS),
}

_BEFORE: dict[type[Request], SessionRequest] = {
    NudgeTell: NudgeSend(id="nudge-001"),
    SessionResume: SessionHold(id="hold-0001"),
}
"""What must have happened for the example of a request to fit."""


def stage(state: SessionState, request: type[Request], role: Role = Role.REPRESENTATIVE) -> Session:
    """A session in `state` in which the example of `request` by `role` has all that it speaks of.
    For those around the screen, Ada sees it, and Linus would like to; for those around files, the
    other one sends one as far as it has to be."""
    at = in_state(state, Door.CLIENT if request in sharing.REQUESTS else Door.CHAT)
    if state is SessionState.ACTIVE and request in files.REQUESTS:
        at = filed(at, request, role)
    if state is SessionState.ACTIVE and request in sharing.REQUESTS:
        at = shown(carried_out(at, GrantAsk(id="may-i-look", grant=Grant.VIEW), LINUS))
    if request in _BEFORE:
        at = carried_out(at, _BEFORE[request], ADA)
    return fresh(at)


def filed(at: Session, request: type[Request], role: Role) -> Session:
    """The session with a file under way, so that `role` may ask for `request`."""
    sender, receiver = (ADA, GRACE) if role is Role.CUSTOMER else (GRACE, ADA)
    offer = FileOffer(id="take-this", transfer=FILE, name="a.log", size=5)
    at = carried_out(at, offer, sender)
    if request in (FileCancel, FileStore, FileTake):
        at = carried_out(at, FileAccept(id="gladly-so", transfer=FILE), receiver)
    if request is FileTake:
        at = carried_out(at, FileStore(transfer=FILE, sha256=SUM))
    return at


def shown(at: Session, *, control: bool = False) -> Session:
    """The session with its screen shown to Ada, in the first epoch of the first share."""
    for grant in [Grant.VIEW, *([Grant.CONTROL] if control else [])]:
        at = carried_out(at, GrantGive(id=f"let-{grant}", grant=grant, to=ADA.id), GRACE)
    start = ShareStart(id="show-it-now", share=1, epoch=1, scope=Scope.ALL)
    return carried_out(at, start, GRACE)


def refused(code: ErrorCode = ErrorCode.NOT_NOW, detail: str = "") -> list[Answer]:
    return [Answer(Refused(id=ID, code=code, detail=detail))]


def fresh(session: Session) -> Session:
    """The session without what it remembers of carried out requests."""
    return replace(session, done={}, seen={})
