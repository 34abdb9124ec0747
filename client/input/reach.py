"""Keys that leave the chosen programs: they act on the desktop, whichever window has the focus."""

from collections.abc import Collection

from client.input.replay import Pressed
from protocol.inputs import Special
from protocol.screen import InputRefusal

_DESKTOP_KEYS = frozenset({"MetaLeft", "MetaRight", "OSLeft", "OSRight", "PrintScreen"})
_DESKTOP_SPECIALS = frozenset(
    {Special.META, Special.ALT_TAB, Special.PRINT_SCREEN, Special.CTRL_ALT_DEL}
)
_SWITCHES = frozenset({"Tab", "Escape", "Backquote"})
"""With Alt or Control they switch windows or open menus of the desktop on one system or another."""

_WITH = frozenset({"AltLeft", "AltRight"})


def leaves_the_programs(key: str | Special, held: Collection[Pressed]) -> InputRefusal | None:
    """Why a key may not be pressed where only chosen programs are shared."""
    if isinstance(key, Special):
        beyond = key in _DESKTOP_SPECIALS
    else:
        beyond = key in _DESKTOP_KEYS or _switches_windows(key, held)
    return InputRefusal.UNSHARED if beyond else None


def _switches_windows(code: str, held: Collection[Pressed]) -> bool:
    with_alt = not _WITH.isdisjoint(held)
    with_control = "ControlLeft" in held or "ControlRight" in held
    return (with_alt and code in _SWITCHES) or (with_control and code == "Escape")
