"""The whole state of a session as one value, and the one law that moves it on.

A peer that joins gets a snapshot and then facts. For every session and every cut through its
history, `apply` over the later facts must equal a snapshot taken afterwards; the tests check
that law, and the relay, the client and the pages rely on it.
"""

import msgspec

from protocol import limits
from protocol.errors import CloseCode, RemoteProtocolError
from protocol.facts import (
    AnyFact,
    CustomerMoved,
    DeskFact,
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
    SessionFact,
    SessionOpened,
    SessionQueued,
    Topic,
    topic_of,
)
from protocol.file_facts import FileFact
from protocol.file_snapshot import Transfer, stored, transferred, without_person
from protocol.machines import SessionState
from protocol.queues import GENERAL, Queue
from protocol.roles import Role
from protocol.share_facts import ShareFact
from protocol.share_snapshot import Sharing, ended, shared, without
from protocol.working import Checks
from protocol.working_facts import CustomerReported, SessionHeld, SessionResumed


class Snapshot(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A session as its topics tell it.

    `participants` are all who ever came, the customer first; those in `left` are no longer in
    it. `question` is the one that stands now, `answers` what became of earlier ones; `notices`
    are those the customer was shown and that are not over; the place of somebody in
    `participants` is the `sender` of their channel messages. `files` are the transfers that are
    not over, `holder` is who put the customer on hold, `checks` the last findings of the customer's
    program. `log` and `notes` hold at most `limits.LOG_LINES` facts each, oldest first; `seq` and
    `desk_seq` number the last fact applied. Customers get `notes` and `invitations` empty and
    `desk_seq` 0.
    """

    session: str
    state: SessionState = SessionState.WAITING
    queue: Queue = GENERAL
    participants: tuple[Participant, ...] = ()
    left: tuple[str, ...] = ()
    question: QuestionAsked | None = None
    answers: tuple[QuestionAnswered, ...] = ()
    notices: tuple[NoticeTold, ...] = ()
    invitations: tuple[InvitationMade, ...] = ()
    sharing: Sharing = Sharing()
    files: tuple[Transfer, ...] = ()
    holder: str = ""
    checks: Checks | None = None
    log: tuple[SessionFact, ...] = ()
    notes: tuple[DeskFact, ...] = ()
    seq: int = 0
    desk_seq: int = 0


def apply(snapshot: Snapshot, fact: AnyFact) -> Snapshot:
    """The snapshot after `fact`; a fact already applied changes nothing.

    Raises `RemoteProtocolError` when a fact is missing in between.
    """
    held = snapshot.desk_seq if topic_of(fact) is Topic.DESK else snapshot.seq
    if fact.seq <= held:
        return snapshot
    if fact.seq > held + 1:
        raise RemoteProtocolError(
            CloseCode.OUT_OF_ORDER, f"fact {fact.seq} of {topic_of(fact)} came after {held}"
        )
    if isinstance(fact, DeskFact):
        notes = (*snapshot.notes, fact)[-limits.LOG_LINES :]
        return _noted(msgspec.structs.replace(snapshot, notes=notes, desk_seq=fact.seq), fact)
    log = (*snapshot.log, fact)[-limits.LOG_LINES :]
    return msgspec.structs.replace(snapshot, log=log, seq=fact.seq, **_changes(snapshot, fact))


def _noted(snapshot: Snapshot, fact: DeskFact) -> Snapshot:
    match fact:
        case InvitationMade():
            invitations = (*snapshot.invitations, fact)
        case InvitationOver():
            invitations = tuple(one for one in snapshot.invitations if one.id != fact.id)
        case NotePosted():
            return snapshot
    return msgspec.structs.replace(snapshot, invitations=invitations)


def _changes(snapshot: Snapshot, fact: SessionFact) -> dict[str, object]:
    """The parts of the snapshot that `fact` changes, beside the log."""
    if isinstance(fact, ShareFact):
        return {"sharing": shared(snapshot.sharing, fact)}
    if isinstance(fact, FileFact):
        return {"files": transferred(snapshot.files, fact)}
    match fact:
        case SessionOpened():
            state = SessionState.PREPARING if fact.preparing else SessionState.WAITING
            return {"state": state, "queue": fact.queue, "participants": (fact.participant,)}
        case QuestionAsked() | QuestionAnswered():
            return _questions(snapshot, fact)
        case SessionQueued():
            left = tuple(one.id for one in snapshot.participants if one.role is not Role.CUSTOMER)
            return {
                "state": SessionState.WAITING,
                "queue": fact.queue,
                "left": left,
                "sharing": ended(snapshot.sharing),
                "files": stored(snapshot.files),
                "holder": "",
            }
        case SessionAccepted():
            return {"state": SessionState.ACTIVE, **_joined(snapshot, fact.participant)}
        case SessionEnded():
            return {
                "state": SessionState.ENDED,
                "question": None,
                "sharing": ended(snapshot.sharing),
                "files": (),
                "holder": "",
            }
        case NoticeTold() | NoticeOver():
            return {"notices": _notices(snapshot, fact)}
        case _:
            return _people(snapshot, fact)


def _questions(snapshot: Snapshot, fact: QuestionAsked | QuestionAnswered) -> dict[str, object]:
    if isinstance(fact, QuestionAsked):
        return {"question": fact}
    return {"question": None, "answers": (*snapshot.answers, fact)}


def _people(snapshot: Snapshot, fact: SessionFact) -> dict[str, object]:
    match fact:
        case RepresentativeJoined():
            return _joined(snapshot, fact.participant)
        case RepresentativeLeft():
            return {
                "left": (*snapshot.left, fact.by),
                "sharing": without(snapshot.sharing, fact.by),
                "files": without_person(snapshot.files, fact.by),
                "holder": "" if snapshot.holder == fact.by else snapshot.holder,
            }
        case CustomerMoved():
            return {
                "participants": (fact.participant, *snapshot.participants[1:]),
                "sharing": ended(snapshot.sharing),
                "files": without_person(snapshot.files, fact.participant.id),
            }
        case SessionHeld():
            return {"holder": fact.by}
        case SessionResumed():
            return {"holder": ""}
        case CustomerReported():
            return {"checks": fact.checks}
        case _:
            return {}


def _joined(snapshot: Snapshot, participant: Participant) -> dict[str, object]:
    """Somebody who comes back keeps their place: it is their number on the channel."""
    left = tuple(one for one in snapshot.left if one != participant.id)
    people = {one.id: one for one in snapshot.participants} | {participant.id: participant}
    return {"participants": tuple(people.values()), "left": left}


def _notices(snapshot: Snapshot, fact: NoticeTold | NoticeOver) -> tuple[NoticeTold, ...]:
    others = tuple(one for one in snapshot.notices if one.notice != fact.notice)
    return (*others, fact) if isinstance(fact, NoticeTold) else others


def representatives(snapshot: Snapshot) -> tuple[Participant, ...]:
    """Who helps in this session now, in the order they first came."""
    return tuple(
        one
        for one in snapshot.participants
        if one.role is Role.REPRESENTATIVE and one.id not in snapshot.left
    )


def for_customer(snapshot: Snapshot) -> Snapshot:
    """The same session without anything that only representatives may know."""
    return msgspec.structs.replace(snapshot, notes=(), invitations=(), desk_seq=0)
