"""The functions of Windows that the client calls, each with its types.

`ctypes.CDLL` calls them right: 64-bit Windows has one calling convention. An instance of our own
keeps these types apart from those that other packages give the same functions.

Run under Wine, never on Windows.
"""

import ctypes
from ctypes import POINTER, c_int32, c_void_p
from functools import cache
from typing import Any

from client.platform.windows.structures import (
    BOOL,
    DWORD,
    HANDLE,
    LPARAM,
    WORD,
    WPARAM,
    Bitmap,
    BitmapHeader,
    CursorInfo,
    IconInfo,
    Input,
    Message,
    MonitorInfo,
    Point,
    RawDevice,
    RectStruct,
)

EachWindow = ctypes.CFUNCTYPE(BOOL, HANDLE, LPARAM)
"""WNDENUMPROC."""

EachMonitor = ctypes.CFUNCTYPE(BOOL, HANDLE, HANDLE, c_void_p, LPARAM)
"""MONITORENUMPROC."""

_PER_MONITOR_AWARE_V2 = -4
"""DPI_AWARENESS_CONTEXT_PER_MONITOR_AWARE_V2, of Windows 10 1703 and later."""

_TEXT = ctypes.c_wchar_p
_WORDS = POINTER(WORD)
_DWORDS = POINTER(DWORD)

