"""Marks at places of the desktop at which a representative points: rings that let every click
through and take no focus."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPoint, QPointF, QPropertyAnimation, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPen, QRegion, QScreen
from PySide6.QtWidgets import QWidget

from client.session.share_view import MarkView
from client.ui.theme import Theme

RING = 72
WIDTH = 6
BADGE = 28
_SIDE = RING + BADGE
_APPEAR_MS = 160


class Area(NamedTuple):
    """A screen: where it is in logical pixels, and how many physical ones each of them is."""

    rect: QRect
    scale: float


def logical(x: int, y: int, screens: Sequence[Area]) -> QPoint:
    """Where physical pixel (x, y) of the desktop is in logical pixels.

    Qt leaves a screen's corner where the system has it and scales what is within. A place that is
    on no screen goes to the nearest edge of the first one.
    """
    for rect, scale in screens:
        whole = QRectF(QPointF(rect.topLeft()), QSize(rect.size()) * scale)
        if whole.left() <= x < whole.right() and whole.top() <= y < whole.bottom():
            return rect.topLeft() + QPoint(int((x - rect.x()) / scale), int((y - rect.y()) / scale))
    first = screens[0].rect
    return QPoint(
        min(max(x, first.left()), first.right()), min(max(y, first.top()), first.bottom())
    )


class Marks:
    """Shows the marks that stand, a window each."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._rings: dict[tuple[str, int], Ring] = {}

    def render_view(self, views: tuple[MarkView, ...]) -> None:
        """Show these marks and no others."""
        for gone in self._rings.keys() - {(view.by, view.number) for view in views}:
            over = self._rings.pop(gone)
            over.hide()
            over.deleteLater()
        for view in views:
            ring = self._rings.get((view.by, view.number))
            if ring is None:
                ring = self._rings[view.by, view.number] = Ring(view.number, self._theme)
            ring.point_at(view)


class Ring(QWidget):
    """A ring around a place, with a number at its upper right."""

    def __init__(self, number: int, theme: Theme) -> None:
        super().__init__(
            None,
            Qt.WindowType.ToolTip
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint
            | Qt.WindowType.WindowTransparentForInput
            | Qt.WindowType.WindowDoesNotAcceptFocus,
        )
        self._number = number
        self._theme = theme
        self._place: tuple[int, int] | None = None
        self.setObjectName("shareMark")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setFixedSize(_SIDE, _SIDE)
        # Without a compositor nothing is translucent: what is not the ring is cut out.
        self.setMask(self._region())
        self._appearing = QPropertyAnimation(self, b"windowOpacity", self)
        self._appearing.setDuration(_APPEAR_MS)
        self._appearing.setStartValue(0.0)
        self._appearing.setEndValue(1.0)

    def point_at(self, view: MarkView) -> None:
        """Stand around the place of `view`."""
        self.setAccessibleName(view.spoken)
        if self._place == (view.x, view.y):
            return
        self._place = (view.x, view.y)
        screens = [Area(one.geometry(), one.devicePixelRatio()) for one in _screens()]
        centre = logical(view.x, view.y, screens)
        self.move(centre - QPoint(_SIDE // 2, _SIDE // 2))
        self.show()
        self.raise_()
        if not self._theme.still:
            self._appearing.start()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour, ink = self._theme.colour("stop"), self._theme.colour("stopInk")
        half = WIDTH / 2
        painter.setPen(QPen(ink, WIDTH))
        painter.drawEllipse(QRectF(_ring()).adjusted(half, half, -half, -half))
        painter.setPen(QPen(colour, WIDTH - 2))
        painter.drawEllipse(QRectF(_ring()).adjusted(half, half, -half, -half))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(_badge())
        painter.setPen(ink)
        painter.setFont(self._theme.fixed_font(16, strong=True))
        painter.drawText(_badge(), Qt.AlignmentFlag.AlignCenter, str(self._number))

    def _region(self) -> QRegion:
        inner = _ring().adjusted(WIDTH, WIDTH, -WIDTH, -WIDTH)
        ellipse = QRegion.RegionType.Ellipse
        ring = QRegion(_ring(), ellipse).subtracted(QRegion(inner, ellipse))
        return ring.united(QRegion(_badge(), ellipse))


def _ring() -> QRect:
    return QRect(BADGE // 2, BADGE // 2, RING, RING)


def _badge() -> QRect:
    return QRect(_SIDE - BADGE - 2, 2, BADGE, BADGE)


def _screens() -> list[QScreen]:
    primary = QGuiApplication.primaryScreen()
    return [primary, *(one for one in QGuiApplication.screens() if one is not primary)]
