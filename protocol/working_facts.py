"""What has happened beside the conversation (topic `session`)."""

from protocol.base import Fact
from protocol.working import Checks, NudgeMark


class NudgeSent(Fact, frozen=True, tag="nudge.sent"):
    """A representative nudged the customer."""

    by: str
    id: str


class NudgeTold(Fact, frozen=True, tag="nudge.told"):
    """What became of the nudge `id`."""

    id: str
    mark: NudgeMark


class LinkPushed(Fact, frozen=True, tag="link.pushed"):
    """A representative offers a page."""

    by: str
    id: str
    url: str


class SessionHeld(Fact, frozen=True, tag="session.held"):
    """A representative is away for a while."""

    by: str


class SessionResumed(Fact, frozen=True, tag="session.resumed"):
    """They are back."""

    by: str


class CustomerReported(Fact, frozen=True, tag="customer.reported"):
    """What the customer's program found on its computer; a newer one replaces an older one."""

    checks: Checks


WorkingFact = NudgeSent | NudgeTold | LinkPushed | SessionHeld | SessionResumed | CustomerReported
