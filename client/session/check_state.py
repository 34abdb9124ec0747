"""What the program has found out about the computer it runs on, and what of it the relay knows."""

from dataclasses import dataclass

from protocol.working import Checks, Hurdle
from protocol.working_requests import CustomerReport


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One look. `system`, `version`, `language` and `monitors` as in `Checks`; `pictured` says
    that a trial picture was taken, `wall` how far the computer's clock (seconds since 1970) is
    before the caller's monotonic one."""

    system: str = ""
    version: str = ""
    language: str = ""
    monitors: tuple[str, ...] = ()
    problems: frozenset[Hurdle] = frozenset()
    pictured: bool = False
    wall: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnChecks:
    """`found` is the last look. `looking` numbers the one under way (0: none), `looks` counts
    them; `pictured` says that a trial picture was taken for this wait. `asked`: the customer wants
    another look; `answering`: the one under way is that. It is `about` a problem, which is `still`
    there if it was found again. `next_look` is when there is a look anyway. `skipped` are the
    problems that the customer does not want to read about any longer.

    `name` begins the client ids of reports, `reports` counts those sent; `sending` is the one under
    way and `told` the last that the relay took. None is sent before `quiet_until`.
    """

    found: Found | None = None
    looking: int = 0
    looks: int = 0
    pictured: bool = False
    asked: bool = False
    answering: bool = False
    about: Hurdle | None = None
    still: Hurdle | None = None
    next_look: float | None = None
    skipped: frozenset[Hurdle] = frozenset()
    name: str = ""
    reports: int = 0
    sending: CustomerReport | None = None
    told: Checks | None = None
    quiet_until: float | None = None
