"""Tells the customer's own hand on the mouse from injected events, by XInput2 raw events.

Raw events name the device that they came from (`sourceid`); those of XTEST have XTEST in their
name, and nothing else tells them apart. Keys are not listened to, by no means and for no purpose.
"""

from typing import Any

from Xlib.display import Display
from Xlib.ext import ge, xinput
from Xlib.protocol import rq

HANDS = xinput.RawMotionMask | xinput.RawButtonPressMask
_VERSION = (2, 2)
"""From 2.1 on raw events come while another program has grabbed the pointer, too."""

_RAW = rq.Struct(
    rq.Card16("deviceid"),
    rq.Card32("time"),
    rq.Card32("detail"),
    rq.Card16("sourceid"),
    rq.Card16("valuators_len"),
    rq.Card32("flags"),
    rq.Pad(4),
)
"""Of XIRawEvent, what stands before its valuators (XI2proto.h); the library lacks it."""


class OwnHand:
    """Reads events of `display`, which has the extension. Raises `Xlib.error` errors."""

    def __init__(self, display: Display) -> None:
        self._display = display
        self._root = display.screen().root
        self._opcode: int = display.display.get_extension_major(xinput.extname)
        major, minor = _VERSION
        xinput.XIQueryVersion(
            display=display.display,
            opcode=self._opcode,
            major_version=major,
            minor_version=minor,
        )
        for kind in (xinput.RawMotion, xinput.RawButtonPress):
            display.ge_add_event_data(self._opcode, kind, _RAW)
        self._injected: dict[int, bool] = {}

    def listen(self, *, wanted: bool) -> None:
        """Select the events, or none of them."""
        self._root.xinput_select_events([(xinput.AllMasterDevices, HANDS if wanted else 0)])

    def is_own(self, event: Any) -> bool:
        """Whether this event came from a device that the customer holds."""
        if event.type != ge.GenericEventCode or event.extension != self._opcode:
            return False
        if event.evtype not in (xinput.RawMotion, xinput.RawButtonPress):
            return False
        source = event.data.sourceid
        if source not in self._injected:
            self._learn()
        return not self._injected.get(source, False)

    def _learn(self) -> None:
        """Devices come and go; a number is not given again while another device has it."""
        answer = self._display.xinput_query_device(xinput.AllDevices)
        self._injected = {one.deviceid: "XTEST" in str(one.name) for one in answer.devices}
