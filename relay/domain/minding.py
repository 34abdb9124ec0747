"""What the relay does by itself in a session: one act at a time, until there is none left. Pure.

`next_act` is asked after every change and once a second. Each act that it names is committed and
changes what it says next, so the relay can stop at any moment and go on where it was.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from protocol.acts import SessionClose, SessionQueue
from protocol.facts import EndReason
from protocol.files import FileEnd
from protocol.machines import SessionState
from protocol.queues import GENERAL, Queue, QueueCause, QueueKind
from protocol.roles import Door
from protocol.steps import Step
from relay.domain import dropped, files, orphans, preparing, sharing, showing
from relay.domain.content import Content
from relay.domain.filling import lasting
from relay.domain.macros import filled
from relay.domain.preparing import Asked
from relay.domain.session import Session, SessionAct
from relay.domain.texts import TextName


@dataclass(frozen=True, slots=True)
class Moment:
    """What is so around a session right now.

    `site` is the organisation's name, `present` whether the customer is connected. `nobody_ms`
    is for how long nobody on duty has taken from the session's queue (None: somebody does);
    `absent_ms` for how long each representative in the session has had no connection; `served`
    says whether somebody on duty takes from a queue; `failing` are file transfers that cannot go
    on, and why.
    """

    now: int
    site: str
    present: bool
    nobody_ms: int | None
    served: Callable[[Queue], bool]
    absent_ms: Mapping[str, int] = field(default_factory=dict)
    can_record: bool = False
    failing: Mapping[str, FileEnd] = field(default_factory=dict)


def next_act(session: Session, content: Content, at: Moment) -> SessionAct | None:
    """What the relay does next in `session`; None: nothing, for now."""
    match session.state:
        case SessionState.PREPARING:
            return _prepare(session, content, at)
        case SessionState.WAITING:
            queue = session.snapshot.queue
            if queue.kind is QueueKind.TEAM and queue.id not in content.teams:
                return SessionQueue(queue=GENERAL, cause=QueueCause.ENTRY)
            waited = at.now - session.queued_at
            if orphans.is_orphaned(content.settings, waited, at.nobody_ms):
                return orphaned(session, content, at.site)
            return showing.next_act(session, content, at.now)
        case SessionState.ACTIVE:
            return (
                sharing.next_act(session.snapshot, at.now, present=at.present)
                or _mind_representatives(session, content, at)
                or files.next_act(session.snapshot, at.failing)
                or showing.next_act(session, content, at.now)
            )
        case SessionState.ENDED:
            return None


def words_of(session: Session, content: Content, site: str, name: TextName) -> str:
    """One of the organisation's texts in the customer's language, filled in."""
    text = content.words(name, session.opened.language)
    return filled(text, lasting(session, site))


def orphaned(session: Session, content: Content, site: str) -> SessionClose:
    """The end of a session that nobody can take."""
    return SessionClose(
        reason=EndReason.ORPHANED,
        text=words_of(session, content, site, TextName.ORPHANED),
        url=content.settings.orphaned_url,
    )


def _prepare(session: Session, content: Content, at: Moment) -> SessionAct | None:
    def words(name: TextName) -> str:
        return words_of(session, content, at.site, name)

    client = session.customer.door is Door.CLIENT
    agreement = TextName.AGREEMENT_CLIENT if client else TextName.AGREEMENT_CHAT
    return preparing.next_act(
        session.snapshot,
        preparing.plan(content.settings, session.customer.door, can_record=at.can_record),
        content.settings,
        {
            Step.AGREEMENT: Asked(words(TextName.AGREEMENT_TITLE), words(agreement)),
            Step.RECORDING: Asked(words(TextName.RECORDING_TITLE), words(TextName.RECORDING_TEXT)),
        },
        words(TextName.DECLINED),
        at.now,
        present=at.present,
    )


def _mind_representatives(session: Session, content: Content, at: Moment) -> SessionAct | None:
    patience = content.settings.lost_after_s * 1000
    lost = [one for one, ms in at.absent_ms.items() if ms >= patience]
    return dropped.next_act(
        session.snapshot,
        lost,
        session.opened.queue,
        content.settings,
        at.served,
        orphaned(session, content, at.site),
    )
