"""People, sites and sessions that the tests of decisions speak of."""

from collections.abc import Mapping

import msgspec

from protocol import catalogue
from protocol.acts import NoticeTell, StepAsk
from protocol.facts import Participant, SessionOpened
from protocol.machines import SessionState
from protocol.queues import GENERAL, Queue, QueueKind, QueueWish
from protocol.requests import InvitationAccept, InvitationMake, SessionAccept, SessionEnd
from protocol.roles import Door, Role
from protocol.snapshot import Snapshot, apply
from protocol.steps import Step
from relay.domain.content import Content, Notice, SiteSettings, Team
from relay.domain.given import Given
from relay.domain.session import (
    Session,
    SessionAct,
    SessionRequest,
    Store,
    admitted,
    after,
    decide,
)
from relay.domain.texts import TextName, Words

SITE = "Acme Support"
CATALOGUES = {language: catalogue.load(language) for language in catalogue.LANGUAGES}

GRACE = Participant(id="c1", role=Role.CUSTOMER, name="Grace", door=Door.CHAT, system="Debian 12")
ADA, LINUS, KEN = (
    Participant(id=f"r-{name.lower()}", role=Role.REPRESENTATIVE, name=name, door=Door.SESSION)
    for name in ("Ada", "Linus", "Ken")
)
RELAY = Participant(id="", role=Role.RELAY, name="", door=Door.SESSION)
SENDERS = {Role.CUSTOMER: GRACE, Role.REPRESENTATIVE: ADA, Role.RELAY: RELAY}

BILLING = Queue(kind=QueueKind.TEAM, id="billing", name="Billing")
ADAS = Queue(kind=QueueKind.PERSONAL, id="ada", name="Ada")
LINUSS = Queue(kind=QueueKind.PERSONAL, id="linus", name="Linus")

WISH = QueueWish(kind=QueueKind.TEAM, id="billing")
INVITE = InvitationMake(id="invite-0001", queue=WISH)

SESSION_ID = "5e55104e" * 4


def words(own: Mapping[tuple[TextName, str], str] | None = None) -> Words:
    """The defaults, but for what is the site's own."""
    return Words(own or {}, CATALOGUES)


def content(
    own: Mapping[tuple[TextName, str], str] | None = None,
    *notices: Notice,
    settings: SiteSettings | None = None,
    **parts: object,
) -> Content:
    """A site with the team Billing, and what else is said."""
    known = {"teams": {"billing": Team("billing", "Billing", frozenset({"ada", "linus"}))}}
    return Content(
        words=words(own),
        settings=settings or SiteSettings(),
        notices={one.id: one for one in notices},
        **(known | parts),  # type: ignore[arg-type]
    )


def session(
    queue: Queue = GENERAL,
    *,
    door: Door = Door.CHAT,
    system: str = "Debian 12",
    portal: str = "",
    issue: str = "",
    key: str = "",
    **opened: object,
) -> Session:
    """A session that has just been opened at 1 ms."""
    customer = msgspec.structs.replace(GRACE, door=door, system=system)
    fact = SessionOpened(seq=1, at=1, participant=customer, queue=queue, **opened)  # type: ignore[arg-type]
    start = apply(Snapshot(session=SESSION_ID), fact)
    return Session(start, 1, fact, portal=portal, issue=issue, key=key)


def carried_out(
    at: Session,
    request: SessionRequest | SessionAct,
    sender: Participant = RELAY,
    given: Given | None = None,
    now: int = 5,
) -> Session:
    """The session once everything is stored that `request` leads to."""
    for effect in decide(at, request, sender, now, given or Given()):
        if isinstance(effect, Store):
            at = after(at, effect)
    return at


def accepted(at: Session, who: Participant = ADA, now: int = 5) -> Session:
    """The session taken by `who`, whose user has the same name."""
    request = SessionAccept(id=f"take-{who.id}-{at.snapshot.seq}", session=SESSION_ID)
    return admitted(carried_out(at, request, who, now=now), who.name.lower(), who)


def joined(at: Session, who: Participant, by: Participant = ADA) -> Session:
    """The session with `who` invited into it."""
    invitation = f"for{at.snapshot.desk_seq}"
    own = Queue(kind=QueueKind.PERSONAL, id=who.name.lower(), name=who.name)
    given = Given(queue=own, fresh_id=invitation)
    at = carried_out(at, InvitationMake(id=f"ask-{invitation}", queue=WISH), by, given)
    follow = InvitationAccept(id=f"join-{invitation}", session=SESSION_ID, invitation=invitation)
    return admitted(carried_out(at, follow, who), who.name.lower(), who)


def in_state(state: SessionState, door: Door = Door.CHAT) -> Session:
    """A session in `state`, its customer behind `door`, in which every request of the table that
    can come has something to speak of: a question, the notice `n1`, two representatives, the
    invitation `i1`."""
    if state is SessionState.PREPARING:
        ask = StepAsk(step=Step.AGREEMENT, title="T", text="?", limit_s=60)
        return carried_out(session(preparing=True, door=door), ask)
    at = carried_out(session(door=door), NoticeTell(notice="n1", text="Printing fails."))
    if state is SessionState.WAITING:
        return at
    at = joined(accepted(at), LINUS)
    at = carried_out(at, INVITE, ADA, Given(queue=BILLING, fresh_id="i1"))
    if state is SessionState.ENDED:
        at = carried_out(at, SessionEnd(id="end-it-now"), GRACE)
    return at
