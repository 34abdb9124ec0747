"""The machine SESSION, told a second time and compared row by row; then what it means, in words."""

from itertools import product

import pytest

from protocol import acts
from protocol.machines import SESSION, SESSION_REQUESTS, SessionState, step
from protocol.requests import (
    ALLOWED,
    ChatPost,
    ChatTyping,
    InvitationAccept,
    InvitationMake,
    InvitationWithdraw,
    NotePost,
    NoticeMine,
    NoticeSend,
    Request,
    SessionAccept,
    SessionEnd,
    SessionTransfer,
    StepAnswer,
)
from protocol.roles import ROLE_OF_DOOR, Door, Role
from protocol.share_machine import GRANT_REQUESTS, SHARE_REQUESTS
from scripts.generate import vocabulary

TOLD = """
    preparing  chat.seen             customer        preparing
    preparing  step.ask              relay           preparing
    preparing  step.answer           customer        preparing
    preparing  step.time_out         relay           preparing
    preparing  code.make             customer        preparing
    preparing  customer.report       customer        preparing
    preparing  customer.move         relay           preparing
    preparing  session.queue         relay           waiting
    preparing  session.end           customer        ended
    preparing  session.close         relay           ended

    waiting    chat.post             customer        waiting
    waiting    chat.seen             customer        waiting
    waiting    chat.typing           customer        waiting
    waiting    session.queue         relay           waiting
    waiting    notice.tell           relay           waiting
    waiting    notice.end            relay           waiting
    waiting    code.make             customer        waiting
    waiting    customer.report       customer        waiting
    waiting    customer.move         relay           waiting
    waiting    session.accept        representative  active
    waiting    notice.mine           customer        ended
    waiting    session.end           customer        ended
    waiting    session.close         relay           ended

    active     chat.post             customer        active
    active     chat.post             representative  active
    active     chat.seen             customer        active
    active     chat.seen             representative  active
    active     chat.typing           customer        active
    active     chat.typing           representative  active
    active     note.post             representative  active
    active     invitation.make       representative  active
    active     invitation.withdraw   representative  active
    active     invitation.accept     representative  active
    active     session.leave         representative  active
    active     representative.drop   relay           active
    active     notice.send           representative  active
    active     notice.tell           relay           active
    active     notice.end            relay           active
    active     client.offer          representative  active
    active     code.make             customer        active
    active     customer.move         relay           active
    active     session.transfer      representative  waiting
    active     session.queue         relay           waiting
    active     notice.mine           customer        ended
    active     grant.ask             representative  active
    active     file.ask              representative  active
    active     file.offer             customer        active
    active     file.offer             representative  active
    active     file.accept            customer        active
    active     file.accept            representative  active
    active     file.decline           customer        active
    active     file.decline           representative  active
    active     file.cancel            customer        active
    active     file.cancel            representative  active
    active     file.take              customer        active
    active     file.take              representative  active
    active     file.store            relay           active
    active     file.fail             relay           active
    active     nudge.send            representative  active
    active     nudge.tell            customer        active
    active     link.push             representative  active
    active     session.hold          representative  active
    active     session.resume        representative  active
    active     session.join          representative  active
    active     representative.remove representative  active
    active     customer.report       customer        active
    active     grant.return          representative  active
    active     grant.give            customer        active
    active     grant.deny            customer        active
    active     grant.take            customer        active
    active     grant.time_out        relay           active
    active     grant.expire          relay           active
    active     share.start           customer        active
    active     share.pause           customer        active
    active     share.end             customer        active
    active     share.stop            representative  active
    active     share.drop            relay           active
    active     session.end           customer        ended
    active     session.end           representative  ended
    active     session.close         relay           ended

    ended      note.post             representative  ended
"""

ACTS: tuple[type[Request], ...] = tuple(
    value
    for value in vars(acts).values()
    if isinstance(value, type) and value.__module__ == acts.__name__
)
"""What the relay itself does: no door understands any of it."""

ALL = (*vocabulary.REQUESTS, *ACTS)
BY_TAG = {vocabulary.tag(cls): cls for cls in ALL}
LEGAL = {
    (SessionState(state), BY_TAG[tag], Role(sender)): SessionState(after)
    for state, tag, sender, after in (line.split() for line in TOLD.splitlines() if line.strip())
}
EVERYTHING = list(product(SessionState, ALL, Role))
RUNNING = [state for state in SessionState if state is not SessionState.ENDED]


