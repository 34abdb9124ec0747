"""Everything of the shared screen that is not in the conversation: the band of the window, the
strip on top of everything, the tray, the picker and the marks."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QRect, Signal, Slot
from PySide6.QtWidgets import QWidget

from client.platform.base import WatermarkWay
from client.session.share_inputs import (
    AgainAnswered,
    ChangeWanted,
    EndShareWanted,
    MoreTimeWanted,
    PauseWanted,
    PickCancelled,
    Picked,
    ResumeWanted,
    ShareAnswer,
    ShareAnswered,
    TakeBackWanted,
)
from client.session.share_state import Choice
from client.session.share_view import PickerView, ShareView
from client.ui.announce import Announcer
from client.ui.marks import Marks
from client.ui.picker import Picker
from client.ui.picker_list import WindowSource
from client.ui.share_banner import Banner
from client.ui.share_strip import ShareStrip
from client.ui.theme import Theme
from client.ui.tray import Tray
from client.ui.watermark import Watermarks
from protocol.catalogue import Catalogue
from protocol.sharing import Grant


class ShareParts(QObject):
    """Emits `intended(input)`; the end of a share is heard in the click's own call stack. `band`
    belongs into `window`."""

    intended = Signal(object)

    def __init__(
        self,
        t: Catalogue,
        theme: Theme,
        desktop: WindowSource,
        new_id: Callable[[], str],
        window: QWidget,
        watermark: WatermarkWay,
    ) -> None:
        super().__init__(window)
        self._t = t
        self._theme = theme
        self._desktop = desktop
        self._new_id = new_id
        self._window = window
        self._picker: Picker | None = None
        self.band = Banner(theme, "shareBand")
        self.band.hide()
        self.strip = ShareStrip(theme, t("client.banner.name"))
        self.tray = Tray(t, theme)
        self._marks = Marks(theme)
        self._watermarks = Watermarks(watermark, self)
        self._announcer = Announcer(window)
        for banner in (self.band, self.strip.banner):
            banner.setAccessibleName(t("client.banner.name"))
            banner.ended.connect(self.end)
            banner.changed.connect(self._change)
            banner.paused.connect(self._pause)
            banner.taken.connect(self._take)
            banner.extended.connect(self._extend)
        self.tray.ended.connect(self.end)
        self.tray.opened.connect(self._open)

    def render_view(self, view: ShareView) -> None:
        """Show it."""
        if view.banner is not None:
            self.band.render_view(view.banner)
        self.band.setVisible(view.banner is not None)
        self.strip.render_view(view.banner)
        self.tray.render_view(view.banner)
        self._marks.render_view(view.marks)
        self._watermarks.render_view(view.watermark)
        self._pick(view.picker)
        self._announcer.say(view.spoken)

    def close(self) -> None:
        """Take away what stands outside of the window."""
        self.strip.hide()
        self.tray.close()
        self._marks.render_view(())
        self._watermarks.render_view(None)
        self._pick(None)

    @Slot()
    def end(self) -> None:
        """END SCREEN SHARE, by whatever button."""
        self.intended.emit(EndShareWanted(self._new_id()))

    @Slot(int, object, int)
    def answer(self, key: int, answer: ShareAnswer, lasts_s: int) -> None:
        """The answer to a representative's question."""
        self.intended.emit(ShareAnswered(self._new_id(), key, answer, lasts_s))

    @Slot(bool)
    def answer_again(self, yes: bool) -> None:
        """The answer after a share that broke off."""
        self.intended.emit(AgainAnswered(self._new_id(), yes))

    @Slot()
    def _change(self) -> None:
        self.intended.emit(ChangeWanted(self._new_id()))

    @Slot(bool)
    def _pause(self, on: bool) -> None:
        self.intended.emit((PauseWanted if on else ResumeWanted)(self._new_id()))

    @Slot(str, object)
    def _take(self, to: str, grant: Grant) -> None:
        self.intended.emit(TakeBackWanted(self._new_id(), to, grant))

    @Slot(str, object)
    def _extend(self, to: str, grant: Grant) -> None:
        self.intended.emit(MoreTimeWanted(self._new_id(), to, grant))

    @Slot(object, bool, int)
    def _picked(self, choice: Choice, control: bool, lasts_s: int) -> None:
        self.intended.emit(Picked(self._new_id(), choice, control, lasts_s))

    @Slot()
    def _cancelled(self) -> None:
        self.intended.emit(PickCancelled(self._new_id()))

    @Slot()
    def _open(self) -> None:
        self._window.showNormal()
        self._window.raise_()
        self._window.activateWindow()

    def _pick(self, view: PickerView | None) -> None:
        if view is None:
            if self._picker is not None:
                self._picker.take_away()
                self._picker = None
            return
        if self._picker is None:
            picker = Picker(view, self._desktop, self._t, self._theme, self._window)
            picker.picked.connect(self._picked)
            picker.stopped.connect(self.end)
            picker.cancelled.connect(self._cancelled)
            picker.render_view(view)
            self._picker = picker
            picker.show()
            picker.stand_clear(self.strip.geometry() if self.strip.isVisible() else QRect())
            picker.activateWindow()
        else:
            self._picker.render_view(view)
