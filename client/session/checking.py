"""When the program looks around on the computer, and what the relay is told of it.

A trial picture is taken only before the talk, once, and again when the customer says so or while
the last one was black: during the talk the gate alone decides about pictures. It stays on the
computer (`client.lookout`); here arrives one word about it.
"""

from dataclasses import replace

from client.session.check_inputs import CheckWanted, FixSkipped, FixWanted, LookedAround
from client.session.effects import Effect, LookAround, OpenPlace, Send
from client.session.machines import Page
from client.session.state import ClientState, LinkState
from protocol import limits
from protocol.signals import Ack, Refused
from protocol.working import Checks, Hurdle
from protocol.working_requests import CustomerReport

Step = tuple[ClientState, tuple[Effect, ...]]

BEFORE = frozenset({Page.PREPARING, Page.WAITING})
"""The pages before the talk."""

UNSEEN = frozenset({Hurdle.WAYLAND, Hurdle.SCREEN_PERMISSION, Hurdle.BLACK})
"""With one of these nothing of the screen can be shown."""

UNTOUCHED = frozenset({Hurdle.WAYLAND, Hurdle.INPUT_PERMISSION, Hurdle.ELEVATED})
"""With one of these remote input does nothing."""

LOOK_S = 15.0
"""A window in front comes and goes; so often the program looks by itself."""

REPORT_S = 2 * limits.REPORTS_WINDOW_S / limits.REPORTS
"""The least time between two reports: half of what the relay takes."""

TALK_REPORT_S = 60.0
"""The same during the talk, so that its log is not full of them."""

AGAIN_S = 30.0
"""The pause after a report that the relay could not take."""

_ID_CHARS = limits.ID_CHARS - len("-999999")


def kept(state: ClientState, now: float) -> Step:
    """Look when it is time, and report what is new. Without news the state is the same object."""
    if not _is_on(state):
        return state, ()
    state, look = _look(state, now)
    state, report = _report(state, now)
    return state, (*look, *report)


def looked_around(state: ClientState, given: LookedAround, now: float) -> Step:
    """What a look found. Only one with a picture says whether that is black, and what is open on
    the desktop matters only before the talk."""
    own = state.checks
    if given.look != own.looking:
        return state, ()
    problems = given.found.problems
    if not given.found.pictured and own.found is not None:
        problems |= own.found.problems & {Hurdle.BLACK}
    if Hurdle.BLACK in problems or state.page not in BEFORE:
        problems -= {Hurdle.WALLPAPER}
    answered = own.answering
    own = replace(
        own,
        found=replace(given.found, problems=problems),
        looking=0,
        answering=False,
        next_look=now + LOOK_S,
        skipped=own.skipped & (problems | {Hurdle.CLOCK}),
        name=given.id,
    )
    state = replace(state, checks=own)
    still = own.about if answered else own.still
    return replace(state, checks=replace(own, still=_if_there(state, still))), ()


def check_wanted(state: ClientState, given: CheckWanted, _now: float) -> Step:
    """Look once more, and read again what was put aside."""
    own = replace(state.checks, asked=True, about=given.problem, still=None, skipped=frozenset())
    return replace(state, checks=own), ()


def fix_wanted(state: ClientState, given: FixWanted, _now: float) -> Step:
    """Open the place where it is solved, if the system has one."""
    return state, (OpenPlace(given.problem),) if given.problem in state.solvable else ()


def fix_skipped(state: ClientState, given: FixSkipped, _now: float) -> Step:
    """Go on without."""
    skipped = state.checks.skipped | {given.problem}
    return replace(state, checks=replace(state.checks, skipped=skipped)), ()


def problems_of(state: ClientState) -> tuple[Hurdle, ...]:
    """What stands in the way now, in the protocol's order."""
    found = state.checks.found
    if found is None:
        return ()
    # Both count seconds since 1970, before the same monotonic clock.
    wrong = abs(state.ahead - found.wall) > limits.CLOCK_S
    problems = found.problems | ({Hurdle.CLOCK} if wrong else set())
    return tuple(one for one in Hurdle if one in problems)


def _if_there(state: ClientState, problem: Hurdle | None) -> Hurdle | None:
    return problem if problem in problems_of(state) else None


def checks_of(state: ClientState) -> Checks | None:
    """The findings as the relay is told them; None before there are any."""
    found = state.checks.found
    if found is None:
        return None
    problems = problems_of(state)
    return Checks(
        system=found.system,
        version=found.version,
        language=found.language,
        monitors=found.monitors,
        sees=UNSEEN.isdisjoint(problems),
        controls=UNTOUCHED.isdisjoint(problems),
        problems=problems,
    )


def acknowledged(state: ClientState, ack: Ack) -> ClientState:
    """The relay has a report."""
    own = state.checks
    if own.sending is None or ack.id != own.sending.id:
        return state
    return replace(state, checks=replace(own, sending=None, told=own.sending.checks))


def refused(state: ClientState, refused: Refused, now: float) -> ClientState | None:
    """A report that is not taken now waits; None: it was none."""
    own = state.checks
    if own.sending is None or refused.id != own.sending.id:
        return None
    return replace(state, checks=replace(own, sending=None, quiet_until=now + AGAIN_S))


def lost(state: ClientState) -> ClientState:
    """What was under way may not have arrived; the next snapshot tells."""
    own = state.checks
    if own.sending is None and own.told is None:
        return state
    return replace(state, checks=replace(own, sending=None, told=None))


def due(state: ClientState) -> float | None:
    """When time alone would next change something."""
    if not _is_on(state):
        return None
    own = state.checks
    moments = [
        None if own.looking else own.next_look,
        own.quiet_until if _news(state) is not None else None,
    ]
    return min((one for one in moments if one is not None), default=None)


def _is_on(state: ClientState) -> bool:
    pages = {*BEFORE, Page.TALKING}
    return state.link is LinkState.ONLINE and state.page in pages and not state.declined


def _look(state: ClientState, now: float) -> Step:
    own = state.checks
    before = state.page in BEFORE
    if not before and own.pictured:
        own = replace(own, pictured=False)
    first = before and not own.pictured
    at = own.next_look
    if own.looking or not (first or own.asked or at is None or at <= now):
        return (state if own is state.checks else replace(state, checks=own)), ()
    black = own.found is not None and Hurdle.BLACK in own.found.problems
    number = own.looks + 1
    effect = LookAround(number, picture=before and (first or own.asked or black), asked=own.asked)
    own = replace(
        own,
        looking=number,
        looks=number,
        pictured=own.pictured or before,
        asked=False,
        answering=own.asked,
    )
    return replace(state, checks=own), (effect,)


def _report(state: ClientState, now: float) -> Step:
    own, checks = state.checks, _news(state)
    if checks is None or (own.quiet_until is not None and own.quiet_until > now):
        return state, ()
    pause = REPORT_S if state.page in BEFORE else TALK_REPORT_S
    number = own.reports + 1
    # Each report is a request of its own: the relay carries out an id once.
    request = CustomerReport(id=f"{own.name[:_ID_CHARS]}-{number}", checks=checks)
    own = replace(own, reports=number, sending=request, quiet_until=now + pause)
    return replace(state, checks=own), (Send(request),)


def _news(state: ClientState) -> Checks | None:
    """What the relay does not know, unless it is being told something already."""
    own, checks = state.checks, checks_of(state)
    known = state.snapshot.checks if state.snapshot else None
    if own.sending is not None or checks in (known, own.told):
        return None
    return checks
