"""Rough places: without a display, and from a folder that nobody may write in."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from installers.computer import PATIENCE_S, Computer
from installers.rehearsal import Duty, Ending, Odd, whole
from protocol.catalogue import load


def without_display(computer: Computer, file: Path) -> None:
    """It says so in a sentence, ends with 2, and leaves nothing. Raises `Odd`."""
    before = computer.traces()
    program = computer.downloaded(file, "Support")
    log = computer.home.parent / "said.txt"
    none = {"DISPLAY": "", "QT_QPA_PLATFORM": ""}
    started = computer.start(program, around=none, log=log)
    try:
        code = started.process.wait(PATIENCE_S)
    except subprocess.TimeoutExpired:
        raise Odd("without a display it does not end") from None
    finally:
        started.end()
    said = log.read_text("utf-8").strip()
    log.unlink()
    program.unlink()
    if (code, said) != (2, load("en")("client.no_screen")):
        raise Odd(f"without a display it ended with {code} and said {said!r}")
    _nothing_left(computer, before)


async def read_only(duty: Duty, computer: Computer, file: Path) -> None:
    """It works, and leaves its file to the person, but nothing else. Raises `Odd`."""
    before = computer.traces()
    code = await duty.code("Careful")
    with _read_only(computer, file, f"Support-{code}") as program:
        started = computer.start(program)
        try:
            await whole(duty, started, "Careful", Ending.REPRESENTATIVE)
        finally:
            started.end()
    _nothing_left(computer, before)


@contextmanager
def _read_only(computer: Computer, file: Path, name: str) -> Iterator[Path]:
    """A copy of `file` that the customer may run, in a folder where they may not write. Raises
    `Odd` when it is gone in the end."""
    folder = computer.home.parent / "read only"
    folder.mkdir(exist_ok=True)
    program = Path(shutil.copyfile(file, folder / name))
    program.chmod(0o755)
    folder.chmod(0o555)
    try:
        yield program
        if not program.exists():
            raise Odd("it removed what it may not remove")
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def _nothing_left(computer: Computer, before: set[str]) -> None:
    left = computer.traces() - before
    if left:
        raise Odd(f"left behind: {', '.join(sorted(left)[:8])}")
