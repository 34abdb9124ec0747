"""The icon in the system's tray while something is shared, where there is a tray."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from client.session.share_view import BannerView
from client.ui import icons
from client.ui.theme import Theme
from protocol.catalogue import Catalogue


class Tray(QObject):
    """Emits `ended` and `opened`."""

    ended = Signal()
    opened = Signal()

    def __init__(self, t: Catalogue, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._icon: QSystemTrayIcon | None = None
        self.menu = QMenu()
        self.menu.setObjectName("trayMenu")
        self.menu.addAction(t("client.banner.tray_end")).triggered.connect(self._end)
        self.menu.addAction(t("client.banner.tray_open")).triggered.connect(self._open)

    def render_view(self, view: BannerView | None) -> None:
        """Stand in the tray while there is something to end."""
        if view is None:
            if self._icon is not None:
                self._icon.hide()
            return
        if self._icon is None:
            if not QSystemTrayIcon.isSystemTrayAvailable():
                return
            mark = icons.icon("eye", self._theme.colour("stop"))
            self._icon = QSystemTrayIcon(mark, self)
            self._icon.setContextMenu(self.menu)
            self._icon.activated.connect(self._activated)
        self._icon.setToolTip(view.title)
        self._icon.show()

    def close(self) -> None:
        """Leave the tray for good."""
        if self._icon is not None:
            self._icon.hide()
        self.menu.deleteLater()

    @Slot(QSystemTrayIcon.ActivationReason)
    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is QSystemTrayIcon.ActivationReason.Trigger:
            self.opened.emit()

    @Slot()
    def _end(self) -> None:
        self.ended.emit()

    @Slot()
    def _open(self) -> None:
        self.opened.emit()
