"""All that `smoke.py` does, in turn, and the figures that come of it."""

import asyncio
import os
import statistics
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from installers import killing, luring, rough, sessions
from installers.computer import Computer, Started
from installers.rehearsal import Duty, Ending, Odd
from installers.stage import PORT, Stage, prepared, relay_of, screen, staffed
from scripts.bench.report import progress

STEP_S = 120
"""No single session or kill may take longer."""

PAGE_CACHE = Path("/proc/sys/vm/drop_caches")


class Trial(NamedTuple):
    """How much of each."""

    starts: int = 5
    sessions: int = 30
    quickly: bool = False
    lures: tuple[luring.Lure, ...] = luring.LURES

    @classmethod
    def quick(cls) -> "Trial":
        """What fits into the tests."""
        return cls(starts=1, sessions=2, quickly=True, lures=luring.QUICK)


async def tried(work: Path, trial: Trial) -> dict[str, float]:
    """The figures by name. Raises `Odd`, or as `prepared`."""
    stage = await asyncio.to_thread(prepared, work)
    figures = sizes(stage)
    with relay_of(stage) as relay, screen(stage, relay.authority) as computer:
        figures |= await asyncio.to_thread(_starts, stage, computer, trial)
        async with staffed(relay) as duty:
            figures |= await _first_session(stage, computer, duty)
            left = await _sessions(stage, computer, duty, trial)
            left += await _kills(stage, computer, duty, trial)
            await asyncio.to_thread(rough.without_display, computer, stage.file)
            if computer.alone:  # nothing is read-only for who started this
                await rough.read_only(duty, computer, stage.file)
            progress("rough places")
    figures["build.leftovers"] = left
    with screen(stage, relay.authority) as computer:
        figures["build.foreign_calls"] = await asyncio.to_thread(_lures, stage, computer, trial)
    return figures


def sizes(stage: Stage) -> dict[str, float]:
    """Of what is handed out, in MB."""
    names = {".exe": "windows_file", ".xz": "linux_folder", "": "linux_file", ".zip": "macos_file"}
    return {
        f"build.{names.get(file.suffix, 'linux_file')}_mb": file.stat().st_size / 1e6
        for file in stage.product.files
    }


def _starts(stage: Stage, computer: Computer, trial: Trial) -> Mapping[str, float]:
    """From the start to a usable window; cold where the page cache may be dropped."""
    file = computer.downloaded(stage.file, "Support")
    figures: dict[str, float] = {}
    for name, program in (("file", file), ("folder", stage.product.program)):
        if not trial.quickly and _forgotten():
            figures[f"build.{name}_cold_s"] = sessions.start_time(computer, program)
        times = [sessions.start_time(computer, program) for _ in range(trial.starts)]
        figures[f"build.{name}_warm_s"] = statistics.median(times)
        progress(f"started the {name}")
    file.unlink()
    return figures


def _forgotten() -> bool:
    """Whether the page cache could be dropped, which slows down whoever else works here."""
    try:
        if sys.platform != "win32":
            os.sync()
        PAGE_CACHE.write_text("3")
    except OSError:
        return False
    return True


async def _first_session(stage: Stage, computer: Computer, duty: Duty) -> Mapping[str, float]:
    figures: dict[str, float] = {}

    def shared(started: Started) -> None:
        figures["build.rss_sharing_mb"] = sessions.memory_mb(started)
        started.picture(stage.work / "sharing.png")

    def measured() -> float:
        file = computer.downloaded(stage.file, "Support")
        started = computer.start(file)
        try:
            started.window()
            return sessions.memory_mb(started)
        finally:
            started.process.terminate()
            started.wait_for_end()
            file.unlink()

    figures["build.rss_first_window_mb"] = await asyncio.to_thread(measured)
    ending = Ending.REPRESENTATIVE
    whole = sessions.one(duty, computer, stage.file, ending=ending, name="Grace", shared=shared)
    await asyncio.wait_for(whole, STEP_S)
    progress("a session with a shared screen")
    return figures


async def _sessions(stage: Stage, computer: Computer, duty: Duty, trial: Trial) -> int:
    before = computer.traces()
    work = sessions.many(duty, computer, stage.file, trial.sessions)
    await asyncio.wait_for(work, STEP_S * trial.sessions)
    progress(f"{trial.sessions} sessions")
    return len(computer.traces() - before)


async def _kills(stage: Stage, computer: Computer, duty: Duty, trial: Trial) -> int:
    count = 0
    for moment, who in killing.plan(quick=trial.quickly):
        work = killing.killed_and_started(duty, computer, stage.file, moment, who)
        try:
            left = await asyncio.wait_for(work, STEP_S)
        except TimeoutError as late:
            raise Odd(f"killed {moment.name} {who}: {late or 'no end'}") from late
        if left:
            raise Odd(f"killed {moment.name} {who}, left: {', '.join(left[:8])}")
        count += len(left)
    progress("kills")
    return count


def _lures(stage: Stage, computer: Computer, trial: Trial) -> int:
    calls = luring.foreign_calls(computer, stage.file, PORT, trial.lures)
    if calls:
        raise Odd(f"{calls} calls to a foreign relay")
    progress(f"{len(trial.lures)} lures")
    return calls
