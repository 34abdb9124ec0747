"""The fact that a request becomes, one maker for each kind of request. Pure."""

from collections.abc import Callable
from typing import Any

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
from protocol.facts import (
    AnyFact,
    ChatPosted,
    ClientOffered,
    CustomerMoved,
    Departure,
    EndReason,
    InvitationMade,
    InvitationOver,
    NotePosted,
    NoticeOver,
    NoticeTold,
    Participant,
    QuestionAnswered,
    QuestionAsked,
    RepresentativeJoined,
    RepresentativeLeft,
    SessionAccepted,
    SessionEnded,
    SessionQueued,
)
from protocol.queues import QueueCause
from protocol.requests import (
    ChatPost,
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
from protocol.snapshot import Snapshot
from protocol.steps import Reply
from protocol.working_requests import CustomerReport
from relay.domain import files, reports, sharing, working
from relay.domain.given import Given

Maker = Callable[[Any, Snapshot, Participant, Given, int], AnyFact]
"""(request, session as it is, sender, what is given, now in ms) -> fact."""


def _desk_fact(kind: type[AnyFact], snapshot: Snapshot, now: int, **fields: Any) -> AnyFact:
    return kind(seq=snapshot.desk_seq + 1, at=now, **fields)


def _fact(kind: type[AnyFact], snapshot: Snapshot, now: int, **fields: Any) -> AnyFact:
    return kind(seq=snapshot.seq + 1, at=now, **fields)


def _chat(request: ChatPost, at: Snapshot, sender: Participant, _: Given, now: int) -> AnyFact:
    return _fact(ChatPosted, at, now, by=sender.id, id=request.id, text=request.text)


def _note(request: NotePost, at: Snapshot, sender: Participant, _: Given, now: int) -> AnyFact:
    return _desk_fact(NotePosted, at, now, by=sender.id, id=request.id, text=request.text)


def _accepted(_: SessionAccept, at: Snapshot, sender: Participant, __: Given, now: int) -> AnyFact:
    return _fact(SessionAccepted, at, now, participant=sender)


def _ended(_: SessionEnd, at: Snapshot, sender: Participant, __: Given, now: int) -> AnyFact:
    return _fact(SessionEnded, at, now, by=sender.id, reason=EndReason.CLOSED)


def _closed(request: SessionClose, at: Snapshot, _: Participant, __: Given, now: int) -> AnyFact:
    reason, text, url = request.reason, request.text, request.url
    return _fact(SessionEnded, at, now, by="", reason=reason, text=text, url=url)


def _mine(_: NoticeMine, at: Snapshot, sender: Participant, given: Given, now: int) -> AnyFact:
    reason = EndReason.NOTICE
    return _fact(SessionEnded, at, now, by=sender.id, reason=reason, text=given.farewell)


def _asked(request: StepAsk, at: Snapshot, _: Participant, __: Given, now: int) -> AnyFact:
    return _fact(
        QuestionAsked,
        at,
        now,
        step=request.step,
        title=request.title,
        text=request.text,
        limit_s=request.limit_s,
    )


def _answered(request: StepAnswer, at: Snapshot, _: Participant, __: Given, now: int) -> AnyFact:
    reply = Reply.YES if request.yes else Reply.NO
    return _fact(QuestionAnswered, at, now, step=request.step, reply=reply)


def _late(request: StepTimeOut, at: Snapshot, _: Participant, __: Given, now: int) -> AnyFact:
    return _fact(QuestionAnswered, at, now, step=request.step, reply=Reply.NONE)


def _queued(request: SessionQueue, at: Snapshot, _: Participant, __: Given, now: int) -> AnyFact:
    return _fact(SessionQueued, at, now, queue=request.queue, cause=request.cause)


def _passed(
    _: SessionTransfer, at: Snapshot, sender: Participant, given: Given, now: int
) -> AnyFact:
    cause = QueueCause.TRANSFER
    return _fact(SessionQueued, at, now, queue=given.queue, cause=cause, by=sender.id)


def _left(_: SessionLeave, at: Snapshot, sender: Participant, __: Given, now: int) -> AnyFact:
    return _fact(RepresentativeLeft, at, now, by=sender.id, why=Departure.LEFT)


def _lost(
    request: RepresentativeDrop, at: Snapshot, _: Participant, __: Given, now: int
) -> AnyFact:
    return _fact(RepresentativeLeft, at, now, by=request.by, why=request.why)


def _invited(
    _: InvitationMake, at: Snapshot, sender: Participant, given: Given, now: int
) -> AnyFact:
    return _desk_fact(InvitationMade, at, now, by=sender.id, id=given.fresh_id, queue=given.queue)


def _withdrawn(
    request: InvitationWithdraw, at: Snapshot, sender: Participant, _: Given, now: int
) -> AnyFact:
    return _desk_fact(InvitationOver, at, now, by=sender.id, id=request.invitation)


def _joined(
    request: InvitationAccept, at: Snapshot, sender: Participant, _: Given, now: int
) -> AnyFact:
    by = next(one.by for one in at.invitations if one.id == request.invitation)
    return _fact(RepresentativeJoined, at, now, participant=sender, by=by)


def _sent(
    request: NoticeSend, at: Snapshot, sender: Participant, given: Given, now: int
) -> AnyFact:
    return _fact(NoticeTold, at, now, notice=request.notice, text=given.text, by=sender.id)


def _told(request: NoticeTell, at: Snapshot, _: Participant, __: Given, now: int) -> AnyFact:
    return _fact(NoticeTold, at, now, notice=request.notice, text=request.text, by=request.by)


def _over(request: NoticeEnd, at: Snapshot, _: Participant, __: Given, now: int) -> AnyFact:
    return _fact(NoticeOver, at, now, notice=request.notice)


def _offered(_: ClientOffer, at: Snapshot, sender: Participant, __: Given, now: int) -> AnyFact:
    return _fact(ClientOffered, at, now, by=sender.id)


def _moved(request: CustomerMove, at: Snapshot, _: Participant, __: Given, now: int) -> AnyFact:
    return _fact(CustomerMoved, at, now, participant=request.participant)


def _without_given(make: files.Maker | sharing.Maker | working.Maker) -> Maker:
    return lambda request, at, sender, _, now: make(request, at, sender, now)


MAKERS: dict[type[Request], Maker] = {
    ChatPost: _chat,
    NotePost: _note,
    SessionAccept: _accepted,
    SessionEnd: _ended,
    SessionClose: _closed,
    NoticeMine: _mine,
    StepAsk: _asked,
    StepAnswer: _answered,
    StepTimeOut: _late,
    SessionQueue: _queued,
    SessionTransfer: _passed,
    SessionLeave: _left,
    RepresentativeDrop: _lost,
    InvitationMake: _invited,
    InvitationWithdraw: _withdrawn,
    InvitationAccept: _joined,
    NoticeSend: _sent,
    NoticeTell: _told,
    NoticeEnd: _over,
    ClientOffer: _offered,
    CustomerMove: _moved,
    **{kind: _without_given(make) for kind, make in files.MAKERS.items()},
    **{kind: _without_given(make) for kind, make in sharing.MAKERS.items()},
    **{kind: _without_given(make) for kind, make in working.MAKERS.items()},
    CustomerReport: _without_given(reports.reported),
}
