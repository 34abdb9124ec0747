"""The banner once more, on top of everything else on the screen, for as long as it stands.

It takes no focus, cannot be closed, can be moved, and stays on the screen whatever monitors come
and go. By keyboard the same is reached in the window and by the global key.
"""

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication, QMouseEvent, QScreen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from client.session.share_view import BannerView
from client.ui.share_banner import Banner
from client.ui.theme import Theme

WIDTH = 400
_SEEN = 48
"""So many pixels of it have to be on a screen, or it goes back to its first place."""


class ShareStrip(QWidget):
    """`banner` is what it shows, and tells what is pressed."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(
            None,
            Qt.WindowType.Tool
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint
            | Qt.WindowType.WindowDoesNotAcceptFocus,
        )
        self.setObjectName("shareStrip")
        self.setWindowTitle(name)
        self.setAccessibleName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_MacAlwaysShowToolWindow)
        self.banner = Banner(theme, "stripBanner")
        self._moved = False
        self._grip: QPoint | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self.banner)
        self.setFixedWidth(WIDTH)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenAdded.connect(self._screens_changed)
            app.screenRemoved.connect(self._screens_changed)
            app.primaryScreenChanged.connect(self._screens_changed)

    def render_view(self, view: BannerView | None) -> None:
        """Show it above everything, or take it away."""
        if view is None:
            self.hide()
            return
        self.banner.render_view(view)
        self.setFixedHeight(self._height())
        if not self.isVisible():
            self._place()
            self.show()
            self.raise_()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._grip = event.globalPosition().toPoint() - self.pos()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is not None:
            self._moved = True
            self.move(event.globalPosition().toPoint() - self._grip)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._grip = None
        self._place()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Only the end of the share takes it away."""
        event.ignore()

    def _height(self) -> int:
        return self.banner.heightForWidth(WIDTH - 2) + 2

    def _place(self) -> None:
        """Where the customer put it, as long as that is on a screen; else at the top."""
        if self._moved and self._is_seen():
            return
        self._moved = False
        area = QGuiApplication.primaryScreen().availableGeometry()
        self.move(area.x() + (area.width() - WIDTH) // 2, area.y())

    def _is_seen(self) -> bool:
        parts = (
            one.availableGeometry().intersected(self.geometry())
            for one in QGuiApplication.screens()
        )
        return any(part.width() >= _SEEN and part.height() >= _SEEN for part in parts)

    @Slot(QScreen)
    def _screens_changed(self, _screen: QScreen) -> None:
        if self.isVisible():
            self.hide()  # a window of a monitor that is gone comes up nowhere
            self._place()
            self.show()
            self.raise_()
