"""Which application a process is, what people call it, and whether it stands above this one.

Run under Wine, never on Windows.
"""

import ctypes
from ctypes import byref, c_void_p
from functools import lru_cache
from pathlib import PureWindowsPath

from client.platform.windows.api import call, decoded
from client.platform.windows.structures import DWORD, HANDLE, WORD, MandatoryLabel

NAME_CHARS = 60

_QUERY_LIMITED = 0x1000
_TOKEN_QUERY = 0x0008
_INTEGRITY_LEVEL = 25
_PATH_CHARS = (1024, 32_768)
"""Nearly all paths fit into the first, every one into the second."""

_LABEL_BYTES = 256


def executable(pid: int) -> str:
    """The file that a process runs; empty when Windows does not tell."""
    process = call("OpenProcess", _QUERY_LIMITED, 0, pid)
    if not process:
        return ""
    try:
        return _image_name(process)
    finally:
        call("CloseHandle", process)


def _image_name(process: int) -> str:
    for longest in _PATH_CHARS:
        buffer, length = (WORD * longest)(), DWORD(longest)
        if call("QueryFullProcessImageNameW", process, 0, buffer, byref(length)):
            return decoded(bytes(buffer)[: 2 * length.value])
    return ""


@lru_cache(maxsize=256)
def name(file: str) -> str:
    """What people call the application: as its file describes itself, else the file's name."""
    return (_description(file) or PureWindowsPath(file).stem)[:NAME_CHARS]


def is_elevated(pid: int) -> bool:
    """Whether Windows keeps this program's input from that process (UIPI). One that cannot be
    asked is above this one."""
    theirs = _integrity(pid)
    return theirs is None or theirs > _own_integrity()


@lru_cache(maxsize=1)
def _own_integrity() -> int:
    level = _integrity_of(call("GetCurrentProcess"))
    return level if level is not None else 0


def _integrity(pid: int) -> int | None:
    process = call("OpenProcess", _QUERY_LIMITED, 0, pid)
    if not process:
        return None
    try:
        return _integrity_of(process)
    finally:
        call("CloseHandle", process)


def _integrity_of(process: int) -> int | None:
    """The last number of the integrity level's SID: 0x1000 low, 0x2000 medium, 0x3000 high."""
    token = HANDLE()
    if not call("OpenProcessToken", process, _TOKEN_QUERY, byref(token)):
        return None
    try:
        buffer, needed = ctypes.create_string_buffer(_LABEL_BYTES), DWORD()
        if not call(
            "GetTokenInformation", token, _INTEGRITY_LEVEL, buffer, _LABEL_BYTES, byref(needed)
        ):
            return None
        sid = MandatoryLabel.from_buffer(buffer).sid
        count = ctypes.c_uint8.from_address(call("GetSidSubAuthorityCount", sid)).value
        return DWORD.from_address(call("GetSidSubAuthority", sid, count - 1)).value
    finally:
        call("CloseHandle", token)


def _description(file: str) -> str:
    """FileDescription of the version resource, in the first language it has."""
    size = call("GetFileVersionInfoSizeW", file, byref(DWORD())) if file else 0
    if not size:
        return ""
    info = ctypes.create_string_buffer(size)
    if not call("GetFileVersionInfoW", file, 0, size, info):
        return ""
    translation = _resource(info, "\\VarFileInfo\\Translation")
    if len(translation) < 4:
        return ""
    language, page = (int.from_bytes(translation[at : at + 2], "little") for at in (0, 2))
    path = f"\\StringFileInfo\\{language:04x}{page:04x}\\FileDescription"
    return decoded(_resource(info, path, unit=2)).partition("\0")[0].strip()


def _resource(info: "ctypes.Array[ctypes.c_char]", path: str, unit: int = 1) -> bytes:
    """A value of a version resource; texts are counted in units of 2 bytes."""
    at, length = c_void_p(), DWORD()
    if not call("VerQueryValueW", info, path, byref(at), byref(length)) or not at.value:
        return b""
    return ctypes.string_at(at.value, length.value * unit)
