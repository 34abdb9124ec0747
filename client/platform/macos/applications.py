"""Which application a process is, by NSRunningApplication. Never run."""

import AppKit

from client.platform.macos.windows_list import Application


def known(pid: int) -> Application:
    """Empty texts for a process that is no application, such as the window server."""
    found = AppKit.NSRunningApplication.runningApplicationWithProcessIdentifier_(pid)
    if found is None:
        return Application("", "")
    file = found.executableURL()
    program = found.bundleIdentifier() or (file.path() if file is not None else "")
    return Application(str(program), str(found.localizedName() or ""))


def in_front() -> int:
    """The process that gets the keys; 0: none."""
    found = AppKit.NSWorkspace.sharedWorkspace().frontmostApplication()
    return int(found.processIdentifier()) if found is not None else 0
