"""The global key that ends the screen share, Control+Option+Shift+E, by RegisterEventHotKey.

macOS itself looks for it; no keys are listened to. Its event comes in the window's thread, whose
event loop Qt runs. Never run.
"""

import ctypes
from collections.abc import Callable
from ctypes import byref, c_int32, c_uint32, c_void_p
from typing import Any

_CARBON = "/System/Library/Frameworks/Carbon.framework/Carbon"
_SHIFT, _OPTION, _CONTROL = 0x0200, 0x0800, 0x1000
_KEY_E = 0x0E
_OWN = 0x53425245
"""Any four letters that tell this program's hot keys from others'."""


class EventKind(ctypes.Structure):
    """EventTypeSpec."""

    _fields_ = (("of", c_uint32), ("kind", c_uint32))


class HotKeyId(ctypes.Structure):
    """EventHotKeyID."""

    _fields_ = (("signature", c_uint32), ("number", c_uint32))


_HOT_KEY_PRESSED = (0x6B65_7962, 5)
"""kEventClassKeyboard ('keyb'), kEventHotKeyPressed."""

_Handler = ctypes.CFUNCTYPE(c_int32, c_void_p, c_void_p, c_void_p)

_REST_OF_INSTALL = (
    *(ctypes.c_ulong, ctypes.POINTER(EventKind), c_void_p),
    ctypes.POINTER(c_void_p),
)
_REGISTER = (c_uint32, c_uint32, HotKeyId, c_void_p, c_uint32, ctypes.POINTER(c_void_p))


class EndKey:
    """Taken from its making until `close`, both called in the window's thread."""

    def __init__(self, pressed: Callable[[], None]) -> None:
        self._pressed = pressed
        self._carbon = ctypes.CDLL(_CARBON)
        self._called = _Handler(self._call)
        self._handler, self._key = c_void_p(), c_void_p()
        self._carbon.GetApplicationEventTarget.restype = c_void_p
        target = c_void_p(self._carbon.GetApplicationEventTarget())
        kind = EventKind(*_HOT_KEY_PRESSED)
        self._carbon.InstallEventHandler.argtypes = (c_void_p, _Handler, *_REST_OF_INSTALL)
        failed = self._carbon.InstallEventHandler(
            *(target, self._called, 1, byref(kind), None, byref(self._handler))
        )
        if not failed:
            chord = _CONTROL | _OPTION | _SHIFT
            self._carbon.RegisterEventHotKey.argtypes = _REGISTER
            failed = self._carbon.RegisterEventHotKey(
                *(_KEY_E, chord, HotKeyId(_OWN, 1), target, 0, byref(self._key))
            )
        self.taken = bool(failed)
        """Whether another program has taken the chord, so that it ends nothing."""

    def close(self) -> None:
        """The chord is free again."""
        if self._key:
            self._carbon.UnregisterEventHotKey(self._key)
        if self._handler:
            self._carbon.RemoveEventHandler(self._handler)

    def _call(self, _next: Any, _event: Any, _data: Any) -> int:
        self._pressed()
        return 0
