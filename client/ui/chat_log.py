"""The conversation: a list that paints its rows itself and stays quick with hundreds of them."""

from PySide6.QtCore import QModelIndex, QPoint, QPointF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu

from client.session.talking import host_of
from client.session.view import LineView
from client.ui import icons
from client.ui.line_box import Typesetter
from client.ui.line_delegate import LineDelegate
from client.ui.log_model import LogModel
from client.ui.parts import button
from client.ui.theme import Theme
from protocol.catalogue import Catalogue
from protocol.markup import SpanKind

_NEAR = 24
"""Pixels from the end of the list that still count as being at its end."""


class ChatLog(QListView):
    """Emits `link_chosen(url)`, and `shown(seq)` for what stands in an active window."""

    link_chosen = Signal(str)
    shown = Signal(int)

    def __init__(self, t: Catalogue, theme: Theme) -> None:
        super().__init__()
        self._t = t
        self._theme = theme
        self._rows = LogModel(self)
        self._typesetter = Typesetter(theme)
        self._delegate = LineDelegate(theme, self._typesetter, self)
        self._newer = button(t("client.log.newer"), "", "newer")
        self._newer.setParent(self)
        self._newer.clicked.connect(self.scrollToBottom)
        self._newer.hide()
        self._at_end = True
        self._report = QTimer(self)
        self._report.setSingleShot(True)
        self._report.timeout.connect(self._report_now)
        self._configure()
        theme.changed.connect(self._restyle)
        self._restyle()

    def _configure(self) -> None:
        self.setObjectName("log")
        self.setAccessibleName(self._t("chat.log"))
        self.setModel(self._rows)
        self.setItemDelegate(self._delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.verticalScrollBar().setSingleStep(24)
        self.verticalScrollBar().valueChanged.connect(self._moved)
        self.verticalScrollBar().rangeChanged.connect(self._grown)

    def show_lines(self, lines: tuple[LineView, ...]) -> None:
        """Show `lines`; someone who reads further up stays there and is told of newer ones."""
        before = self._rows.rowCount()
        self._rows.show_lines(lines)
        if not self._at_end and self._rows.rowCount() > before:
            self._newer.show()
        self.report_shown()

    @Slot()
    def report_shown(self) -> None:
        """Tell how far one can read, if the window is active, once rows have found their place."""
        self._report.start(0)

    @Slot()
    def _report_now(self) -> None:
        if not (self.isVisible() and self.isActiveWindow() and self._rows.rowCount()):
            return
        row = self._last_visible_row()
        self.shown.emit(max((self._rows.line(n).seq for n in range(row + 1)), default=0))

    def _last_visible_row(self) -> int:
        """The last row that stands in the view, or at least begins in its upper half."""
        height = self.viewport().height()
        last = self.indexAt(QPoint(self.viewport().width() // 2, height - 1))
        if not last.isValid():
            return self._rows.rowCount() - 1
        rect = self.visualRect(last)
        readable = rect.bottom() < height or rect.top() < height // 2
        return last.row() if readable else last.row() - 1

    def selected_text(self) -> str:
        """The chosen lines as plain text, oldest first."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        return "\n".join(self._rows.line(row).text for row in rows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        width = self.width() - self.verticalScrollBar().sizeHint().width()
        if width != self._delegate.width:
            self._delegate.width = width
            self.scheduleDelayedItemsLayout()
        super().resizeEvent(event)
        self._newer.adjustSize()
        x = (self.viewport().width() - self._newer.width()) // 2
        self._newer.move(x, self.viewport().height() - self._newer.height() - 8)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        url = self._link_at(event.position())
        if event.button() is Qt.MouseButton.LeftButton and url:
            self.link_chosen.emit(url)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        over = bool(self._link_at(event.position()))
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        links = _links(self._line(self.currentIndex()))
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and links:
            self.link_chosen.emit(links[0])
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos())
        line = self._line(index if index.isValid() else self.currentIndex())
        if line is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self._t("client.line.copy")).triggered.connect(self._copy)
        for url in _links(line):
            text = self._t("client.link.open_host", host=host_of(url))
            menu.addAction(text).triggered.connect(lambda *_, to=url: self.link_chosen.emit(to))
            copy = menu.addAction(self._t("client.link.copy"))
            copy.triggered.connect(lambda *_, to=url: QGuiApplication.clipboard().setText(to))
        menu.popup(event.globalPos())

    @Slot()
    def _copy(self) -> None:
        if text := self.selected_text():
            QGuiApplication.clipboard().setText(text)

    def _line(self, index: QModelIndex) -> LineView | None:
        return self._rows.line(index.row()) if index.isValid() else None

    def _link_at(self, position: QPointF) -> str:
        index = self.indexAt(position.toPoint())
        line = self._line(index)
        if line is None:
            return ""
        inside = position - QPointF(self.visualRect(index).topLeft())
        return self._typesetter.anchor(line, self._delegate.width, inside)

    @Slot(int)
    def _moved(self, value: int) -> None:
        self._at_end = value >= self.verticalScrollBar().maximum() - _NEAR
        if self._at_end:
            self._newer.hide()
        self.report_shown()

    @Slot(int, int)
    def _grown(self, _least: int, _most: int) -> None:
        if self._at_end:
            self.scrollToBottom()

    @Slot()
    def _restyle(self) -> None:
        self._newer.setIcon(icons.icon("down", self._theme.colour("ink")))
        self.viewport().update()


def _links(line: LineView | None) -> list[str]:
    spans = line.spans if line else ()
    return [span.text for span in spans if span.kind is SpanKind.LINK and host_of(span.text)]
