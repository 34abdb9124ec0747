"""The list of the picker: programs with their windows, each with a tick."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem

from client.session.permit import WindowKey
from client.session.share_state import Choice
from client.ui.picker_list import ListedProgram, WindowList, choice_of, is_ticked, listed
from protocol.catalogue import Catalogue

_KEY = Qt.ItemDataRole.UserRole
_ON, _OFF, _PART = (
    Qt.CheckState.Checked,
    Qt.CheckState.Unchecked,
    Qt.CheckState.PartiallyChecked,
)


class PickerTree(QTreeWidget):
    """Emits `chosen` whenever a tick or the list has changed."""

    chosen = Signal()

    def __init__(self, t: Catalogue, before: Choice) -> None:
        super().__init__()
        self._t = t
        self._before = before
        self._programs: tuple[ListedProgram, ...] = ()
        self.new = before.new
        self.setObjectName("pickerList")
        self.setAccessibleName(t("client.picker.list"))
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setRootIsDecorated(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.itemChanged.connect(self._ticked)

    def refresh(self, view: WindowList) -> None:
        """Take in which windows there are now; ticks stay."""
        programs = listed(view.windows(), view.others())
        if programs == self._programs:
            return
        self._programs = programs
        self.blockSignals(True)  # the ticks below are not the customer's
        rows = {item.data(0, _KEY): item for item in self._rows()}
        for gone in rows.keys() - {one.program for one in programs}:
            self.takeTopLevelItem(self.indexOfTopLevelItem(rows.pop(gone)))
        for at, one in enumerate(programs):
            row = rows.get(one.program)
            if row is None:
                row = self._program(at, one, view)
            self._fill(row, one)
        first = self.topLevelItem(0)
        if self.currentItem() is None and first is not None:
            self.setCurrentItem(first)  # so that every key means something
        self.blockSignals(False)
        self.chosen.emit()

    def choice(self) -> Choice:
        """What is ticked."""
        ticked = {row.data(0, _KEY): frozenset(_ticked(row)) for row in self._rows()}
        return choice_of(self._programs, ticked, new=self.new)

    def ticks(self) -> Qt.CheckState:
        """Whether all, some or none is ticked."""
        states = {row.checkState(0) for row in self._rows()}
        return states.pop() if len(states) == 1 else (_PART if states else _OFF)

    def tick_all(self, *, on: bool) -> None:
        """Tick everything, or nothing."""
        for row in self._rows():
            row.setCheckState(0, _ON if on else _OFF)

    def is_empty(self) -> bool:
        """Whether there is nothing to choose from."""
        return not self._programs

    def _rows(self) -> list[QTreeWidgetItem]:
        found = (self.topLevelItem(at) for at in range(self.topLevelItemCount()))
        return [row for row in found if row is not None]

    def _program(self, at: int, one: ListedProgram, view: WindowList) -> QTreeWidgetItem:
        row = QTreeWidgetItem([one.name])
        row.setData(0, _KEY, one.program)
        row.setFlags(row.flags() | Qt.ItemFlag.ItemIsAutoTristate | Qt.ItemFlag.ItemIsUserCheckable)
        row.setIcon(0, _icon(view, one.windows[0].key.id))
        self.insertTopLevelItem(at, row)
        row.setExpanded(True)
        return row

    def _fill(self, row: QTreeWidgetItem, one: ListedProgram) -> None:
        """The windows of a program. A new one is ticked as its program was, where new ones are."""
        whole = row.childCount() > 0 and row.checkState(0) is _ON
        known = {_key(child): child for child in _children(row)}
        for gone in known.keys() - {window.key for window in one.windows}:
            row.removeChild(known.pop(gone))
        for at, window in enumerate(one.windows):
            child = known.get(window.key)
            if child is None:
                child = QTreeWidgetItem()
                child.setFlags(child.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                child.setData(0, _KEY, window.key)
                ticked = (whole and self.new) or is_ticked(window, self._before)
                child.setCheckState(0, _ON if ticked else _OFF)
                row.insertChild(at, child)
            title = window.title or self._t("client.picker.untitled")
            child.setText(
                0, title if window.shown else self._t("client.picker.minimised", title=title)
            )

    @Slot()
    def _ticked(self) -> None:
        self.chosen.emit()


def _children(row: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    found = (row.child(at) for at in range(row.childCount()))
    return [child for child in found if child is not None]


def _ticked(row: QTreeWidgetItem) -> list[WindowKey]:
    return [_key(child) for child in _children(row) if child.checkState(0) is _ON]


def _key(child: QTreeWidgetItem) -> WindowKey:
    return WindowKey(*child.data(0, _KEY))


def _icon(view: WindowList, window: int) -> QIcon:
    shape = view.icon(window)
    if shape is None:
        return QIcon()
    stride = 4 * shape.width
    picture = QImage(shape.rgba, shape.width, shape.height, stride, QImage.Format.Format_RGBA8888)
    return QIcon(QPixmap.fromImage(picture.copy()))  # the bytes are not Qt's
