"""What has happened around the shared screen (topic `session`)."""

from protocol.base import Fact
from protocol.sharing import Grant, GrantEnd, PauseCause, Scope, ShareCause


class GrantAsked(Fact, frozen=True, tag="grant.asked"):
    """A representative asks; without an answer within `limit_s` seconds it is a no."""

    by: str
    grant: Grant
    reason: str
    limit_s: int


class GrantGiven(Fact, frozen=True, tag="grant.given"):
    """`to` is allowed something for `lasts_s` seconds from `at` on; 0: for the session."""

    to: str
    grant: Grant
    lasts_s: int = 0


class GrantOver(Fact, frozen=True, tag="grant.over"):
    """The question of `to` came to nothing, or their grant is over; the others end with VIEW."""

    to: str
    grant: Grant
    why: GrantEnd


class ShareStarted(Fact, frozen=True, tag="share.started"):
    """The screen is shown from now on; see `protocol.share_requests.ShareStart`."""

    share: int
    epoch: int
    scope: Scope


class SharePaused(Fact, frozen=True, tag="share.paused"):
    """Nothing is shown for now."""

    why: PauseCause


class ShareEnded(Fact, frozen=True, tag="share.ended"):
    """The share is over, and every grant and question with it. `by` is a participant's id, or
    empty when the relay ended it."""

    by: str
    why: ShareCause


ShareFact = GrantAsked | GrantGiven | GrantOver | ShareStarted | SharePaused | ShareEnded
