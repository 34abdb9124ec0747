"""The rows of the conversation for Qt; a new list of rows becomes the smallest change."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from client.session.view import LineView

LINE_ROLE = int(Qt.ItemDataRole.UserRole)

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class LogModel(QAbstractListModel):
    """Gives the `LineView` of a row under `LINE_ROLE`, and its words to screen readers."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lines: tuple[LineView, ...] = ()

    def line(self, row: int) -> LineView:
        """The line in `row`."""
        return self._lines[row]

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == LINE_ROLE:
            return line
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return line.spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            return line.detail or None
        return line.text if role == Qt.ItemDataRole.DisplayRole else None

    def show_lines(self, lines: tuple[LineView, ...]) -> None:
        """Show `lines` from now on: old ones leave at the top, changed ones change in place."""
        self._drop_top(_gone(self._lines, lines))
        kept = min(len(self._lines), len(lines))
        changed = [row for row in range(kept) if self._lines[row] != lines[row]]
        if len(lines) < len(self._lines):
            self.beginRemoveRows(_ROOT, len(lines), len(self._lines) - 1)
            self._lines = self._lines[: len(lines)]
            self.endRemoveRows()
        elif len(lines) > kept:
            self.beginInsertRows(_ROOT, kept, len(lines) - 1)
            self._lines = lines
            self.endInsertRows()
        self._lines = lines
        if changed:
            self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))

    def _drop_top(self, count: int) -> None:
        if count:
            self.beginRemoveRows(_ROOT, 0, count - 1)
            self._lines = self._lines[count:]
            self.endRemoveRows()


def _gone(before: Sequence[LineView], after: Sequence[LineView]) -> int:
    """How many lines at the top of `before` are not in `after` any more."""
    if not before or not after:
        return 0
    first = after[0].key
    return next((row for row, line in enumerate(before) if line.key == first), 0)
