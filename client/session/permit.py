"""What the customer allows at this moment, as one value: the client's own truth about grants."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class WindowKey(NamedTuple):
    """What a single window is chosen by. A system uses the number of a window again; the next one
    with it, of another process, was not chosen."""

    id: int
    pid: int
    program: str


@dataclass(frozen=True, slots=True)
class Permit:
    """Nothing is shown or injected but under this value, which the customer's answers alone make.

    `epoch` and `share` are those of the running share; epoch 0 allows nothing. `viewers` are the
    participant numbers that may see, `controllers` those that may act, each with the moment (in
    seconds of the monotonic clock) at which that ends. In the same way `copiers` may get the text
    that the customer copies, and `pasters` may put text on the customer's clipboard. `apps` names
    the chosen programs (`Window.program`), None: everything is shared; `windows` are single windows
    that are shared beside them, and `new` says whether windows that the programs open later are
    shared, too.
    """

    epoch: int = 0
    share: int = 0
    viewers: frozenset[int] = frozenset()
    controllers: Mapping[int, float] = field(default_factory=dict)
    apps: frozenset[str] | None = None
    windows: frozenset[WindowKey] = frozenset()
    new: bool = True
    copiers: Mapping[int, float] = field(default_factory=dict)
    pasters: Mapping[int, float] = field(default_factory=dict)

    @property
    def shows(self) -> bool:
        """Whether anything may be seen at all."""
        return self.epoch != 0 and bool(self.viewers)


NOTHING_ALLOWED = Permit()
