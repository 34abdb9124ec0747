"""When the client looks around on its computer, and what it tells the relay of it."""

from dataclasses import replace

import pytest
from msgspec import structs

from client.session import checking
from client.session.check_inputs import CheckWanted, FixSkipped, FixWanted, LookedAround
from client.session.check_state import Found
from client.session.effects import Effect, LookAround, OpenPlace
from client.session.inputs import LinkLost, StepAnswered, Tick
from protocol import limits
from protocol.codec import decode_request, encode
from protocol.errors import ErrorCode
from protocol.facts import SessionQueued
from protocol.queues import GENERAL, QueueCause
from protocol.roles import Door
from protocol.signals import Ack, Refused
from protocol.steps import Step
from protocol.working import Checks, Hurdle
from protocol.working_facts import CustomerReported
from protocol.working_requests import CustomerReport
from tests.client.mind import ACCEPTED, AT, OPENED, START, Mind, welcome

WALL = AT / 1000 - START
"""The computer's clock agrees with the relay's."""

FINE = Found(system="Debian 12", monitors=("1920x1080",), wall=WALL)


def looks(effects: tuple[Effect, ...]) -> list[LookAround]:
    return [one for one in effects if isinstance(one, LookAround)]


def reports(mind: Mind) -> list[Checks]:
    return [one.checks for one in mind.sent if isinstance(one, CustomerReport)]


def found(mind: Mind, *problems: Hurdle, pictured: bool = True) -> tuple[Effect, ...]:
    """The look that is under way finds these."""
    what = replace(FINE, problems=frozenset(problems), pictured=pictured)
    number = mind.state.checks.looking
    assert number
    return mind.take(LookedAround(number, what, f"look{number:05}"))


def later(mind: Mind, seconds: float) -> tuple[Effect, ...]:
    """Let time pass, with a tick at each moment that is due."""
    until = mind.now + seconds
    effects: tuple[Effect, ...] = ()
    while (due := mind.controller.due()) is not None and due <= until:
        mind.now = max(due, mind.now)
        effects += mind.take(Tick())
    mind.now = until
    return (*effects, *mind.take(Tick()))


def stored(mind: Mind) -> None:
    """The relay stores the newest report, tells it and acknowledges it."""
    request = [one for one in mind.sent if isinstance(one, CustomerReport)][-1]
    seq = mind.seq
    mind.hear(CustomerReported(seq=seq, at=AT, checks=request.checks), Ack(id=request.id, seq=seq))


def waiting(*problems: Hurdle) -> Mind:
    """Somebody in the queue, on whose computer these were found; the relay knows."""
    mind = Mind().wait_in_queue()
    found(mind, *problems)
    stored(mind)
    return mind


def accept(mind: Mind) -> tuple[Effect, ...]:
    return mind.hear(structs.replace(ACCEPTED, seq=mind.seq))


def test_it_looks_once_there_is_a_session_and_takes_a_picture() -> None:
    for begun in (Mind().wait_in_queue(), Mind().prepare()):
        assert looks(tuple(begun.done)) == [LookAround(1, picture=True, asked=False)]


def test_it_does_not_look_before_the_customer_is_in_nor_without_a_link() -> None:
    assert looks(tuple(Mind().join().done)) == []
    mind = waiting()
    mind.take(LinkLost())
    assert looks(later(mind, 10 * checking.LOOK_S)) == []


def test_it_looks_again_by_itself_without_another_picture() -> None:
    mind = waiting()
    for number in (2, 3):
        assert looks(later(mind, checking.LOOK_S)) == [LookAround(number, False, False)]
        found(mind, pictured=False)


def test_it_pictures_a_black_screen_until_there_is_something_on_it() -> None:
    mind = waiting(Hurdle.BLACK)
    assert looks(later(mind, checking.LOOK_S)) == [LookAround(2, True, False)]
    found(mind, Hurdle.BLACK)
    assert looks(later(mind, checking.LOOK_S)) == [LookAround(3, True, False)]
    found(mind)
    assert looks(later(mind, checking.LOOK_S)) == [LookAround(4, False, False)]


def test_one_look_at_a_time() -> None:
    mind = Mind().wait_in_queue()
    assert looks(later(mind, 10 * checking.LOOK_S)) == []


