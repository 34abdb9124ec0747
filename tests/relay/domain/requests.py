"""An example of every request of a session, for the sessions of `cast.in_state`."""

from dataclasses import replace

import msgspec

from protocol.acts import (
    CustomerMove,
    NoticeEnd,
    NoticeTell,
    RepresentativeDrop,
    SessionClose,
    SessionQueue,
    StepAsk,
    StepTimeOut,
)
from protocol.errors import ErrorCode
from protocol.facts import EndReason
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
from protocol.roles import Door
from protocol.signals import Refused
from protocol.steps import Step
from relay.domain.given import Given
from relay.domain.session import Answer, Session, SessionAct, SessionRequest
from tests.relay.domain.cast import ADA, BILLING, GRACE, LINUSS, SESSION_ID, WISH

ID = "request-1"
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
}


def refused(code: ErrorCode = ErrorCode.NOT_NOW, detail: str = "") -> list[Answer]:
    return [Answer(Refused(id=ID, code=code, detail=detail))]


def fresh(session: Session) -> Session:
    """The session without what it remembers of carried out requests."""
    return replace(session, done={}, seen={})
