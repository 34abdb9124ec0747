"""Kills the program at ten moments, starts it once more, and looks for what is left."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from installers.computer import PATIENCE_S, Computer, Started
from installers.rehearsal import Duty, Odd, both_talk, show
from protocol.facts import SessionEnded
from protocol.requests import SessionEnd
from protocol.roles import Door

FIRST, SECOND, BOTH = (0,), (1,), (0, 1)
WHO = (FIRST, SECOND, BOTH)
TRY_S = 0.05

Reach = Callable[[Duty, Started, str], Awaitable[None]]


class Moment(NamedTuple):
    """When it is killed: `reach` returns at that moment."""

    name: str
    reach: Reach


def _after(seconds: float) -> Reach:
    async def wait(_duty: Duty, _started: Started, _name: str) -> None:
        await asyncio.sleep(seconds)

    return wait


async def _window(_duty: Duty, started: Started, _name: str) -> None:
    await asyncio.to_thread(started.window)


async def _talking(duty: Duty, started: Started, name: str) -> None:
    session = await duty.accept(name)
    async with duty.who.socket(Door.SESSION, session) as talking:
        await both_talk(talking, started)


async def _sharing(duty: Duty, started: Started, name: str) -> None:
    session = await duty.accept(name)
    async with duty.who.socket(Door.SESSION, session) as talking:
        await both_talk(talking, started)
        await show(talking, started)


async def _ended(duty: Duty, started: Started, name: str) -> None:
    session = await duty.accept(name)
    async with duty.who.socket(Door.SESSION, session) as talking:
        await both_talk(talking, started)
        await talking.say(SessionEnd(id="ending-1"))
        await talking.hear(SessionEnded)


AFTER_THE_END = Moment("after the end", _ended)

MOMENTS = (
    Moment("as it starts", _after(0.0)),
    *(Moment(f"after {s} s, while it unpacks", _after(s)) for s in (0.1, 0.3, 0.6)),
    *(Moment(f"after {s} s, as the second one starts", _after(s)) for s in (0.9, 1.3)),
    Moment("with its window", _window),
    Moment("in a conversation", _talking),
    Moment("while it shows the screen", _sharing),
    AFTER_THE_END,
)


async def killed_and_started(
    duty: Duty, computer: Computer, file: Path, moment: Moment, who: tuple[int, ...]
) -> list[str]:
    """What is left after a kill and one more start, beside the program file, which stays: the
    customer may come back with it."""
    before = computer.traces()
    name = f"Killed {time.monotonic_ns()}"
    code = await duty.code(name)
    program = computer.downloaded(file, f"Support-{code}")
    started = computer.start(program)
    try:
        await moment.reach(duty, started, name)
        started.kill(*who)
        await asyncio.to_thread(_let_the_other_end, started)
        if program.exists():
            again = program.rename(program.with_name("Support"))
        elif moment is AFTER_THE_END and who is FIRST:
            again = computer.downloaded(file, "Support")  # the other one ended in order
        else:
            raise Odd(f"killed {moment.name}, the program has lost its file")
        await asyncio.to_thread(_start_once_more, computer, again)
    finally:
        started.end()
    again.unlink()
    return sorted(computer.traces() - before)


def _let_the_other_end(started: Started) -> None:
    """Whoever survived is asked to end, as at the end of a login."""
    for one in started.survivors():
        started.terminate(one)
    started.wait_until_gone()


def _start_once_more(computer: Computer, program: Path) -> None:
    started = computer.start(program)
    try:
        started.window()
        deadline = time.monotonic() + PATIENCE_S
        while len(list(computer.temp.iterdir())) > 1 and time.monotonic() < deadline:
            time.sleep(TRY_S)
        started.process.terminate()
        started.wait_for_end()
    finally:
        started.end()


def plan(*, quick: bool) -> Iterator[tuple[Moment, tuple[int, ...]]]:
    """All moments with each of them; or, quickly, one kill of each kind."""
    if quick:
        yield MOMENTS[2], BOTH
        yield MOMENTS[6], BOTH
        yield MOMENTS[7], FIRST
        yield MOMENTS[8], SECOND
        return
    for moment in MOMENTS:
        for who in WHO:
            yield moment, who
