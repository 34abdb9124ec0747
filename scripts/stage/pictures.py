"""Pictures for a README: as small as they can be without looking it."""

from collections import Counter
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

COLOURS = 256
EXACT = Qt.ImageConversionFlag.AvoidDither


def slimmed(source: Path, target: Path) -> int:
    """Writes `source` in its own commonest colours to `target`; the size in bytes.

    Raises `RuntimeError` when it cannot be read or written.
    """
    picture = QImage(str(source)).convertToFormat(QImage.Format.Format_RGB32)
    pixels = Counter(memoryview(picture.constBits()).cast("I"))
    palette = [colour for colour, _ in pixels.most_common(COLOURS)]
    slim = picture.convertToFormat(QImage.Format.Format_Indexed8, palette, EXACT)
    if not slim.save(str(target)):
        raise RuntimeError(f"{source} could not be written to {target}")
    return target.stat().st_size
