"""The machines SHARE and GRANT, told a second time and compared row by row; then in words."""

from itertools import product

import pytest

from protocol.acts import GrantExpire, GrantTimeOut, ShareDrop
from protocol.machines import SESSION, SessionState
from protocol.requests import Request
from protocol.roles import Role
from protocol.share_facts import (
    GrantAsked,
    GrantGiven,
    GrantOver,
    ShareEnded,
    SharePaused,
    ShareStarted,
)
from protocol.share_machine import (
    GRANT,
    GRANT_REQUESTS,
    SHARE,
    SHARE_REQUESTS,
    GrantState,
    ShareState,
    step_grant,
    step_share,
)
from protocol.share_requests import (
    GrantAsk,
    GrantDeny,
    GrantGive,
    GrantReturn,
    GrantTake,
    ShareEnd,
    ShareStart,
    ShareStop,
)
from protocol.share_snapshot import Sharing, ended, grant_state, shared
from protocol.sharing import Grant, GrantEnd, PauseCause, Scope, ShareCause
from tests.protocol.test_session_table import ALL, BY_TAG

SHARE_TOLD = """
    off     share.start  customer        on
    off     share.end    customer        off
    off     share.drop   relay           off

    on      share.start  customer        on
    on      share.pause  customer        paused
    on      share.end    customer        off
    on      share.stop   representative  off
    on      share.drop   relay           off

    paused  share.start  customer        on
    paused  share.pause  customer        paused
    paused  share.end    customer        off
    paused  share.stop   representative  off
    paused  share.drop   relay           off
"""

GRANT_TOLD = """
    free   grant.ask       representative  asked
    free   grant.give      customer        held

    asked  grant.give      customer        held
    asked  grant.deny      customer        free
    asked  grant.return    representative  free
    asked  grant.time_out  relay           free

    held   grant.give      customer        held
    held   grant.take      customer        free
    held   grant.return    representative  free
    held   grant.expire    relay           free
"""


def rows(told: str) -> list[list[str]]:
    return [line.split() for line in told.splitlines() if line.strip()]


SHARE_LEGAL = {
    (ShareState(state), BY_TAG[tag], Role(sender)): ShareState(after)
    for state, tag, sender, after in rows(SHARE_TOLD)
}
GRANT_LEGAL = {
    (GrantState(state), BY_TAG[tag], Role(sender)): GrantState(after)
    for state, tag, sender, after in rows(GRANT_TOLD)
}
SHARE_ALL = list(product(ShareState, ALL, Role))
GRANT_ALL = list(product(GrantState, ALL, Role))


def _name(part: object) -> str:
    return part.__name__ if isinstance(part, type) else str(part)


@pytest.mark.parametrize(("state", "request_", "sender"), SHARE_ALL, ids=_name)
def test_every_combination_of_share_is_as_told(
    state: ShareState, request_: type[Request], sender: Role
) -> None:
    assert step_share(state, request_, sender) is SHARE_LEGAL.get((state, request_, sender))


@pytest.mark.parametrize(("state", "request_", "sender"), GRANT_ALL, ids=_name)
def test_every_combination_of_grant_is_as_told(
    state: GrantState, request_: type[Request], sender: Role
) -> None:
    assert step_grant(state, request_, sender) is GRANT_LEGAL.get((state, request_, sender))


def test_the_enumeration_covers_both_tables_whole() -> None:
    assert SHARE.keys() <= set(SHARE_ALL)
    assert GRANT.keys() <= set(GRANT_ALL)
    assert len(SHARE_LEGAL) == len(rows(SHARE_TOLD)), "no row stands twice"
    assert len(GRANT_LEGAL) == len(rows(GRANT_TOLD)), "no row stands twice"
    assert {request for _, request, _ in SHARE} == set(SHARE_REQUESTS)
    assert {request for _, request, _ in GRANT} == set(GRANT_REQUESTS)
    assert not set(SHARE_REQUESTS) & set(GRANT_REQUESTS)


def test_whatever_the_two_tables_allow_the_session_allows_the_same_sender() -> None:
    for _, request, sender in [*SHARE, *GRANT]:
        assert (SessionState.ACTIVE, request, sender) in SESSION


@pytest.mark.parametrize("state", ShareState)
def test_the_customer_can_always_stop(state: ShareState) -> None:
    assert step_share(state, ShareEnd, Role.CUSTOMER) is ShareState.OFF


def test_only_the_customer_starts_or_goes_on() -> None:
    leading = {
        (request, sender)
        for (before, request, sender), after in SHARE.items()
        if after is ShareState.ON
    }
    assert leading == {(ShareStart, Role.CUSTOMER)}


def test_a_representative_can_only_stop() -> None:
    theirs = {
        (request, after)
        for (_, request, sender), after in SHARE.items()
        if sender is Role.REPRESENTATIVE
    }
    assert theirs == {(ShareStop, ShareState.OFF)}