def _name(part: object) -> str:
    return part.__name__ if isinstance(part, type) else str(part)


def rows(request: type[Request]) -> set[tuple[SessionState, Role]]:
    """When and for whom a request is in the table."""
    return {(state, sender) for state, asked, sender in SESSION if asked is request}


def leading_to(state: SessionState) -> set[tuple[type[Request], Role]]:
    """What brings a session into `state` from another one."""
    return {
        (request, sender)
        for (before, request, sender), after in SESSION.items()
        if after is state and before is not state
    }


@pytest.mark.parametrize(("state", "request_", "sender"), EVERYTHING, ids=_name)
def test_every_combination_is_as_told(
    state: SessionState, request_: type[Request], sender: Role
) -> None:
    assert step(state, request_, sender) is LEGAL.get((state, request_, sender))


def test_the_enumeration_covers_the_whole_table() -> None:
    assert len(EVERYTHING) == len(SessionState) * len(ALL) * len(Role)
    assert len(BY_TAG) == len(ALL), "no two requests travel under one tag"
    assert len(LEGAL) == sum(1 for line in TOLD.splitlines() if line.strip()), "no row stands twice"
    assert SESSION.keys() <= set(EVERYTHING)


def test_the_table_names_exactly_the_requests_that_belong_to_a_session() -> None:
    assert {request for _, request, _ in SESSION} == set(SESSION_REQUESTS)
    assert len(SESSION_REQUESTS) == len(set(SESSION_REQUESTS))


@pytest.mark.parametrize("state", RUNNING)
def test_the_customer_can_always_end(state: SessionState) -> None:
    assert step(state, SessionEnd, Role.CUSTOMER) is SessionState.ENDED


@pytest.mark.parametrize("state", RUNNING)
def test_a_customer_who_never_comes_back_does_not_keep_a_session_open(state: SessionState) -> None:
    assert step(state, acts.SessionClose, Role.RELAY) is SessionState.ENDED


def test_only_customers_representatives_in_the_talk_and_the_relay_end_a_session() -> None:
    assert leading_to(SessionState.ENDED) == {
        (SessionEnd, Role.CUSTOMER),
        (SessionEnd, Role.REPRESENTATIVE),
        (NoticeMine, Role.CUSTOMER),
        (acts.SessionClose, Role.RELAY),
    }
    assert (SessionState.WAITING, Role.REPRESENTATIVE) not in rows(SessionEnd)


def test_after_the_end_only_notes_are_written_and_the_end_stays() -> None:
    later = {
        (request, sender): after
        for (state, request, sender), after in SESSION.items()
        if state is SessionState.ENDED
    }
    assert later == {(NotePost, Role.REPRESENTATIVE): SessionState.ENDED}


def test_only_the_customer_answers_the_questions_and_only_before_the_queue() -> None:
    assert rows(StepAnswer) == {(SessionState.PREPARING, Role.CUSTOMER)}


@pytest.mark.parametrize("request_", [acts.StepAsk, acts.StepTimeOut], ids=_name)
def test_only_the_relay_asks_and_gives_up_asking(request_: type[Request]) -> None:
    assert rows(request_) == {(SessionState.PREPARING, Role.RELAY)}


def test_nobody_is_accepted_before_the_questions_are_answered() -> None:
    assert rows(SessionAccept) == {(SessionState.WAITING, Role.REPRESENTATIVE)}
    out = {
        (request, sender): after
        for (before, request, sender), after in SESSION.items()
        if before is SessionState.PREPARING and after is not before
    }
    assert out == {
        (acts.SessionQueue, Role.RELAY): SessionState.WAITING,
        (SessionEnd, Role.CUSTOMER): SessionState.ENDED,
        (acts.SessionClose, Role.RELAY): SessionState.ENDED,
    }


def test_nobody_is_asked_twice_what_stands_before_the_queue() -> None:
    assert leading_to(SessionState.PREPARING) == set()


@pytest.mark.parametrize("request_", [ChatPost, ChatTyping], ids=_name)
def test_nothing_is_said_while_the_questions_stand(request_: type[Request]) -> None:
    assert SessionState.PREPARING not in {state for state, _ in rows(request_)}


