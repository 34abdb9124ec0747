"""The customer's side of the shared screen as tables: what is shown from here, and the picker.

What is not in a table changes nothing. Only deeds of the customer lead to `Mode.ON`; what the
relay or the network bring (`Act.LOSE`, `Act.STOP`) only ever leads away from it. The share as
everybody tells it is the protocol's (`protocol.share_machine`).
"""

from enum import StrEnum


class Mode(StrEnum):
    """ON: shown. PAUSED: nothing shown, grants stay. PICKING: applications are being chosen, out of
    nothing. CHANGING and CHANGING_PAUSED: they are being chosen anew, and nothing is shown
    meanwhile. LOST: the share broke off; it goes on only when the customer says so.
    LOST_PICKING: it broke off while applications were being chosen.
    """

    OFF = "off"
    PICKING = "picking"
    ON = "on"
    PAUSED = "paused"
    CHANGING = "changing"
    CHANGING_PAUSED = "changing_paused"
    LOST = "lost"
    LOST_PICKING = "lost_picking"


class Act(StrEnum):
    """What moves it. ALLOW answers a question with yes, CHOOSE opens the picker, PICK is its Share.

    LOSE: the link broke, or the relay did not take the start. STOP: the share was ended elsewhere,
    nobody may see it any longer, or the session is over.
    """

    ALLOW = "allow"
    CHOOSE = "choose"
    PICK = "pick"
    CANCEL = "cancel"
    PAUSE = "pause"
    RESUME = "resume"
    AGAIN = "again"
    NOT_NOW = "not_now"
    END = "end"
    LOSE = "lose"
    STOP = "stop"


MODES: dict[tuple[Mode, Act], Mode] = {
    (Mode.OFF, Act.ALLOW): Mode.ON,
    (Mode.OFF, Act.CHOOSE): Mode.PICKING,
    (Mode.PICKING, Act.PICK): Mode.ON,
    (Mode.PICKING, Act.CANCEL): Mode.OFF,
    (Mode.PICKING, Act.END): Mode.OFF,
    (Mode.PICKING, Act.LOSE): Mode.OFF,
    (Mode.PICKING, Act.STOP): Mode.OFF,
    (Mode.ON, Act.ALLOW): Mode.ON,
    (Mode.ON, Act.CHOOSE): Mode.CHANGING,
    (Mode.ON, Act.PAUSE): Mode.PAUSED,
    (Mode.ON, Act.END): Mode.OFF,
    (Mode.ON, Act.LOSE): Mode.LOST,
    (Mode.ON, Act.STOP): Mode.OFF,
    (Mode.PAUSED, Act.ALLOW): Mode.PAUSED,
    (Mode.PAUSED, Act.CHOOSE): Mode.CHANGING_PAUSED,
    (Mode.PAUSED, Act.RESUME): Mode.ON,
    (Mode.PAUSED, Act.END): Mode.OFF,
    (Mode.PAUSED, Act.LOSE): Mode.LOST,
    (Mode.PAUSED, Act.STOP): Mode.OFF,
    (Mode.CHANGING, Act.PICK): Mode.ON,
    (Mode.CHANGING, Act.CANCEL): Mode.ON,
    (Mode.CHANGING, Act.END): Mode.OFF,
    (Mode.CHANGING, Act.LOSE): Mode.LOST_PICKING,
    (Mode.CHANGING, Act.STOP): Mode.OFF,
    (Mode.CHANGING_PAUSED, Act.PICK): Mode.ON,
    (Mode.CHANGING_PAUSED, Act.CANCEL): Mode.PAUSED,
    (Mode.CHANGING_PAUSED, Act.END): Mode.OFF,
    (Mode.CHANGING_PAUSED, Act.LOSE): Mode.LOST_PICKING,
    (Mode.CHANGING_PAUSED, Act.STOP): Mode.OFF,
    (Mode.LOST, Act.ALLOW): Mode.ON,
    (Mode.LOST, Act.CHOOSE): Mode.PICKING,
    (Mode.LOST, Act.AGAIN): Mode.ON,
    (Mode.LOST, Act.NOT_NOW): Mode.OFF,
    (Mode.LOST, Act.END): Mode.OFF,
    (Mode.LOST, Act.STOP): Mode.OFF,
    (Mode.LOST_PICKING, Act.PICK): Mode.ON,
    (Mode.LOST_PICKING, Act.CANCEL): Mode.LOST,
    (Mode.LOST_PICKING, Act.END): Mode.OFF,
    (Mode.LOST_PICKING, Act.STOP): Mode.OFF,
}

RUNNING = frozenset({Mode.ON, Mode.PAUSED, Mode.CHANGING, Mode.CHANGING_PAUSED})
"""A share goes on, with grants; whether anything is shown is another matter."""

CHOOSING = frozenset({Mode.PICKING, Mode.CHANGING, Mode.CHANGING_PAUSED, Mode.LOST_PICKING})
"""The picker is open."""


def may(mode: Mode, act: Act) -> bool:
    """Whether `act` means anything now."""
    return (mode, act) in MODES


def go(mode: Mode, act: Act) -> Mode:
    """The mode after `act`."""
    return MODES.get((mode, act), mode)
