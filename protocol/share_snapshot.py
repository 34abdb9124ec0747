"""The shared screen as the session's facts tell it: a part of the snapshot, and its law."""

from typing import assert_never

import msgspec
from msgspec.structs import replace

from protocol.share_facts import (
    GrantAsked,
    GrantGiven,
    GrantOver,
    ShareEnded,
    ShareFact,
    SharePaused,
    ShareStarted,
)
from protocol.share_machine import GrantState, ShareState
from protocol.sharing import Grant, PauseCause, Scope


class Sharing(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """`share` and `epoch` are those of the last start, also when it is over: the next one counts
    on from there. `why` says why nothing is shown while it is paused. `asked` are the open
    questions, `held` the grants, oldest first.
    """

    state: ShareState = ShareState.OFF
    share: int = 0
    epoch: int = 0
    scope: Scope = Scope.ALL
    why: PauseCause | None = None
    asked: tuple[GrantAsked, ...] = ()
    held: tuple[GrantGiven, ...] = ()


def shared(sharing: Sharing, fact: ShareFact) -> Sharing:
    """The sharing after `fact`."""
    match fact:
        case GrantAsked():
            return replace(sharing, asked=(*sharing.asked, fact))
        case GrantGiven():
            there = _without(sharing, fact.to, fact.grant)
            return replace(there, held=(*there.held, fact))
        case GrantOver():
            there = _without(sharing, fact.to, fact.grant)
            if fact.grant is Grant.VIEW and held_by(sharing, fact.to, Grant.VIEW):
                for grant in Grant:
                    there = _without(there, fact.to, grant)
            return there
        case ShareStarted():
            return replace(
                sharing,
                state=ShareState.ON,
                share=fact.share,
                epoch=fact.epoch,
                scope=fact.scope,
                why=None,
            )
        case SharePaused():
            return replace(sharing, state=ShareState.PAUSED, why=fact.why)
        case ShareEnded():
            return ended(sharing)
    assert_never(fact)


def ended(sharing: Sharing) -> Sharing:
    """The sharing after its end: nothing is shown, nothing held, nothing asked."""
    return Sharing(share=sharing.share, epoch=sharing.epoch)


def without(sharing: Sharing, participant: str) -> Sharing:
    """The sharing after a representative left it."""
    return replace(
        sharing,
        asked=tuple(one for one in sharing.asked if one.by != participant),
        held=tuple(one for one in sharing.held if one.to != participant),
    )


def held_by(sharing: Sharing, participant: str, grant: Grant) -> GrantGiven | None:
    """That representative's grant, if it is held."""
    return next((one for one in sharing.held if (one.to, one.grant) == (participant, grant)), None)


def asked_by(sharing: Sharing, participant: str, grant: Grant) -> GrantAsked | None:
    """That representative's open question."""
    return next((one for one in sharing.asked if (one.by, one.grant) == (participant, grant)), None)


def grant_state(sharing: Sharing, participant: str, grant: Grant) -> GrantState:
    """Where the machine GRANT of that representative stands."""
    if held_by(sharing, participant, grant):
        return GrantState.HELD
    return GrantState.ASKED if asked_by(sharing, participant, grant) else GrantState.FREE


def _without(sharing: Sharing, participant: str, grant: Grant) -> Sharing:
    return replace(
        sharing,
        asked=tuple(one for one in sharing.asked if (one.by, one.grant) != (participant, grant)),
        held=tuple(one for one in sharing.held if (one.to, one.grant) != (participant, grant)),
    )