def test_in_the_talk_nothing_is_pictured_whatever_was_found_and_whoever_asks() -> None:
    mind = waiting(Hurdle.BLACK)
    effects = accept(mind)
    for _ in range(3):
        effects += mind.take(CheckWanted())
        effects += found(mind, pictured=False)
        effects += later(mind, checking.LOOK_S)
        effects += found(mind, pictured=False)
    assert {(one.picture, one.asked) for one in looks(effects)} == {(False, True), (False, False)}
    assert checking.problems_of(mind.state) == (Hurdle.BLACK,), "as it was seen last"


def test_back_in_the_queue_there_is_another_picture() -> None:
    mind = waiting()
    accept(mind)
    later(mind, checking.LOOK_S)
    found(mind, pictured=False)
    queued = SessionQueued(seq=mind.seq, at=AT, queue=GENERAL, cause=QueueCause.LOST)
    assert [one.picture for one in looks(mind.hear(queued))] == [True]


def test_who_declines_is_not_looked_at_any_longer() -> None:
    mind = Mind().prepare()
    found(mind)
    mind.take(StepAnswered("answer01", Step.AGREEMENT, yes=False))
    assert looks(later(mind, 10 * checking.LOOK_S)) == []


def test_check_again_waits_for_the_look_under_way_and_looks_anew() -> None:
    mind = Mind().wait_in_queue()
    assert looks(mind.take(CheckWanted())) == []
    assert looks(found(mind)) == [LookAround(2, picture=True, asked=True)]
    assert mind.state.checks.answering
    assert looks(found(mind)) == []
    assert not mind.state.checks.answering


def test_what_a_look_of_before_found_changes_nothing() -> None:
    mind = waiting()
    late = LookedAround(1, replace(FINE, problems=frozenset(Hurdle)), "late0001")
    before = mind.state
    assert mind.take(late) == ()
    assert mind.state is before


@pytest.mark.parametrize(
    ("problem", "sees", "controls"),
    [
        (Hurdle.BLACK, False, True),
        (Hurdle.WALLPAPER, True, True),
        (Hurdle.SCREEN_PERMISSION, False, True),
        (Hurdle.INPUT_PERMISSION, True, False),
        (Hurdle.WAYLAND, False, False),
        (Hurdle.ELEVATED, True, False),
        (Hurdle.PROXY, True, True),
        (Hurdle.CLOCK, True, True),
    ],
)
def test_what_a_problem_means(problem: Hurdle, sees: bool, controls: bool) -> None:
    mind = Mind().wait_in_queue()
    if problem is Hurdle.CLOCK:
        what = replace(FINE, wall=WALL - 3600)
        mind.take(LookedAround(1, what, "look0001"))
    else:
        found(mind, problem)
    told = Checks(
        system=FINE.system,
        monitors=FINE.monitors,
        sees=sees,
        controls=controls,
        problems=(problem,),
    )
    assert reports(mind) == [told]


@pytest.mark.parametrize("off", [-121.0, 121.0])
def test_a_clock_is_wrong_by_more_than_two_minutes(off: float) -> None:
    for wall, problems in ((WALL + off, (Hurdle.CLOCK,)), (WALL + off * 119 / 121, ())):
        mind = Mind().wait_in_queue()
        mind.take(LookedAround(1, replace(FINE, wall=wall), "look0001"))
        assert reports(mind)[-1].problems == problems


def test_the_relay_is_told_once_and_again_when_something_is_new() -> None:
    mind = waiting()
    later(mind, checking.LOOK_S)
    found(mind, pictured=False)
    assert len(reports(mind)) == 1
    later(mind, checking.LOOK_S)
    found(mind, Hurdle.ELEVATED, pictured=False)
    assert [one.problems for one in reports(mind)] == [(), (Hurdle.ELEVATED,)]


def test_between_two_reports_there_is_a_pause_and_a_longer_one_in_the_talk() -> None:
    mind = waiting()
    mind.take(CheckWanted())
    found(mind, Hurdle.ELEVATED)
    assert len(reports(mind)) == 1
    later(mind, checking.REPORT_S)
    assert len(reports(mind)) == 2
    stored(mind)
    accept(mind)
    mind.take(CheckWanted())
    found(mind, pictured=False)
    later(mind, checking.REPORT_S)
    assert len(reports(mind)) == 3
    stored(mind)
    mind.take(CheckWanted())
    found(mind, Hurdle.ELEVATED, pictured=False)
    later(mind, checking.TALK_REPORT_S - 1)
    assert len(reports(mind)) == 3
    later(mind, 1)
    assert len(reports(mind)) == 4


