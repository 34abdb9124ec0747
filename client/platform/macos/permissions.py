"""What the customer has allowed this program in the system settings (TCC), and the locked screen.
Never run."""

import ApplicationServices
import Quartz

from protocol.screen import Obstacle


def may_see() -> bool:
    """Whether pictures show more than the wallpaper and this program's own windows."""
    return bool(Quartz.CGPreflightScreenCaptureAccess())


def may_act() -> bool:
    """Whether injected events reach other programs."""
    return bool(Quartz.CGPreflightPostEventAccess())


def ask_to_see() -> None:
    """Let macOS ask; it does so once, and counts the answer when the program is started anew."""
    if not may_see():
        Quartz.CGRequestScreenCaptureAccess()


def ask_to_act() -> None:
    """Let macOS show where it is allowed."""
    if not may_act():
        prompt = {ApplicationServices.kAXTrustedCheckOptionPrompt: True}
        ApplicationServices.AXIsProcessTrustedWithOptions(prompt)


def locked() -> Obstacle | None:
    """LOCKED when the screen is, or when another user's desktop is on it."""
    session = Quartz.CGSessionCopyCurrentDictionary()
    if session is None or session.get("CGSSessionScreenIsLocked"):
        return Obstacle.LOCKED
    return None if session.get("kCGSSessionOnConsoleKey", True) else Obstacle.LOCKED
