"""The watermark: over every monitor, through which every click goes and which takes no focus."""

from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt, Slot
from PySide6.QtGui import (
    QBitmap,
    QColor,
    QFont,
    QGuiApplication,
    QImage,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QScreen,
    QTransform,
)
from PySide6.QtWidgets import QWidget

from client.platform.base import WatermarkWay
from client.session.share_view import WatermarkView
from client.ui.faces import drawn

WIDTH = 0.6
HEIGHT = 0.3
"""Most of a monitor's width and height that the mark takes."""

TILT_DEGREES = -12.0
FONT_PIXELS = 200
"""Text is drawn so large and then made to fit."""

OUTLINE = 0.03
"""Of the letters' height: light on dark and dark on light are both read."""

_FLAGS = (
    Qt.WindowType.ToolTip
    | Qt.WindowType.FramelessWindowHint
    | Qt.WindowType.WindowStaysOnTopHint
    | Qt.WindowType.WindowTransparentForInput
    | Qt.WindowType.WindowDoesNotAcceptFocus
)


class Watermarks(QObject):
    """A sheet over each monitor, as long as there is something to show."""

    def __init__(self, way: WatermarkWay, parent: QObject) -> None:
        super().__init__(parent)
        self._way = way
        self._view: WatermarkView | None = None
        self._sheets: list[Sheet] = []
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication) and way.wanted():
            application.screenAdded.connect(self._arrange)
            application.screenRemoved.connect(self._arrange)

    def render_view(self, view: WatermarkView | None) -> None:
        """Show it on every monitor, or on none."""
        view = view if self._way.wanted() else None
        if view != self._view:
            self._view = view
            self._arrange()

    @Slot()
    def _arrange(self) -> None:
        for sheet in self._sheets:
            sheet.hide()
            sheet.deleteLater()
        self._sheets = []
        if self._view is None:
            return
        for screen in QGuiApplication.screens():
            sheet = Sheet(self._view, screen, translucent=self._way.translucent())
            self._way.prepare(int(sheet.winId()), seen=self._view.seen)
            sheet.show()
            self._sheets.append(sheet)


class Sheet(QWidget):
    """Over one monitor. Where nothing is translucent, all that is not the mark is cut out."""

    def __init__(self, view: WatermarkView, screen: QScreen, *, translucent: bool) -> None:
        super().__init__(None, _FLAGS)
        self.setObjectName("watermark")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground, translucent)
        self.setGeometry(screen.geometry())
        scale = screen.devicePixelRatio()
        self._mark = mark_of(view, screen.size(), scale, hollow=not translucent)
        self._opacity = view.percent / 100 if translucent else 1.0
        if not translucent:
            self.setMask(_shape(self._mark, self._place(), self.size()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setOpacity(self._opacity)
        painter.drawPixmap(self._place(), self._mark)

    def _place(self) -> QRect:
        size = self._mark.deviceIndependentSize().toSize()
        corner = QPoint((self.width() - size.width()) // 2, (self.height() - size.height()) // 2)
        return QRect(corner, size)


def mark_of(view: WatermarkView, screen: QSize, scale: float, *, hollow: bool = False) -> QPixmap:
    """The picture or the text, tilted, as large as fits well on `screen` (logical pixels). Of
    `hollow` letters only the outline is there, so that one can read what lies below."""
    found = drawn(view.logo) if view.logo else None
    whole = found if found is not None else _written(view.text, hollow=hollow)
    turned = whole.transformed(
        QTransform().rotate(TILT_DEGREES), Qt.TransformationMode.SmoothTransformation
    )
    room = QSize(round(screen.width() * WIDTH * scale), round(screen.height() * HEIGHT * scale))
    fitted = turned.scaled(
        room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    fitted.setDevicePixelRatio(scale)
    return fitted


def _written(text: str, *, hollow: bool) -> QPixmap:
    font = QFont()
    font.setPixelSize(FONT_PIXELS)
    font.setBold(True)
    path = QPainterPath()
    path.addText(0, 0, font, text)
    edge = FONT_PIXELS * OUTLINE
    bounds = path.boundingRect().adjusted(-edge, -edge, edge, edge)
    image = QImage(bounds.size().toSize(), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(-bounds.topLeft())
    painter.setPen(QPen(QColor("black"), 2 * edge))
    painter.drawPath(path)
    if hollow:
        painter.setPen(QPen(QColor("white"), edge))
        painter.drawPath(path)
    else:
        painter.fillPath(path, QColor("white"))
    painter.end()
    return QPixmap.fromImage(image)


def _shape(mark: QPixmap, place: QRect, sheet: QSize) -> QBitmap:
    """Where `mark` is not transparent, as a mask of the whole sheet."""
    whole = QImage(sheet, QImage.Format.Format_ARGB32_Premultiplied)
    whole.fill(Qt.GlobalColor.transparent)
    painter = QPainter(whole)
    painter.drawPixmap(place, mark)
    painter.end()
    return QBitmap.fromImage(whole.createAlphaMask())