def test_what_was_put_right_within_the_pause_is_not_told() -> None:
    mind = waiting()
    for problems in ((Hurdle.ELEVATED,), ()):
        mind.take(CheckWanted())
        found(mind, *problems)
    later(mind, checking.REPORT_S)
    assert len(reports(mind)) == 1


@pytest.mark.parametrize("code", [ErrorCode.TOO_OFTEN, ErrorCode.STORAGE, ErrorCode.NOT_NOW])
def test_a_report_that_is_not_taken_is_told_again_later(code: ErrorCode) -> None:
    mind = Mind().wait_in_queue()
    found(mind, Hurdle.ELEVATED)
    first = mind.sent[-1]
    assert isinstance(first, CustomerReport)
    mind.hear(Refused(id=first.id, code=code))
    assert mind.state.outbox.lines == ()
    later(mind, checking.AGAIN_S - 1)
    if mind.state.checks.looking:
        found(mind, Hurdle.ELEVATED, pictured=False)
    assert len(reports(mind)) == 1
    later(mind, 1)
    assert reports(mind) == [first.checks, first.checks]


def test_with_a_new_link_only_what_the_relay_does_not_know_is_told() -> None:
    for known, sent in ((False, 2), (True, 1)):
        mind = Mind().wait_in_queue()
        found(mind, Hurdle.ELEVATED)
        told = reports(mind)[0]
        mind.take(LinkLost())
        later(mind, checking.REPORT_S)
        reported = CustomerReported(seq=2, at=AT, checks=told)
        mind.hear(welcome([OPENED, reported] if known else [OPENED]))
        assert len(reports(mind)) == sent


def test_every_report_has_an_id_of_its_own_that_the_relay_takes() -> None:
    mind = Mind().wait_in_queue()
    mind.take(LookedAround(1, FINE, "x" * limits.ID_CHARS))
    for number in range(2, 30):
        stored(mind)
        mind.take(CheckWanted())
        what = replace(FINE, monitors=(f"{number}x1",))
        mind.take(LookedAround(mind.state.checks.looking, what, "x" * limits.ID_CHARS))
        later(mind, checking.REPORT_S)
    sent = [one for one in mind.sent if isinstance(one, CustomerReport)]
    assert len(sent) == 29
    assert len({one.id for one in sent}) == 29
    for one in sent:
        assert decode_request(encode(one), Door.CLIENT) == one


def test_what_is_put_aside_stays_so_until_it_comes_back_or_all_is_checked_again() -> None:
    mind = waiting(Hurdle.ELEVATED)
    mind.take(FixSkipped(Hurdle.ELEVATED))
    later(mind, checking.LOOK_S)
    found(mind, Hurdle.ELEVATED, pictured=False)
    assert mind.state.checks.skipped == {Hurdle.ELEVATED}
    later(mind, checking.LOOK_S)
    found(mind, pictured=False)
    assert mind.state.checks.skipped == frozenset()
    later(mind, checking.LOOK_S)
    found(mind, Hurdle.ELEVATED, pictured=False)
    mind.take(FixSkipped(Hurdle.ELEVATED))
    mind.take(CheckWanted())
    assert mind.state.checks.skipped == frozenset()


def test_checking_again_tells_whether_it_is_still_there() -> None:
    mind = waiting(Hurdle.ELEVATED, Hurdle.WALLPAPER)
    for problems, still in (
        ((Hurdle.ELEVATED,), Hurdle.ELEVATED),
        ((Hurdle.WALLPAPER,), None),
    ):
        mind.take(CheckWanted(Hurdle.ELEVATED))
        assert mind.state.checks.still is None
        found(mind, *problems)
        assert mind.state.checks.still is still


def test_a_place_is_opened_only_where_the_system_has_one() -> None:
    mind = waiting(Hurdle.CLOCK)
    assert mind.take(FixWanted(Hurdle.CLOCK)) == ()
    mind.controller.state = replace(mind.state, solvable=frozenset({Hurdle.CLOCK}))
    assert mind.take(FixWanted(Hurdle.CLOCK)) == (OpenPlace(Hurdle.CLOCK),)


def test_what_is_open_on_the_desktop_is_not_told_during_the_talk() -> None:
    mind = waiting(Hurdle.WALLPAPER)
    accept(mind)
    later(mind, checking.LOOK_S)
    found(mind, Hurdle.WALLPAPER, pictured=False)
    later(mind, checking.TALK_REPORT_S)
    assert [one.problems for one in reports(mind)] == [(Hurdle.WALLPAPER,), ()]
