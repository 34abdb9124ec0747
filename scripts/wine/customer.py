"""The customer's window of a program for Windows."""

import contextlib
import os
from pathlib import Path

from scripts.stage.customer import Customer

TITLE = "[(]development[)]"
"""Neither the band above the screen nor the watermark has this in its title."""

KILL = 9
"""SIGKILL, which only some systems name."""

PROCESSES = ("cmd.exe", "ping.exe", "support-")


class WindowsCustomer(Customer):
    """Known by its title, since a one-file program shows its window from a second process."""

    def window(self) -> str:
        """The X server's number of the window; the newest where there are several."""
        search = ["search", "--sync", "--onlyvisible", "--name", TITLE]
        found = self._xdotool(*search).split()
        if not found:
            raise RuntimeError("the customer's window is not on the screen")
        return found[-1]

    def kill(self) -> None:
        """Ends both processes at once, as a computer does that is switched off."""
        for number in processes():
            os.kill(number, KILL)
        self.process.wait()


def processes() -> dict[int, str]:
    """The processes of the program and of its removal that run, by their numbers."""
    found = {}
    for process in Path("/proc").iterdir():
        if not process.name.isdigit():
            continue
        with contextlib.suppress(OSError):
            command = (process / "cmdline").read_bytes().split(b"\0")[0].decode(errors="replace")
            name = command.replace("\\", "/").rpartition("/")[2].lower()
            if name.startswith(PROCESSES) and ("drive_c" in command or command[1:2] == ":"):
                found[int(process.name)] = command
    return found
