"""The machine SESSION, told a second time and compared row by row; then what it means, in words."""

from itertools import product

import pytest

from protocol.machines import SESSION, SESSION_REQUESTS, SessionState, step
from protocol.requests import ALLOWED, NotePost, Request, SessionAccept, SessionEnd
from protocol.roles import ROLE_OF_DOOR, Door, Role
from scripts.generate import vocabulary

TOLD = """
    waiting  chat.post       customer        waiting
    waiting  chat.seen       customer        waiting
    waiting  chat.typing     customer        waiting
    waiting  session.accept  representative  active
    waiting  session.end     customer        ended
    waiting  session.end     relay           ended
    active   chat.post       customer        active
    active   chat.post       representative  active
    active   chat.seen       customer        active
    active   chat.seen       representative  active
    active   chat.typing     customer        active
    active   chat.typing     representative  active
    active   note.post       representative  active
    active   session.end     customer        ended
    active   session.end     representative  ended
    active   session.end     relay           ended
    ended    note.post       representative  ended
"""

BY_TAG = {vocabulary.tag(cls): cls for cls in vocabulary.REQUESTS}
LEGAL = {
    (SessionState(state), BY_TAG[tag], Role(sender)): SessionState(after)
    for state, tag, sender, after in (line.split() for line in TOLD.strip().splitlines())
}
EVERYTHING = list(product(SessionState, vocabulary.REQUESTS, Role))


def _name(part: object) -> str:
    return part.__name__ if isinstance(part, type) else str(part)


@pytest.mark.parametrize(("state", "request_", "sender"), EVERYTHING, ids=_name)
def test_every_combination_is_as_told(
    state: SessionState, request_: type[Request], sender: Role
) -> None:
    assert step(state, request_, sender) is LEGAL.get((state, request_, sender))


def test_the_enumeration_covers_the_whole_table() -> None:
    assert len(EVERYTHING) == len(SessionState) * len(vocabulary.REQUESTS) * len(Role)
    assert SESSION.keys() <= set(EVERYTHING)


def test_the_table_names_exactly_the_requests_that_belong_to_a_session() -> None:
    assert {request for _, request, _ in SESSION} == set(SESSION_REQUESTS)


@pytest.mark.parametrize("state", [SessionState.WAITING, SessionState.ACTIVE])
def test_the_customer_can_always_end(state: SessionState) -> None:
    assert step(state, SessionEnd, Role.CUSTOMER) is SessionState.ENDED


@pytest.mark.parametrize("state", [SessionState.WAITING, SessionState.ACTIVE])
def test_a_customer_who_never_comes_back_does_not_keep_a_session_open(state: SessionState) -> None:
    assert step(state, SessionEnd, Role.RELAY) is SessionState.ENDED


def test_after_the_end_only_notes_are_written_and_the_end_stays() -> None:
    later = {
        (request, sender): after
        for (state, request, sender), after in SESSION.items()
        if state is SessionState.ENDED
    }
    assert later == {(NotePost, Role.REPRESENTATIVE): SessionState.ENDED}


def test_only_a_representative_accepts_and_only_who_waits() -> None:
    accepting = {(state, sender) for state, request, sender in SESSION if request is SessionAccept}
    assert accepting == {(SessionState.WAITING, Role.REPRESENTATIVE)}


def test_a_session_becomes_active_by_acceptance_alone() -> None:
    started = {
        request
        for (before, request, _), after in SESSION.items()
        if after is SessionState.ACTIVE and before is not SessionState.ACTIVE
    }
    assert started == {SessionAccept}


def test_nothing_leads_back_to_waiting() -> None:
    back = {before for (before, _, _), after in SESSION.items() if after is SessionState.WAITING}
    assert back == {SessionState.WAITING}


def test_a_representative_says_nothing_to_a_customer_nobody_has_accepted() -> None:
    acts = {
        request
        for state, request, sender in SESSION
        if state is SessionState.WAITING and sender is Role.REPRESENTATIVE
    }
    assert acts == {SessionAccept}


def test_the_relay_does_nothing_but_end() -> None:
    assert {request for _, request, sender in SESSION if sender is Role.RELAY} == {SessionEnd}


@pytest.mark.parametrize("role", [Role.CUSTOMER, Role.REPRESENTATIVE])
def test_what_the_table_allows_can_be_said_through_some_door_of_that_role(role: Role) -> None:
    sayable = {request for door in Door if ROLE_OF_DOOR[door] is role for request in ALLOWED[door]}
    assert {request for _, request, sender in SESSION if sender is role} <= sayable
