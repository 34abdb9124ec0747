"""Paints one row of the conversation."""

from typing import cast

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAbstractTextDocumentLayout, QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from client.session.view import LineKind, LineView, Tick
from client.ui import icons
from client.ui.line_box import TICK, Box, Typesetter
from client.ui.log_model import LINE_ROLE
from client.ui.parts import draw_disc
from client.ui.theme import Theme

_TICKS = {
    Tick.PENDING: ("clock", "soft"),
    Tick.STORED: ("check", "soft"),
    Tick.SEEN: ("checks", "accent"),
    Tick.REFUSED: ("alert", "danger"),
}

_Index = QModelIndex | QPersistentModelIndex


class LineDelegate(QStyledItemDelegate):
    """Draws bubbles, system lines and day lines at the width of the view."""

    def __init__(self, theme: Theme, typesetter: Typesetter, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._typesetter = typesetter
        self.width = 0

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        line = cast("LineView", index.data(LINE_ROLE))
        return QSize(self.width, self._typesetter.box(line, self.width).height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        line = cast("LineView", index.data(LINE_ROLE))
        box = self._typesetter.box(line, self.width)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(option.rect.topLeft())
        if box.bubble is None:
            self._plain(painter, line, box)
        else:
            state = option.state
            self._bubble(painter, line, box, chosen=bool(state & QStyle.StateFlag.State_Selected))
        painter.restore()

    def _plain(self, painter: QPainter, line: LineView, box: Box) -> None:
        strong = line.kind is LineKind.DAY
        painter.setFont(self._theme.font(self._theme.tokens.small, strong=strong))
        painter.setPen(self._theme.colour("soft"))
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(box.caption or QRectF(), int(flags), line.text)

    def _bubble(self, painter: QPainter, line: LineView, box: Box, *, chosen: bool) -> None:
        bubble, origin = box.bubble, box.text
        if bubble is None or origin is None:
            return
        own = line.kind is LineKind.OWN
        radius = self._theme.tokens.card_radius
        ring = QPen(self._theme.colour("accent"), 2) if chosen else QPen(Qt.PenStyle.NoPen)
        painter.setPen(ring)
        painter.setBrush(self._theme.colour("bubbleOwn" if own else "bubble"))
        painter.drawRoundedRect(bubble, radius, radius)
        if box.avatar:
            draw_disc(painter, box.avatar, line.initials, self._theme, line.photo)
        painter.setFont(self._theme.font(self._theme.tokens.small))
        if box.name:
            painter.setPen(self._theme.colour("soft"))
            painter.drawText(box.name, Qt.AlignmentFlag.AlignLeft, line.name)
        if box.caption:
            self._caption(painter, line, box.caption)
        self._text(painter, line, origin)

    def _text(self, painter: QPainter, line: LineView, origin: QPointF) -> None:
        painter.translate(origin)
        context = QAbstractTextDocumentLayout.PaintContext()
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Text, self._theme.colour("ink"))
        context.palette = palette
        self._typesetter.document(line, self.width).documentLayout().draw(painter, context)

    def _caption(self, painter: QPainter, line: LineView, room: QRectF) -> None:
        danger = line.tick is Tick.REFUSED
        painter.setPen(self._theme.colour("danger" if danger else "soft"))
        if line.kind is LineKind.THEIRS:
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft, line.caption)
            return
        gap = self._theme.tokens.space[0]
        text = room.adjusted(0, 0, -(TICK + gap) if line.tick else 0, 0)
        flags = Qt.AlignmentFlag.AlignRight | Qt.TextFlag.TextWordWrap
        painter.drawText(text, int(flags), line.caption)
        if line.tick:
            name, token = _TICKS[line.tick]
            middle = room.top() + QFontMetrics(painter.font()).height() / 2
            into = QRectF(room.right() - TICK, middle - TICK / 2, TICK, TICK)
            icons.draw(painter, name, self._theme.colour(token), into)
