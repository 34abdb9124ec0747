"""Structures of the Windows API, laid out as on 64-bit Windows whatever system this runs on.

`ctypes.wintypes` is of no use for that: its LONG and DWORD have the size of the C compiler's
`long`, which is 8 bytes elsewhere. Layouts: winuser.h, wingdi.h, wtsapi32.h, winnt.h.
"""

import ctypes
from ctypes import Structure, Union, c_int32, c_uint16, c_uint32, c_void_p

from client.session.geometry import Rect

BOOL = c_int32
DWORD = c_uint32
LONG = c_int32
WORD = c_uint16
HANDLE = c_void_p
LPARAM = ctypes.c_ssize_t
WPARAM = ctypes.c_size_t


class Point(Structure):
    """POINT."""

    _fields_ = (
        ("x", LONG),
        ("y", LONG),
    )
    x: int
    y: int


class RectStruct(Structure):
    """RECT: the right and bottom edges are no longer in it."""

    _fields_ = (
        ("left", LONG),
        ("top", LONG),
        ("right", LONG),
        ("bottom", LONG),
    )
    left: int
    top: int
    right: int
    bottom: int

    def rect(self) -> Rect:
        """The same as the client writes it."""
        width, height = self.right - self.left, self.bottom - self.top
        return Rect(self.left, self.top, max(0, width), max(0, height))


class MonitorInfo(Structure):
    """MONITORINFOEXW."""

    _fields_ = (
        ("size", DWORD),
        ("monitor", RectStruct),
        ("work", RectStruct),
        ("flags", DWORD),
        ("device", WORD * 32),
    )
    size: int
    monitor: RectStruct
    device: "ctypes.Array[c_uint16]"


class CursorInfo(Structure):
    """CURSORINFO."""

    _fields_ = (
        ("size", DWORD),
        ("flags", DWORD),
        ("cursor", HANDLE),
        ("place", Point),
    )
    size: int
    flags: int
    cursor: int | None
    place: Point


class IconInfo(Structure):
    """ICONINFO."""

    _fields_ = (
        ("is_icon", BOOL),
        ("hot_x", DWORD),
        ("hot_y", DWORD),
        ("mask", HANDLE),
        ("colour", HANDLE),
    )
    hot_x: int
    hot_y: int
    mask: int | None
    colour: int | None


class Bitmap(Structure):
    """BITMAP."""

    _fields_ = (
        ("kind", LONG),
        ("width", LONG),
        ("height", LONG),
        ("row_bytes", LONG),
        ("planes", WORD),
        ("pixel_bits", WORD),
        ("bits", c_void_p),
    )
    width: int
    height: int


class BitmapHeader(Structure):
    """BITMAPINFO with its BITMAPINFOHEADER and room for the three masks or two colours."""

    _fields_ = (
        ("size", DWORD),
        ("width", LONG),
        ("height", LONG),
        ("planes", WORD),
        ("pixel_bits", WORD),
        ("compression", DWORD),
        ("image_bytes", DWORD),
        ("x_per_metre", LONG),
        ("y_per_metre", LONG),
        ("used", DWORD),
        ("important", DWORD),
        ("colours", DWORD * 3),
    )
    size: int
    width: int
    height: int
    planes: int
    pixel_bits: int


HEADER_BYTES = 40
"""A BITMAPINFOHEADER without what follows it."""


class RegionHeader(Structure):
    """RGNDATAHEADER; `count` RECTs follow it."""

    _fields_ = (
        ("size", DWORD),
        ("kind", DWORD),
        ("count", DWORD),
        ("bytes", DWORD),
        ("bounds", RectStruct),
    )
    count: int


class MouseInput(Structure):
    """MOUSEINPUT."""

    _fields_ = (
        ("dx", LONG),
        ("dy", LONG),
        ("data", DWORD),
        ("flags", DWORD),
        ("time", DWORD),
        ("extra", WPARAM),
    )


class KeyInput(Structure):
    """KEYBDINPUT."""

    _fields_ = (
        ("key", WORD),
        ("scan", WORD),
        ("flags", DWORD),
        ("time", DWORD),
        ("extra", WPARAM),
    )


class EitherInput(Union):
    """What an INPUT holds."""

    _fields_ = (
        ("mouse", MouseInput),
        ("key", KeyInput),
    )


class Input(Structure):
    """INPUT. HARDWAREINPUT, the third of the union, is shorter than the others."""

    _fields_ = (
        ("kind", DWORD),
        ("what", EitherInput),
    )


class RawDevice(Structure):
    """RAWINPUTDEVICE."""

    _fields_ = (
        ("page", WORD),
        ("usage", WORD),
        ("flags", DWORD),
        ("target", HANDLE),
    )


class RawHeader(Structure):
    """RAWINPUTHEADER."""

    _fields_ = (
        ("kind", DWORD),
        ("size", DWORD),
        ("device", HANDLE),
        ("wparam", WPARAM),
    )
    kind: int
    device: int | None


class RawMouse(Structure):
    """RAWINPUT of a mouse: header and RAWMOUSE."""

    _fields_ = (
        ("header", RawHeader),
        ("flags", WORD),
        ("buttons", DWORD),
        ("raw_buttons", DWORD),
        ("dx", LONG),
        ("dy", LONG),
        ("extra", DWORD),
    )
    header: RawHeader
    flags: int
    buttons: int
    dx: int
    dy: int
    extra: int


class Message(Structure):
    """MSG."""

    _fields_ = (
        ("window", HANDLE),
        ("message", DWORD),
        ("wparam", WPARAM),
        ("lparam", LPARAM),
        ("time", DWORD),
        ("place", Point),
        ("private", DWORD),
    )
    message: int
    lparam: int


class SessionInfo(Structure):
    """The first members of WTSINFOEXW. The union in it holds 64-bit numbers, hence the gap."""

    _fields_ = (
        ("level", DWORD),
        ("gap", DWORD),
        ("session", DWORD),
        ("state", DWORD),
        ("flags", LONG),
    )
    level: int
    flags: int


class MandatoryLabel(Structure):
    """TOKEN_MANDATORY_LABEL: the SID it points to follows it in the same piece of memory."""

    _fields_ = (
        ("sid", c_void_p),
        ("attributes", DWORD),
    )
    sid: int | None
