"""The part of a session's history that tells of the shared screen; and what it comes to, written
down from all of it at once."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from hypothesis import strategies as st

from protocol.facts import (
    AnyFact,
    CustomerMoved,
    RepresentativeLeft,
    SessionEnded,
    SessionFact,
    SessionQueued,
)
from protocol.share_facts import (
    GrantAsked,
    GrantGiven,
    GrantOver,
    ShareEnded,
    SharePaused,
    ShareStarted,
)
from protocol.share_machine import ShareState
from protocol.share_snapshot import Sharing
from protocol.sharing import Grant, GrantEnd, PauseCause, Scope, ShareCause

T = TypeVar("T")
Key = tuple[str, Grant]

NOT_GIVEN = (GrantEnd.DENIED, GrantEnd.LATE, GrantEnd.WITHDRAWN)
GIVEN_BACK = (GrantEnd.TAKEN, GrantEnd.RETURNED, GrantEnd.EXPIRED)


class ShareStory:
    """What happens to the screen of one session; `add` writes a fact down."""

    def __init__(self, draw: st.DrawFn, add: Callable[..., None]) -> None:
        self._draw = draw
        self._add = add
        self._asked: list[Key] = []
        self._held: list[Key] = []
        self._state = ShareState.OFF
        self._share = self._epoch = 0
        self._here: Sequence[str] = ()

    def moves(self, here: Sequence[str]) -> Iterator[Callable[[], None]]:
        """What may come next while these representatives are there."""
        self._here = here
        yield from [self._ask_for] * bool(self._free())
        yield from [self._give_to] * (2 * bool(self._givable()))
        yield from [self._deny] * bool(self._asked)
        yield from [self._take_back] * bool(self._held)
        yield from [self._start] * (2 * any(grant is Grant.VIEW for _, grant in self._held))
        yield from [self._pause] * (3 * (self._state is not ShareState.OFF))
        yield self._stop

    def leave(self, participant: str) -> None:
        """A representative is gone."""
        self._asked = [one for one in self._asked if one[0] != participant]
        self._held = [one for one in self._held if one[0] != participant]

    def end(self) -> None:
        """Nothing is shared any longer."""
        self._asked, self._held, self._state = [], [], ShareState.OFF

    def _free(self) -> list[Key]:
        known = {*self._asked, *self._held}
        return [key for key in self._keys() if key not in known]

    def _givable(self) -> list[Key]:
        return [key for key in self._keys()
                if key[1] is Grant.VIEW or (key[0], Grant.VIEW) in self._held]  # fmt: skip

    def _keys(self) -> list[Key]:
        return [(one, grant) for one in self._here for grant in Grant]

    def _ask_for(self) -> None:
        key = self._one_of(self._free())
        self._add(GrantAsked, by=key[0], grant=key[1], reason="Why not?", limit_s=60)
        self._asked.append(key)

    def _give_to(self) -> None:
        key = self._one_of(self._givable())
        self._add(GrantGiven, to=key[0], grant=key[1], lasts_s=self._one_of([0, 900]))
        self._asked = [one for one in self._asked if one != key]
        self._held = [*(one for one in self._held if one != key), key]

    def _deny(self) -> None:
        self._over(self._one_of(self._asked), NOT_GIVEN)

    def _take_back(self) -> None:
        self._over(self._one_of(self._held), GIVEN_BACK)

    def _over(self, key: Key, reasons: Sequence[GrantEnd]) -> None:
        self._add(GrantOver, to=key[0], grant=key[1], why=self._one_of(reasons))
        whole = reasons is GIVEN_BACK and key[1] is Grant.VIEW
        gone = {(key[0], grant) for grant in Grant} if whole else {key}
        self._asked = [one for one in self._asked if one not in gone]
        self._held = [one for one in self._held if one not in gone]

    def _start(self) -> None:
        if self._state is ShareState.OFF:
            self._share += self._one_of([1, 2])
        self._epoch += self._one_of([1, 3])
        self._state = ShareState.ON
        scope = self._one_of(list(Scope))
        self._add(ShareStarted, share=self._share, epoch=self._epoch, scope=scope)

    def _pause(self) -> None:
        self._add(SharePaused, why=self._one_of(list(PauseCause)))
        self._state = ShareState.PAUSED

    def _stop(self) -> None:
        self._add(ShareEnded, by="c1", why=self._one_of(list(ShareCause)))
        self.end()

    def _one_of(self, choices: Sequence[T]) -> T:
        return self._draw(st.sampled_from(choices))


def sharing_of(told: Sequence[SessionFact]) -> Sharing:
    """The sharing as one would write it down from the whole history, without its law."""
    over = (ShareEnded, SessionQueued, SessionEnded, CustomerMoved)
    cut = max((fact.seq for fact in told if isinstance(fact, over)), default=0)
    started = [fact for fact in told if isinstance(fact, ShareStarted)]
    shown = [fact for fact in started if fact.seq > cut]
    paused = [fact for fact in told if isinstance(fact, SharePaused) and fact.seq > cut]
    last = (shown or started)[-1:]
    is_paused = bool(paused) and paused[-1].seq > shown[-1].seq
    state = ShareState.PAUSED if is_paused else ShareState.ON if shown else ShareState.OFF
    return Sharing(
        state=state,
        share=last[0].share if last else 0,
        epoch=last[0].epoch if last else 0,
        scope=shown[-1].scope if shown else Scope.ALL,
        why=paused[-1].why if is_paused else None,
        asked=tuple(f for f in told if isinstance(f, GrantAsked) and stands(f, told, cut)),
        held=tuple(f for f in told if isinstance(f, GrantGiven) and stands(f, told, cut)),
    )


def stands(fact: GrantAsked | GrantGiven, told: Sequence[AnyFact], cut: int) -> bool:
    """Whether nothing that came later has put an end to a question or a grant."""
    who = fact.by if isinstance(fact, GrantAsked) else fact.to
    later = [one for one in told if one.seq > fact.seq]
    return fact.seq > cut and not any(_ends(one, who, fact.grant) for one in later)


def _ends(fact: AnyFact, who: str, grant: Grant) -> bool:
    match fact:
        case GrantGiven():
            return (fact.to, fact.grant) == (who, grant)
        case GrantOver():
            unseen = fact.grant is Grant.VIEW and fact.why in GIVEN_BACK
            return fact.to == who and (fact.grant is grant or unseen)
        case RepresentativeLeft():
            return fact.by == who
    return False
