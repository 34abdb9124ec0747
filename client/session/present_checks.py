"""What the window says about the computer while the customer waits: one thing at a time."""

from client.session.checking import problems_of
from client.session.machines import Page
from client.session.state import ClientState
from client.session.view import CheckView, Level
from protocol.catalogue import Catalogue
from protocol.working import Hurdle

FIXES = (
    Hurdle.WAYLAND,
    Hurdle.SCREEN_PERMISSION,
    Hurdle.BLACK,
    Hurdle.INPUT_PERMISSION,
    Hurdle.ELEVATED,
    Hurdle.WALLPAPER,
    Hurdle.CLOCK,
)
"""What a customer can do something about, the worst first. A proxy lets the conversation through,
or there would be none."""


def checks(state: ClientState, t: Catalogue) -> CheckView | None:
    """The first problem that was not put aside, or that there is none."""
    if state.page is not Page.WAITING:
        return None
    own = state.checks
    if own.found is None:
        return CheckView(level=Level.QUIET, title=t("client.check.looking"))
    found = [one for one in FIXES if one in problems_of(state)]
    left = [one for one in found if one not in own.skipped]
    again = t("client.check.checking" if own.asked or own.answering else "client.check.again")
    if left:
        return _problem(state, left[0], again, t)
    if found:
        rest = t("client.check.rest")
        return CheckView(level=Level.WARN, title=rest, again=again, spoken=rest)
    good = t("client.check.good")
    return CheckView(level=Level.GOOD, title=good, spoken=good)


def _problem(state: ClientState, problem: Hurdle, again: str, t: Catalogue) -> CheckView:
    solvable = problem in state.solvable
    title = t(f"client.check.{problem}_title")
    placed = f"client.check.{problem}_place"
    has_place = solvable and placed in t.keys()  # noqa: SIM118 - a catalogue is no mapping
    status = t("client.check.still") if state.checks.still is problem else ""
    return CheckView(
        level=Level.WARN,
        title=title,
        problem=problem,
        text=t(placed if has_place else f"client.check.{problem}_text"),
        fix=t("client.check.open") if solvable else "",
        again=again,
        skip=t("client.check.skip"),
        status=status,
        spoken=f"{title} {status}".strip(),
    )
