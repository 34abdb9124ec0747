"""A customer's desk for the demo: a calm background and one window with settings on it.

python -m scripts.stage.desk
"""

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QComboBox, QFormLayout, QLabel, QLineEdit, QWidget

TITLE = "Printer settings"
BACKGROUND = "#2F5D7C"
WINDOW = (1260, 300, 520, 300)
FIELD = (1560, 348)
"""A pixel of the desktop inside the first field."""


def main() -> int:
    """Show both until the process is ended."""
    qt = QApplication(sys.argv[:1])
    ground = QWidget(
        None, Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnBottomHint
    )
    ground.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    palette = ground.palette()
    palette.setColor(QPalette.ColorRole.Window, QColor(BACKGROUND))
    ground.setPalette(palette)
    ground.setGeometry(qt.primaryScreen().geometry())
    settings = _settings()
    ground.show()
    settings.show()
    settings.raise_()
    return qt.exec()


def _settings() -> QWidget:
    window = QWidget()
    window.setWindowTitle(TITLE)
    window.setGeometry(*WINDOW)
    window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    form = QFormLayout(window)
    form.setContentsMargins(32, 32, 32, 32)
    form.setVerticalSpacing(20)
    name, paper, state = QLineEdit(), QComboBox(), QLabel("The cable is not connected")
    name.setMinimumHeight(34)
    paper.addItems(["A4", "A5", "Letter"])
    form.addRow("Network name", name)
    form.addRow("Paper", paper)
    form.addRow("State", state)
    return window


if __name__ == "__main__":
    sys.exit(main())
