"""Colours, font and style sheet from the tokens, following the system's light or dark live."""

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from client.ui.style import sheet
from client.ui.tokens import Scheme, Tokens, tokens

_ROLES = {
    QPalette.ColorRole.Window: "ground",
    QPalette.ColorRole.WindowText: "ink",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.Text: "ink",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "ink",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "accentInk",
    QPalette.ColorRole.PlaceholderText: "soft",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.ToolTipBase: "ink",
    QPalette.ColorRole.ToolTipText: "surface",
}


USUAL, SMALLEST, LARGEST, STEP = 100, 80, 200, 10
"""Sizes of text, in percent."""

AROUND_MOST = 130
"""What stands around the conversation grows no further: in the smallest window there must be room
for what is said and for every button."""


class Theme(QObject):
    """Applies itself to the application; `changed` tells those who paint by themselves.

    `still` is the wish for no motion, `percent` the size of text.
    """

    changed = Signal()

    def __init__(self, *, still: bool = False) -> None:
        super().__init__()
        self.still = still
        self.percent = USUAL
        self.tokens: Tokens = tokens()
        self.scheme = Scheme.LIGHT
        QApplication.setStyle("Fusion")
        QApplication.setFont(self.font(self.tokens.base))
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._follow)
        self._follow(hints.colorScheme())

    def colour(self, token: str) -> QColor:
        """The colour of `token` in the present scheme."""
        return QColor(self.tokens.colours[self.scheme][token])

    def font(self, size: int, *, strong: bool = False) -> QFont:
        """The system's interface font at `size` pixels, as large as the customer wants it."""
        return self.fixed_font(self.sized(size), strong=strong)

    def fixed_font(self, size: int, *, strong: bool = False) -> QFont:
        """The same at exactly `size` pixels, for letters that must fit into a shape."""
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        font.setPixelSize(size)
        font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        return font

    def sized(self, pixels: float) -> int:
        """A length that goes with the text."""
        return round(pixels * self.percent / USUAL)

    def resize(self, percent: int) -> None:
        """Text of another size, everywhere; beyond the ends, the size there."""
        percent = min(LARGEST, max(SMALLEST, percent))
        if percent != self.percent:
            self.percent = percent
            self._apply()

    @Slot(Qt.ColorScheme)
    def _follow(self, wished: Qt.ColorScheme) -> None:
        self.scheme = Scheme.DARK if wished is Qt.ColorScheme.Dark else Scheme.LIGHT
        palette = QPalette()
        for role, token in _ROLES.items():
            palette.setColor(role, self.colour(token))
        QApplication.setPalette(palette)
        self._apply()

    def _apply(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setStyleSheet(sheet(self.scheme, self.percent, min(self.percent, AROUND_MOST)))
        self.changed.emit()
