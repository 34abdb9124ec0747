"""The picker: which applications are shown. Nothing is, until Share is pressed."""

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QVBoxLayout, QWidget

from client.platform.base import Unavailable
from client.session.share_view import PickerView
from client.ui.answers import Answers
from client.ui.parts import breakable, button, flowing, label, say
from client.ui.picker_list import WindowList, WindowSource
from client.ui.picker_tree import PickerTree
from client.ui.share_prompt import Lasts
from client.ui.theme import Theme
from protocol.catalogue import Catalogue

SIZE = QSize(440, 560)
LEAST = QSize(300, 380)
GAP = 8
LOOK_MS = 700
"""How often the list follows the windows."""


class Picker(QDialog):
    """Emits `picked(choice, control, lasts_s)`, `stopped` and `cancelled`; it stays until the
    session's state takes it away. Closing it and Escape cancel."""

    picked = Signal(object, bool, int)
    stopped = Signal()
    cancelled = Signal()

    def __init__(
        self, view: PickerView, desktop: WindowSource, t: Catalogue, theme: Theme, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._t = t
        self._view = view
        opened = desktop.view()
        self._windows: WindowList | None = None if isinstance(opened, Unavailable) else opened
        self.setObjectName("picker")
        self.setMinimumSize(LEAST)
        self.resize(SIZE)
        self._text = flowing("soft", "pickerText")
        self._all = QCheckBox(t("client.picker.all"))
        self._all.setObjectName("pickerAll")
        self._tree = PickerTree(t, view.choice)
        self._new = QCheckBox(t("client.picker.new"))
        self._new.setObjectName("pickerNew")
        self._new.setChecked(view.choice.new)
        self._control = QCheckBox()
        self._control.setObjectName("pickerControl")
        self._control.setMinimumWidth(1)  # it names somebody
        self._lasts = Lasts(theme, "pickerLasts")
        self._reason = label("small", "pickerReason")
        self._share = button("", "primary", "pickerShare")
        self._cancel = button("", "", "pickerCancel")
        self._stop = button("", "danger", "pickerStop")
        self._answers = Answers(theme, self._share, self._cancel, self._stop)
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._build(theme)
        self._connect()
        self._refresh()
        self._tree.setFocus(Qt.FocusReason.OtherFocusReason)
        self._look.start()

    def render_view(self, view: PickerView) -> None:
        """Show what is asked; ticks stay."""
        self._view = view
        self.setWindowTitle(view.title)
        self._text.setText(breakable(view.text))
        self._control.setText(view.control)
        self._control.setVisible(bool(view.control))
        self._lasts.render_view(view.lasts if self._control.isChecked() else None)
        self._share.setText(view.share)
        self._cancel.setText(view.cancel)
        self._stop.setText(view.stop)
        self._stop.setVisible(bool(view.stop))
        self._answers.arrange()
        self._follow()

    def stand_clear(self, of: QRect) -> None:
        """Leave that part of the screen free, as far as there is room."""
        area = self.screen().availableGeometry()
        frame = self.frameGeometry()
        if not frame.intersects(of):
            return
        top = of.bottom() + GAP
        edges = frame.height() - self.height()
        self.resize(
            self.width(), max(LEAST.height(), min(SIZE.height(), area.bottom() - top - edges))
        )
        self.move(frame.x(), top)

    def take_away(self) -> None:
        """Close without an answer, for good."""
        self._look.stop()
        if self._windows is not None:
            self._windows.close()
            self._windows = None
        self.done(0)
        self.deleteLater()

    def reject(self) -> None:
        """Everything stays as before; the state says when the picker goes."""
        self.cancelled.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window system's cross cancels."""
        event.ignore()
        self.reject()

    def _build(self, theme: Theme) -> None:
        space = theme.tokens.space
        for one in (self._share, self._cancel, self._stop):
            one.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(space[3], space[3], space[3], space[3])
        column.setSpacing(space[1])
        column.addWidget(self._text)
        column.addWidget(self._all)
        column.addWidget(self._tree, 1)
        column.addWidget(self._new)
        column.addWidget(self._control)
        column.addWidget(self._lasts)
        column.addWidget(self._reason)
        column.addWidget(self._answers)

    def _connect(self) -> None:
        self._look.timeout.connect(self._refresh)
        self._tree.chosen.connect(self._follow)
        self._all.clicked.connect(self._tick_all)
        self._new.toggled.connect(self._new_toggled)
        self._control.toggled.connect(self._control_toggled)
        self._share.clicked.connect(self._press_share)
        self._cancel.clicked.connect(self.reject)
        self._stop.clicked.connect(self.stopped)

    @Slot()
    def _refresh(self) -> None:
        if self._windows is not None:
            self._tree.refresh(self._windows)

    @Slot()
    def _follow(self) -> None:
        """The buttons follow the ticks; what cannot be pressed says why."""
        chosen = bool(self._tree.choice())
        reason = "" if chosen else self._t("client.picker.none")
        if self._tree.is_empty():
            reason = self._t("client.picker.empty")
        if self._windows is None:
            reason = self._t("client.picker.unavailable")
        if not self._view.live:
            reason = self._view.offline
        self._share.setEnabled(chosen and self._view.live)
        self._share.setToolTip(reason)
        self._share.setAccessibleDescription(reason)
        say(self._reason, reason)
        self._all.setEnabled(not self._tree.is_empty())
        self._all.setCheckState(self._tree.ticks())

    @Slot()
    def _tick_all(self) -> None:
        self._tree.tick_all(on=self._tree.ticks() is not Qt.CheckState.Checked)
        self._follow()

    @Slot(bool)
    def _new_toggled(self, on: bool) -> None:
        self._tree.new = on

    @Slot(bool)
    def _control_toggled(self, on: bool) -> None:
        self._lasts.render_view(self._view.lasts if on else None)

    @Slot()
    def _press_share(self) -> None:
        choice = self._tree.choice()
        if choice:
            control = bool(self._view.control) and self._control.isChecked()
            self.picked.emit(choice, control, self._lasts.seconds())
