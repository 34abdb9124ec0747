"""What happens around the checks of the computer."""

from dataclasses import dataclass

from client.session.check_state import Found
from protocol.working import Hurdle


@dataclass(frozen=True, slots=True)
class LookedAround:
    """The look number `look` is done; `id` is a fresh client id."""

    look: int
    found: Found
    id: str


@dataclass(frozen=True, slots=True)
class CheckWanted:
    """The customer pressed Check again, beside `problem`."""

    problem: Hurdle | None = None


@dataclass(frozen=True, slots=True)
class FixWanted:
    """The customer wants to see where a problem is solved."""

    problem: Hurdle


@dataclass(frozen=True, slots=True)
class FixSkipped:
    """The customer goes on with the problem."""

    problem: Hurdle


CheckInput = LookedAround | CheckWanted | FixWanted | FixSkipped
