"""Whether some bytes are a picture that a portal may show. Pure.

Only what the bytes themselves say counts, never a file's name or declared type. Nothing is
decoded: a picture is served exactly as it came, under its own type and a policy that lets nothing
run.
"""

import struct
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from protocol.site_api import LOGO_BYTES, LOGO_PIXELS

PNG, JPEG, WEBP = "image/png", "image/jpeg", "image/webp"

_PNG_START = b"\x89PNG\r\n\x1a\n"
_JPEG_START = b"\xff\xd8\xff"
_JPEG_SIZES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
"""Markers of a JPEG that say its size; the three others in that range do not."""

_JPEG_SCAN, _JPEG_END = 0xDA, b"\xff\xd9"
_WEBP_MOVES = 0x02


class Unfit(Exception):
    """It cannot be shown. `why` is `logo_large`, `logo_svg`, `logo_kind`, `logo_damaged`,
    `logo_pixels` or `logo_moves`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Picture(NamedTuple):
    """Its media type, and its size in pixels."""

    kind: str
    width: int
    height: int


def picture(content: bytes) -> Picture:
    """What kind of picture it is. Raises `Unfit`."""
    if len(content) > LOGO_BYTES:
        raise Unfit("logo_large")
    try:
        found = _looked_at(content)
    except (struct.error, IndexError):
        raise Unfit("logo_damaged") from None
    if not (0 < found.width <= LOGO_PIXELS and 0 < found.height <= LOGO_PIXELS):
        raise Unfit("logo_pixels")
    return found


def _looked_at(content: bytes) -> Picture:
    if content.startswith(_PNG_START):
        return _png(content)
    if content.startswith(_JPEG_START):
        return _jpeg(content)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return _webp(content)
    text = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith(b"<") and b"<svg" in content[:LOGO_BYTES].lower():
        raise Unfit("logo_svg")
    raise Unfit("logo_kind")


def _png(content: bytes) -> Picture:
    size: tuple[int, int] | None = None
    for name, body in _png_chunks(content):
        if size is None:
            if name != b"IHDR":
                break
            size = struct.unpack(">II", body[:8])
        elif name == b"acTL":
            raise Unfit("logo_moves")
        elif name == b"IEND":
            return Picture(PNG, *size)
    raise Unfit("logo_damaged")


def _png_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_PNG_START)
    while at < len(content):
        (length,) = struct.unpack_from(">I", content, at)
        end = at + 8 + length
        (checksum,) = struct.unpack_from(">I", content, end)
        if zlib.crc32(content[at + 4 : end]) != checksum:
            raise Unfit("logo_damaged")
        yield content[at + 4 : at + 8], content[at + 8 : end]
        at = end + 4


def _jpeg(content: bytes) -> Picture:
    at, size = 2, None
    while content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:  # a marker may be filled up with these
            at += 1
            continue
        (length,) = struct.unpack_from(">H", content, at + 2)
        if marker in _JPEG_SIZES:
            height, width = struct.unpack_from(">HH", content, at + 5)
            size = Picture(JPEG, width, height)
        if marker == _JPEG_SCAN:
            break
        at += 2 + length
    if size is None or _JPEG_END not in content[at:]:
        raise Unfit("logo_damaged")
    return size


def _webp(content: bytes) -> Picture:
    (length,) = struct.unpack_from("<I", content, 4)
    if length + 8 > len(content):
        raise Unfit("logo_damaged")
    match content[12:16]:
        case b"VP8 ":
            if content[23:26] != b"\x9d\x01\x2a":
                raise Unfit("logo_damaged")
            width, height = struct.unpack_from("<HH", content, 26)
            return Picture(WEBP, width & 0x3FFF, height & 0x3FFF)
        case b"VP8L":
            if content[20] != 0x2F:
                raise Unfit("logo_damaged")
            (bits,) = struct.unpack_from("<I", content, 21)
            return Picture(WEBP, (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
        case b"VP8X":
            if content[20] & _WEBP_MOVES:
                raise Unfit("logo_moves")
            width, height = content[24:27], content[27:30]
            return Picture(WEBP, _little(width) + 1, _little(height) + 1)
    raise Unfit("logo_damaged")


def _little(three: bytes) -> int:
    if len(three) != 3:
        raise Unfit("logo_damaged")
    return int.from_bytes(three, "little")
