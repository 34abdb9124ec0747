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
    NotePosted,
    Participant,
    SessionAccepted,
    SessionEnded,
    SessionFact,
    SessionOpened,
    Topic,
    topic_of,
)
from protocol.machines import SessionState


class Snapshot(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A session as its topics tell it.

    `log` and `notes` hold at most `limits.LOG_LINES` facts each, oldest first; `seq` and
    `desk_seq` number the last fact applied. Customers get `notes` empty and `desk_seq` 0.
    """

    session: str
    state: SessionState = SessionState.WAITING
    queue: str = ""
    participants: tuple[Participant, ...] = ()
    log: tuple[SessionFact, ...] = ()
    notes: tuple[NotePosted, ...] = ()
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
    if isinstance(fact, NotePosted):
        notes = (*snapshot.notes, fact)[-limits.LOG_LINES :]
        return msgspec.structs.replace(snapshot, notes=notes, desk_seq=fact.seq)
    log = (*snapshot.log, fact)[-limits.LOG_LINES :]
    return _changed(msgspec.structs.replace(snapshot, log=log, seq=fact.seq), fact)


def _changed(snapshot: Snapshot, fact: SessionFact) -> Snapshot:
    match fact:
        case SessionOpened():
            return msgspec.structs.replace(
                snapshot, queue=fact.queue, participants=(fact.participant,)
            )
        case SessionAccepted():
            return msgspec.structs.replace(
                snapshot,
                state=SessionState.ACTIVE,
                participants=(*snapshot.participants, fact.participant),
            )
        case SessionEnded():
            return msgspec.structs.replace(snapshot, state=SessionState.ENDED)
        case _:
            return snapshot


def for_customer(snapshot: Snapshot) -> Snapshot:
    """The same session without anything that only representatives may know."""
    return msgspec.structs.replace(snapshot, notes=(), desk_seq=0)