def test_the_relay_can_only_end_a_share_and_take_nothing_but_time_away() -> None:
    share = {(r, after) for (_, r, sender), after in SHARE.items() if sender is Role.RELAY}
    grant = {(r, after) for (_, r, sender), after in GRANT.items() if sender is Role.RELAY}
    assert share == {(ShareDrop, ShareState.OFF)}
    assert grant == {(GrantTimeOut, GrantState.FREE), (GrantExpire, GrantState.FREE)}


def test_nobody_but_the_customer_gives() -> None:
    leading = {
        (request, sender)
        for (_, request, sender), after in GRANT.items()
        if after is GrantState.HELD
    }
    assert leading == {(GrantGive, Role.CUSTOMER)}


@pytest.mark.parametrize("state", [GrantState.ASKED, GrantState.HELD])
def test_the_customer_can_always_say_no_or_take_back(state: GrantState) -> None:
    request = GrantDeny if state is GrantState.ASKED else GrantTake
    assert step_grant(state, request, Role.CUSTOMER) is GrantState.FREE


def test_a_question_is_asked_by_representatives_and_once_at_a_time() -> None:
    asking = {(state, sender) for state, request, sender in GRANT if request is GrantAsk}
    assert asking == {(GrantState.FREE, Role.REPRESENTATIVE)}


def test_a_time_out_is_a_no() -> None:
    assert step_grant(GrantState.ASKED, GrantTimeOut, Role.RELAY) is GrantState.FREE
    assert step_grant(GrantState.HELD, GrantTimeOut, Role.RELAY) is None


def test_who_holds_or_asks_can_always_give_it_up() -> None:
    for state in (GrantState.ASKED, GrantState.HELD):
        assert step_grant(state, GrantReturn, Role.REPRESENTATIVE) is GrantState.FREE


VIEW = GrantGiven(seq=1, at=1, to="ada", grant=Grant.VIEW)
CONTROL = GrantGiven(seq=2, at=2, to="ada", grant=Grant.CONTROL)
ASKS = GrantAsked(seq=3, at=3, by="ken", grant=Grant.VIEW, reason="", limit_s=60)
FULL = Sharing(
    state=ShareState.ON, share=1, epoch=1, scope=Scope.CHOSEN, asked=(ASKS,), held=(VIEW, CONTROL)
)


@pytest.mark.parametrize("why", ShareCause)
def test_after_the_end_nothing_is_held_or_asked_and_the_numbers_stay(why: ShareCause) -> None:
    over = shared(FULL, ShareEnded(seq=5, at=5, by="", why=why))
    assert over == ended(FULL) == Sharing(share=1, epoch=1)


@pytest.mark.parametrize("why", [GrantEnd.TAKEN, GrantEnd.RETURNED, GrantEnd.EXPIRED])
def test_control_ends_with_view(why: GrantEnd) -> None:
    over = shared(FULL, GrantOver(seq=5, at=5, to="ada", grant=Grant.VIEW, why=why))
    assert over.held == ()
    kept = shared(FULL, GrantOver(seq=5, at=5, to="ada", grant=Grant.CONTROL, why=why))
    assert kept.held == (VIEW,)


def test_a_question_for_view_that_comes_to_nothing_takes_nobody_elses_grants() -> None:
    over = shared(FULL, GrantOver(seq=5, at=5, to="ken", grant=Grant.VIEW, why=GrantEnd.LATE))
    assert (over.held, over.asked) == ((VIEW, CONTROL), ())


def test_a_grant_that_is_given_answers_its_question() -> None:
    given = GrantGiven(seq=5, at=5, to="ken", grant=Grant.VIEW)
    assert grant_state(FULL, "ken", Grant.VIEW) is GrantState.ASKED
    over = shared(FULL, given)
    assert grant_state(over, "ken", Grant.VIEW) is GrantState.HELD
    assert (over.asked, over.held) == ((), (VIEW, CONTROL, given))


def test_a_grant_that_is_given_again_lasts_from_now_on() -> None:
    again = GrantGiven(seq=5, at=5, to="ada", grant=Grant.CONTROL, lasts_s=60)
    assert shared(FULL, again).held == (VIEW, again)


@pytest.mark.parametrize("scope", Scope)
def test_a_start_shows_under_its_own_numbers_whatever_was_before(scope: Scope) -> None:
    started = ShareStarted(seq=5, at=5, share=1, epoch=2, scope=scope)
    paused = shared(FULL, SharePaused(seq=4, at=4, why=PauseCause.CHOOSING))
    assert (paused.state, paused.why) == (ShareState.PAUSED, PauseCause.CHOOSING)
    for before in (Sharing(), FULL, paused):
        after = shared(before, started)
        assert (after.state, after.why) == (ShareState.ON, None)
        assert (after.share, after.epoch, after.scope) == (1, 2, scope)
        assert (after.asked, after.held) == (before.asked, before.held)