FUNCTIONS: dict[str, tuple[str, Any, tuple[Any, ...]]] = {
    # name: library, type of the result, types of the arguments
    "CloseDesktop": ("user32", BOOL, (HANDLE,)),
    "CloseHandle": ("kernel32", BOOL, (HANDLE,)),
    "CreateRectRgn": ("gdi32", HANDLE, (c_int32, c_int32, c_int32, c_int32)),
    "CreateWindowExW": (
        "user32",
        HANDLE,
        (DWORD, _TEXT, _TEXT, DWORD, *(c_int32,) * 4, HANDLE, HANDLE, HANDLE, c_void_p),
    ),
    "DeleteObject": ("gdi32", BOOL, (HANDLE,)),
    "DestroyWindow": ("user32", BOOL, (HANDLE,)),
    "DispatchMessageW": ("user32", LPARAM, (POINTER(Message),)),
    "DwmGetWindowAttribute": ("dwmapi", c_int32, (HANDLE, DWORD, c_void_p, DWORD)),
    "DwmIsCompositionEnabled": ("dwmapi", c_int32, (POINTER(BOOL),)),
    "EnumChildWindows": ("user32", BOOL, (HANDLE, EachWindow, LPARAM)),
    "EnumDisplayMonitors": ("user32", BOOL, (HANDLE, c_void_p, EachMonitor, LPARAM)),
    "EnumWindows": ("user32", BOOL, (EachWindow, LPARAM)),
    "GetAncestor": ("user32", HANDLE, (HANDLE, DWORD)),
    "GetClassLongPtrW": ("user32", WPARAM, (HANDLE, c_int32)),
    "GetClassNameW": ("user32", c_int32, (HANDLE, _WORDS, c_int32)),
    "GetCurrentProcess": ("kernel32", HANDLE, ()),
    "GetCurrentThreadId": ("kernel32", DWORD, ()),
    "GetCursorInfo": ("user32", BOOL, (POINTER(CursorInfo),)),
    "GetDC": ("user32", HANDLE, (HANDLE,)),
    "GetDIBits": (
        "gdi32",
        c_int32,
        (HANDLE, HANDLE, DWORD, DWORD, c_void_p, POINTER(BitmapHeader), DWORD),
    ),
    "GetDpiForMonitor": ("shcore", c_int32, (HANDLE, c_int32, _DWORDS, _DWORDS)),
    "GetDpiForWindow": ("user32", DWORD, (HANDLE,)),
    "GetFileVersionInfoSizeW": ("version", DWORD, (_TEXT, _DWORDS)),
    "GetFileVersionInfoW": ("version", BOOL, (_TEXT, DWORD, DWORD, c_void_p)),
    "GetForegroundWindow": ("user32", HANDLE, ()),
    "GetIconInfo": ("user32", BOOL, (HANDLE, POINTER(IconInfo))),
    "GetLayeredWindowAttributes": ("user32", BOOL, (HANDLE, _DWORDS, c_void_p, _DWORDS)),
    "GetMessageW": ("user32", c_int32, (POINTER(Message), HANDLE, DWORD, DWORD)),
    "GetMonitorInfoW": ("user32", BOOL, (HANDLE, POINTER(MonitorInfo))),
    "GetObjectW": ("gdi32", c_int32, (HANDLE, c_int32, POINTER(Bitmap))),
    "GetPropW": ("user32", HANDLE, (HANDLE, _TEXT)),
    "GetRawInputData": ("user32", DWORD, (HANDLE, DWORD, c_void_p, _DWORDS, DWORD)),
    "GetRegionData": ("gdi32", DWORD, (HANDLE, DWORD, c_void_p)),
    "GetSidSubAuthority": ("advapi32", c_void_p, (c_void_p, DWORD)),
    "GetSidSubAuthorityCount": ("advapi32", c_void_p, (c_void_p,)),
    "GetSystemMetrics": ("user32", c_int32, (c_int32,)),
    "GetTokenInformation": ("advapi32", BOOL, (HANDLE, c_int32, c_void_p, DWORD, _DWORDS)),
    "GetWindow": ("user32", HANDLE, (HANDLE, DWORD)),
    "GetWindowDisplayAffinity": ("user32", BOOL, (HANDLE, _DWORDS)),
    "GetWindowLongPtrW": ("user32", LPARAM, (HANDLE, c_int32)),
    "GetWindowRect": ("user32", BOOL, (HANDLE, POINTER(RectStruct))),
    "GetWindowRgn": ("user32", c_int32, (HANDLE, HANDLE)),
    "GetWindowTextW": ("user32", c_int32, (HANDLE, _WORDS, c_int32)),
    "GetWindowThreadProcessId": ("user32", DWORD, (HANDLE, _DWORDS)),
    "IsIconic": ("user32", BOOL, (HANDLE,)),
    "IsWindowVisible": ("user32", BOOL, (HANDLE,)),
    "OpenInputDesktop": ("user32", HANDLE, (DWORD, BOOL, DWORD)),
    "OpenProcess": ("kernel32", HANDLE, (DWORD, BOOL, DWORD)),
    "OpenProcessToken": ("advapi32", BOOL, (HANDLE, DWORD, POINTER(HANDLE))),
    "PostThreadMessageW": ("user32", BOOL, (DWORD, DWORD, WPARAM, LPARAM)),
    "QueryFullProcessImageNameW": ("kernel32", BOOL, (HANDLE, DWORD, _WORDS, _DWORDS)),
    "RegisterHotKey": ("user32", BOOL, (HANDLE, c_int32, DWORD, DWORD)),
    "RegisterRawInputDevices": ("user32", BOOL, (POINTER(RawDevice), DWORD, DWORD)),
    "ReleaseDC": ("user32", c_int32, (HANDLE, HANDLE)),
    "SendInput": ("user32", DWORD, (DWORD, POINTER(Input), c_int32)),
    "SendMessageTimeoutW": (
        "user32",
        LPARAM,
        (HANDLE, DWORD, WPARAM, LPARAM, DWORD, DWORD, POINTER(WPARAM)),
    ),
    "SetThreadDpiAwarenessContext": ("user32", HANDLE, (HANDLE,)),
    "SetPropW": ("user32", BOOL, (HANDLE, _TEXT, HANDLE)),
    "SetWindowDisplayAffinity": ("user32", BOOL, (HANDLE, DWORD)),
    "UnregisterHotKey": ("user32", BOOL, (HANDLE, c_int32)),
    "VerQueryValueW": ("version", BOOL, (c_void_p, _TEXT, POINTER(c_void_p), _DWORDS)),
    "WindowFromPoint": ("user32", HANDLE, (Point,)),
    "WTSFreeMemory": ("wtsapi32", None, (c_void_p,)),
    "WTSQuerySessionInformationW": (
        "wtsapi32",
        BOOL,
        (HANDLE, DWORD, c_int32, POINTER(c_void_p), _DWORDS),
    ),
}


@cache
def _library(name: str) -> ctypes.CDLL:
    return ctypes.CDLL(name)


@cache
def _function(name: str) -> Any:
    library, result, arguments = FUNCTIONS[name]
    function = getattr(_library(library), name)
    function.restype = result
    function.argtypes = arguments
    return function


def call(name: str, *arguments: object) -> int:
    """What the function answers, 0 for NULL.

    Raises `OSError` or `AttributeError` where this Windows does not have it.
    """
    answer = _function(name)(*arguments)
    return int(answer) if answer is not None else 0


def see_pixels() -> None:
    """From now on the calling thread is told places in physical pixels, on every monitor."""
    call("SetThreadDpiAwarenessContext", _PER_MONITOR_AWARE_V2)


def text(name: str, handle: int, longest: int = 512) -> str:
    """The text that a function of handle, buffer and its length gives."""
    buffer = (WORD * longest)()
    length = max(0, min(call(name, handle, buffer, longest), longest))
    return decoded(bytes(buffer)[: 2 * length])


def decoded(utf16: bytes) -> str:
    """UTF-16 as Windows has it: half a pair of surrogates may stand alone."""
    return utf16.decode("utf-16-le", "replace")
