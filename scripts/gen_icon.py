"""Makes the icon of the program for Windows from that of the pages.

python3 scripts/gen_icon.py
"""

import struct
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts import environment  # noqa: E402

SOURCE = ROOT / "relay/web/icons/favicon.svg"
TARGET = ROOT / "installers/windows/support-bridge.ico"
SIZES = (16, 20, 24, 32, 40, 48, 64, 256)
"""What Windows shows at 100 to 250 %, and in its largest view."""

HEADER, ENTRY = struct.Struct("<HHH"), struct.Struct("<BBBBHHII")
ICON, PLANES, BITS = 1, 1, 32


def drawn(size: int) -> bytes:
    """The icon at so many pixels, as PNG."""
    from PySide6.QtCore import QBuffer, Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    picture = QImage(size, size, QImage.Format.Format_ARGB32)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(str(SOURCE)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def packed(pictures: dict[int, bytes]) -> bytes:
    """An .ico file of PNGs by their size."""
    place = HEADER.size + ENTRY.size * len(pictures)
    entries = []
    for size, content in pictures.items():
        side = size % 256  # 0 stands for 256
        entries.append(ENTRY.pack(side, side, 0, 0, PLANES, BITS, len(content), place))
        place += len(content)
    header = HEADER.pack(0, ICON, len(pictures))
    return b"".join([header, *entries, *pictures.values()])


def main() -> None:
    """Writes the file."""
    TARGET.write_bytes(packed({size: drawn(size) for size in SIZES}))
    print(TARGET.relative_to(ROOT))


if __name__ == "__main__":
    environment.enter(environment.TOOLS)
    main()