@pytest.mark.parametrize("state", [SessionState.PREPARING, SessionState.WAITING])
def test_a_representative_does_nothing_to_a_customer_nobody_has_accepted(
    state: SessionState,
) -> None:
    done = {
        request
        for before, request, sender in SESSION
        if before is state and sender is Role.REPRESENTATIVE
    }
    assert done == ({SessionAccept} if state is SessionState.WAITING else set())


def test_a_session_becomes_active_by_acceptance_alone() -> None:
    assert leading_to(SessionState.ACTIVE) == {(SessionAccept, Role.REPRESENTATIVE)}


def test_a_session_comes_into_a_queue_by_the_relay_or_by_being_passed_on() -> None:
    assert leading_to(SessionState.WAITING) == {
        (acts.SessionQueue, Role.RELAY),
        (SessionTransfer, Role.REPRESENTATIVE),
    }
    assert rows(SessionTransfer) == {(SessionState.ACTIVE, Role.REPRESENTATIVE)}


@pytest.mark.parametrize(
    "request_", [InvitationMake, InvitationWithdraw, InvitationAccept], ids=_name
)
def test_only_representatives_of_a_running_talk_deal_with_invitations(
    request_: type[Request],
) -> None:
    assert rows(request_) == {(SessionState.ACTIVE, Role.REPRESENTATIVE)}


def test_a_notice_ends_a_session_only_by_the_customers_own_choice() -> None:
    assert rows(NoticeMine) == {
        (SessionState.WAITING, Role.CUSTOMER),
        (SessionState.ACTIVE, Role.CUSTOMER),
    }
    for request in (acts.NoticeTell, acts.NoticeEnd, NoticeSend):
        kept = {
            before is after for (before, asked, _), after in SESSION.items() if asked is request
        }
        assert kept == {True}, request


@pytest.mark.parametrize("request_", [*SHARE_REQUESTS, *GRANT_REQUESTS], ids=_name)
def test_the_screen_is_spoken_of_in_a_running_talk_only_and_the_talk_goes_on(
    request_: type[Request],
) -> None:
    assert {state for state, _ in rows(request_)} == {SessionState.ACTIVE}
    assert {SESSION[row] for row in SESSION if row[1] is request_} == {SessionState.ACTIVE}


def test_a_representative_is_dropped_by_the_relay_alone_and_the_talk_goes_on() -> None:
    assert rows(acts.RepresentativeDrop) == {(SessionState.ACTIVE, Role.RELAY)}
    dropped = step(SessionState.ACTIVE, acts.RepresentativeDrop, Role.RELAY)
    assert dropped is SessionState.ACTIVE


@pytest.mark.parametrize("state", RUNNING)
def test_the_step_into_the_program_changes_nothing_but_the_door(state: SessionState) -> None:
    assert step(state, acts.CustomerMove, Role.RELAY) is state
    assert {sender for _, sender in rows(acts.CustomerMove)} == {Role.RELAY}


def test_the_relays_acts_are_the_relays_alone_and_its_only_ones() -> None:
    assert {request for _, request, sender in SESSION if sender is Role.RELAY} == set(ACTS)
    assert {sender for _, request, sender in SESSION if request in ACTS} == {Role.RELAY}


def test_no_door_understands_an_act_of_the_relay() -> None:
    assert not set(ACTS) & set(vocabulary.REQUESTS)
    assert not set(ACTS) & {request for door in Door for request in ALLOWED[door]}


@pytest.mark.parametrize("role", [Role.CUSTOMER, Role.REPRESENTATIVE])
def test_what_the_table_allows_can_be_said_through_some_door_of_that_role(role: Role) -> None:
    sayable = {request for door in Door if ROLE_OF_DOOR[door] is role for request in ALLOWED[door]}
    assert {request for _, request, sender in SESSION if sender is role} <= sayable


@pytest.mark.parametrize("door", Door)
def test_a_door_understands_nothing_of_a_session_that_its_role_may_never_do(door: Door) -> None:
    role = ROLE_OF_DOOR[door]
    possible = {request for _, request, sender in SESSION if sender is role}
    assert ALLOWED[door] & set(SESSION_REQUESTS) <= possible
