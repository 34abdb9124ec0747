"""What the client knows of its own share: the customer's answers, and what is to be told of it."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from math import inf

from client.session.permit import WindowKey
from client.session.share_machines import Mode
from protocol.screen import Obstacle
from protocol.share_requests import GrantGive, ShareStart
from protocol.sharing import Grant, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The chosen applications. `apps` are programs (`Window.program`) that were chosen whole,
    `windows` single windows. `new` shares what those programs open later;
    without it `windows` holds every window that was chosen.
    """

    apps: frozenset[str] = frozenset()
    windows: frozenset[WindowKey] = frozenset()
    new: bool = True

    def __bool__(self) -> bool:
        return bool(self.apps or self.windows)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnGrant:
    """What the customer allows a representative, here and by hand. `number` is their place in the
    session at that moment, `until` when it ends; `told` says that the relay has stored it.
    """

    to: str
    number: int
    grant: Grant
    until: float = inf
    told: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """A question that stands: the number of its fact, and when no answer becomes a no."""

    by: str
    grant: Grant
    reason: str
    seq: int
    limit_s: int
    deadline: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A place of the desktop (physical pixels) at which a representative points."""

    by: str
    number: int
    x: int
    y: int
    until: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """`by` has just put text on the customer's clipboard."""

    by: str
    until: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PointedLine:
    """A line of the conversation that only this machine tells: `by` pointed at something, `at` ms
    since 1970, after the fact `seq`."""

    by: str
    at: int
    seq: int


class Broken(StrEnum):
    """Why a share broke off: the link was lost, or the relay did not take the start."""

    LINK = "link"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picking:
    """The picker is open. `to` is the representative whose question it answers (empty: it was
    opened by the customer), `control` whether they asked for control, too."""

    to: str = ""
    control: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnShare:
    """The share as this machine has it; times in seconds of the caller's monotonic clock.

    `share` and `epoch` are the highest numbers used here, `told` says that the relay has stored
    the start of `share`; `scope` and `choice` say what is shown, `held` to whom. `asked` are the
    questions that stand and `answered` the numbers of those that were answered here. After a share
    broke off, `broken` says why and `again` who saw it.

    `since` is when the share began and `second` the whole second that is on the screen.
    `resting` is until when the customer's own hand keeps input away; `watching` are the numbers
    of those who have the picture up (None: not known), `view` and `control` what is in the way;
    `pasted` is who has just put text on the clipboard;
    `end_key` is False once another program turned out to have the key that ends a share.

    `seed` and `posted` make ids for requests; `begun` are the newest that began something, whose
    refusal ends it. `mend_at` is when the relay is told again what it seems to have missed.
    """

    mode: Mode = Mode.OFF
    share: int = 0
    epoch: int = 0
    told: bool = False
    scope: Scope = Scope.ALL
    choice: Choice = field(default_factory=Choice)
    held: tuple[OwnGrant, ...] = ()
    asked: tuple[OpenQuestion, ...] = ()
    answered: frozenset[int] = frozenset()
    picking: Picking = field(default_factory=Picking)
    broken: Broken = Broken.LINK
    again: tuple[str, ...] = ()
    since: float = 0.0
    second: int = 0
    resting: float | None = None
    watching: frozenset[int] | None = None
    view: Obstacle | None = None
    control: Obstacle | None = None
    end_key: bool = True
    marks: tuple[Mark, ...] = ()
    pasted: Pasted | None = None
    pointed: tuple[PointedLine, ...] = ()
    pointed_at: float = -inf
    seed: str = ""
    posted: int = 0
    begun: tuple[GrantGive | ShareStart, ...] = ()
    mend_at: float | None = None

    def holds(self, to: str, grant: Grant) -> OwnGrant | None:
        """What the customer allows `to`."""
        return next((one for one in self.held if (one.to, one.grant) == (to, grant)), None)

    def with_grant(self, new: OwnGrant) -> "OwnShare":
        """With `new`, in place of what that representative had of its kind."""
        if self.holds(new.to, new.grant) is None:
            return replace(self, held=(*self.held, new))
        held = tuple(
            new if (one.to, one.grant) == (new.to, new.grant) else one for one in self.held
        )
        return replace(self, held=held)

    def without(self, to: str, grant: Grant) -> "OwnShare":
        """Without that grant; the others go with VIEW."""
        gone = set(Grant) if grant is Grant.VIEW else {grant}
        held = tuple(one for one in self.held if one.to != to or one.grant not in gone)
        return self if held == self.held else replace(self, held=held)

    def holders(self, grant: Grant) -> tuple[OwnGrant, ...]:
        """Those who have it, in the order in which they got it."""
        return tuple(one for one in self.held if one.grant is grant)

    @property
    def viewers(self) -> tuple[OwnGrant, ...]:
        """Those who may see."""
        return self.holders(Grant.VIEW)

    @property
    def controllers(self) -> tuple[OwnGrant, ...]:
        """Those who may act."""
        return self.holders(Grant.CONTROL)
