"""The customer's window of a program for Windows."""

from pathlib import Path

from scripts.stage.customer import Customer

CLASS = "^support-"
"""Wine calls a window's class by the file's name, in small letters."""

HELPERS = ("cmd.exe", "ping.exe", "support-")


class WindowsCustomer(Customer):
    """Known by the name of its file, since a one-file program shows its window from a second
    process."""

    def window(self) -> str:
        """The X server's number of the window; the newest where there are several."""
        search = ["search", "--sync", "--onlyvisible", "--class", CLASS]
        found = self._xdotool(*search).split()
        if not found:
            raise RuntimeError("the customer's window is not on the screen")
        return found[-1]

    def helpers(self) -> list[str]:
        """The processes of the program and of its removal that still run."""
        found = []
        for process in Path("/proc").iterdir():
            if process.name.isdigit():
                try:
                    command = (process / "cmdline").read_bytes().split(b"\0")[0].decode()
                except OSError:
                    continue
                name = command.replace("\\", "/").rpartition("/")[2].lower()
                if command.startswith(("C:", "Z:")) and name.startswith(HELPERS):
                    found.append(command)
        return found
