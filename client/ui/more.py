"""What can be set in the window: the size of its text, and whether a nudge is heard."""

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from client.ui import icons
from client.ui.announce import Announcer
from client.ui.theme import LARGEST, SMALLEST, STEP, USUAL, Theme
from protocol.catalogue import Catalogue

_LARGER = (QKeySequence("Ctrl++"), QKeySequence("Ctrl+="))
_SMALLER = (QKeySequence("Ctrl+-"),)
_BACK = (QKeySequence("Ctrl+0"),)


class More(QToolButton):
    """A button with a menu; its keys work wherever the focus is in `window`. Emits
    `muted(bool)`. Everything lasts as long as the program runs."""

    muted = Signal(bool)

    def __init__(self, t: Catalogue, theme: Theme, window: QWidget) -> None:
        super().__init__()
        self._t = t
        self._theme = theme
        self._announcer = Announcer(self)
        self.setObjectName("more")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setIconSize(QSize(icons.SIZE, icons.SIZE))
        self.setAccessibleName(t("client.more"))
        self.setToolTip(t("client.more"))
        menu = QMenu(self)
        self._size = menu.addSection("")
        self._larger = self._sized("font.larger", _LARGER, STEP, window)
        self._smaller = self._sized("font.smaller", _SMALLER, -STEP, window)
        self._usual = self._sized("client.font_usual", _BACK, 0, window)
        sound = QAction(t("client.sound"), self)
        sound.setCheckable(True)
        sound.setChecked(True)
        sound.toggled.connect(self._sounds)
        menu.addActions([self._larger, self._smaller, self._usual])
        menu.addSeparator()
        menu.addAction(sound)
        self.setMenu(menu)
        theme.changed.connect(self._restyle)
        self._restyle()

    def _sized(self, key: str, keys: tuple[QKeySequence, ...], by: int, window: QWidget) -> QAction:
        action = QAction(self._t(key), self)
        action.setShortcuts(list(keys))
        action.triggered.connect(lambda: self._resize(by))
        window.addAction(action)
        return action

    def _resize(self, by: int) -> None:
        before = self._theme.percent
        self._theme.resize(before + by if by else USUAL)
        if self._theme.percent != before:
            self._announcer.say(self._t("font.said", n=self._theme.percent))

    @Slot(bool)
    def _sounds(self, on: bool) -> None:
        self.muted.emit(not on)

    @Slot()
    def _restyle(self) -> None:
        percent = self._theme.percent
        self.setIcon(icons.icon("more", self._theme.colour("soft")))
        self._size.setText(self._t("font.said", n=percent))
        self._larger.setEnabled(percent < LARGEST)
        self._smaller.setEnabled(percent > SMALLEST)
        self._usual.setEnabled(percent != USUAL)
