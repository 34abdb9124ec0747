"""What people ask for around the shared screen. See the tables SHARE and GRANT."""

from typing import Annotated

from msgspec import Meta

from protocol import limits
from protocol.base import ClientId, Request, SmallId
from protocol.sharing import Grant, PauseCause, Scope

Number = Annotated[int, Meta(ge=1, le=2**32 - 1)]
LeaseSeconds = Annotated[int, Meta(ge=0, le=limits.LEASE_MOST_S)]
Reason = Annotated[str, Meta(max_length=limits.REASON_CHARS)]


class GrantAsk(Request, frozen=True, tag="grant.ask"):
    """Ask the customer for a grant. Whoever asks for CONTROL and may not see yet asks for both; for
    the clipboard ask only those who see."""

    id: ClientId
    grant: Grant
    reason: Reason = ""


class GrantReturn(Request, frozen=True, tag="grant.return"):
    """Give one's own grant back, or withdraw the question for it."""

    id: ClientId
    grant: Grant


class GrantGive(Request, frozen=True, tag="grant.give"):
    """Allow the representative `to` something for `lasts_s` seconds (0: for the session), or for
    so long from now on. The customer may do so unasked."""

    id: ClientId
    grant: Grant
    to: SmallId
    lasts_s: LeaseSeconds = 0


class GrantDeny(Request, frozen=True, tag="grant.deny"):
    """Answer a question with no."""

    id: ClientId
    grant: Grant
    to: SmallId


class GrantTake(Request, frozen=True, tag="grant.take"):
    """Take a grant back."""

    id: ClientId
    grant: Grant
    to: SmallId


class ShareStart(Request, frozen=True, tag="share.start"):
    """Show the screen, or go on showing it: after a pause, or with another scope.

    `share` counts the shares of the session, `epoch` all starts; where they are new, both are
    higher than any before, be it one that the relay never heard of. Channel messages carry them.
    """

    id: ClientId
    share: Number
    epoch: Number
    scope: Scope


class SharePause(Request, frozen=True, tag="share.pause"):
    """Show nothing for a while; grants stay."""

    id: ClientId
    why: PauseCause = PauseCause.CUSTOMER


class ShareEnd(Request, frozen=True, tag="share.end"):
    """End the share and every grant and question with it. Always allowed."""

    id: ClientId


class ShareStop(Request, frozen=True, tag="share.stop"):
    """A representative ends the share for everybody."""

    id: ClientId


ShareRequest = (
    GrantAsk
    | GrantReturn
    | GrantGive
    | GrantDeny
    | GrantTake
    | ShareStart
    | SharePause
    | ShareEnd
    | ShareStop
)
