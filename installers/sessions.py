"""Sessions from the download to the closed window, and what they leave: nothing."""

import time
from collections.abc import Callable
from pathlib import Path

from installers.computer import Computer, Started
from installers.rehearsal import Duty, Ending, Odd, whole

ENDINGS = tuple(Ending)


async def one(
    duty: Duty,
    computer: Computer,
    file: Path,
    *,
    ending: Ending,
    name: str,
    shared: Callable[[Started], None] | None = None,
) -> None:
    """Downloads `file` for a new join code, has the session, and looks for what is left. Raises
    `Odd`."""
    before = computer.traces()
    code = await duty.code(name)
    program = computer.downloaded(file, f"Support-{code}")
    started = computer.start(program)
    try:
        called = (lambda: shared(started)) if shared else None
        await whole(duty, started, name, ending, shared=called)
    finally:
        started.end()
    left = computer.traces() - before
    if left:
        raise Odd(f"left behind: {', '.join(sorted(left)[:8])}")


async def many(duty: Duty, computer: Computer, file: Path, count: int) -> None:
    """`count` of them, ended in turn by each side. Raises `Odd`."""
    for n in range(count):
        ending = ENDINGS[n % len(ENDINGS)]
        await one(duty, computer, file, ending=ending, name=f"Customer {n}")


def start_time(computer: Computer, program: Path) -> float:
    """Seconds from the start to a window that can be used."""
    began = time.monotonic()
    started = computer.start(program)
    try:
        started.window()
        return time.monotonic() - began
    finally:
        started.process.terminate()
        started.wait_for_end()
        started.end()


def memory_mb(started: Started) -> float:
    """Resident memory of all its processes, in MB."""
    pages = 0.0
    for process in started.processes():
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                pages += int(line.split()[1]) * 1024 / 1e6
    return pages
