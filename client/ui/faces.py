"""Photos from elsewhere, as pictures that can be drawn."""

from functools import lru_cache

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImageReader, QPixmap

from protocol import limits
from protocol.site_api import LOGO_PIXELS

_FORMATS = (b"png", b"jpeg", b"webp")
KEPT = 16


@lru_cache(maxsize=KEPT)
def face(content: bytes) -> QPixmap | None:
    """The picture, or None for what is none of a size and kind that a photo has."""
    return drawn(content, limits.PHOTO_PIXELS)


def drawn(content: bytes, most: int = LOGO_PIXELS) -> QPixmap | None:
    """The picture in a PNG, JPEG or WebP file, or None for anything else and for one that is wider
    or higher than `most` pixels."""
    held = QByteArray(content)
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    size = reader.size()
    if bytes(reader.format().data()) not in _FORMATS or not size.isValid():
        return None
    if max(size.width(), size.height()) > most:
        return None
    picture = reader.read()
    return None if picture.isNull() else QPixmap.fromImage(picture)
