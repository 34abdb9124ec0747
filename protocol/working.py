"""Words of what goes on beside the conversation."""

from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from protocol import limits

Words = Annotated[str, Meta(max_length=limits.SYSTEM_CHARS)]


class NudgeMark(StrEnum):
    """DELIVERED: the window shook or flashed. SEEN: the customer used it since."""

    DELIVERED = "delivered"
    SEEN = "seen"


class Hurdle(StrEnum):
    """What the program found that stands in the way of help.

    BLACK, WALLPAPER: a trial picture of the screen shows nothing, or no window. SCREEN_PERMISSION,
    INPUT_PERMISSION: the system does not let it. WAYLAND: it works only for the chat. ELEVATED: a
    window in front that takes no input. PROXY: between it and the relay; CLOCK: wrong by minutes.
    """

    BLACK = "black"
    WALLPAPER = "wallpaper"
    SCREEN_PERMISSION = "screen_permission"
    INPUT_PERMISSION = "input_permission"
    WAYLAND = "wayland"
    ELEVATED = "elevated"
    PROXY = "proxy"
    CLOCK = "clock"


class Checks(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What the program found on the customer's computer; no picture ever leaves it for this.

    `version` is the program's, `monitors` their sizes as "1920x1080", `language` the system's.
    `sees`, `controls`: whether showing the screen and remote input would work now.
    """

    system: Words = ""
    version: Words = ""
    language: Words = ""
    monitors: Annotated[tuple[Words, ...], Meta(max_length=16)] = ()
    sees: bool = False
    controls: bool = False
    problems: Annotated[tuple[Hurdle, ...], Meta(max_length=16)] = ()
