"""What people ask for beside the conversation: attention, a pause, another person, a page."""

from typing import Annotated

from msgspec import Meta

from protocol import limits
from protocol.base import ClientId, Request, SessionId, SmallId
from protocol.working import Checks, NudgeMark

WebAddress = Annotated[str, Meta(max_length=limits.URL_CHARS, pattern=r"^https?://[^\s\"<>\\]+\Z")]


class NudgeSend(Request, frozen=True, tag="nudge.send"):
    """Call the customer to the window: it comes to the front, shakes, and a sound is heard."""

    id: ClientId


class NudgeTell(Request, frozen=True, tag="nudge.tell"):
    """The customer's side tells what became of the nudge."""

    id: ClientId
    nudge: ClientId
    mark: NudgeMark


class LinkPush(Request, frozen=True, tag="link.push"):
    """Offer the customer a page; it opens when they choose to."""

    id: ClientId
    url: WebAddress


class SessionHold(Request, frozen=True, tag="session.hold"):
    """Tell the customer that one is away for a while."""

    id: ClientId


class SessionResume(Request, frozen=True, tag="session.resume"):
    """Be back from a hold."""

    id: ClientId


class SessionJoin(Request, frozen=True, tag="session.join"):
    """Join a session uninvited, seen by all (supervisors)."""

    id: ClientId
    session: SessionId


class RepresentativeRemove(Request, frozen=True, tag="representative.remove"):
    """Take another representative out of the session."""

    id: ClientId
    who: SmallId


class CustomerReport(Request, frozen=True, tag="customer.report"):
    """The customer's program tells what it found on its computer."""

    id: ClientId
    checks: Checks


WorkingRequest = (
    NudgeSend
    | NudgeTell
    | LinkPush
    | SessionHold
    | SessionResume
    | SessionJoin
    | RepresentativeRemove
    | CustomerReport
)
