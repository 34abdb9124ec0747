"""How files come into the window: a dialog, a drop, a paste. Only those of this computer count."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QMimeData,
    QObject,
    Qt,
    QUrl,
    Signal,
    Slot,
)
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget


def paths_in(data: QMimeData) -> tuple[str, ...]:
    """The files and folders of this computer in what is dropped or pasted."""
    return local(data.urls()) if data.hasUrls() else ()


def local(urls: Sequence[QUrl]) -> tuple[str, ...]:
    """The paths of those that are on this computer."""
    return tuple(url.toLocalFile() for url in urls if url.isLocalFile())


def picture_in(data: QMimeData) -> QImage | None:
    """The picture in what is pasted; words go before a picture of them."""
    if not data.hasImage() or data.hasText():
        return None
    picture = data.imageData()
    return picture if isinstance(picture, QImage) and not picture.isNull() else None


def png_of(picture: QImage) -> bytes:
    """The picture as a file; empty where it cannot be one."""
    made = QByteArray()
    buffer = QBuffer(made)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    written = picture.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(made.data()) if written else b""


class FilePicker(QObject):
    """The system's own dialog. Emits `picked(paths, answers)`."""

    picked = Signal(object, str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._dialog: QFileDialog | None = None
        self._answers = ""

    def open(self, title: str, mode: QFileDialog.FileMode, answers: str = "") -> None:
        """Ask for files of this computer; `answers` is the question they are for, or empty."""
        self.close()
        self._answers = answers
        dialog = QFileDialog(self._window, title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(mode)
        if mode is QFileDialog.FileMode.Directory:
            dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.filesSelected.connect(self._picked)
        dialog.finished.connect(self._finished)
        self._dialog = dialog
        dialog.open()

    def keep(self, keys: frozenset[str]) -> None:
        """Close it when the question it is for no longer stands."""
        if self._answers and self._answers not in keys:
            self.close()

    def close(self) -> None:
        """Take it away."""
        if self._dialog is not None:
            self._dialog.reject()

    @Slot(list)
    def _picked(self, paths: list[str]) -> None:
        self.picked.emit(tuple(paths), self._answers)

    @Slot()
    def _finished(self) -> None:
        self._dialog, self._answers = None, ""


class DropArea(QLabel):
    """What covers the conversation while files are held over it."""

    def __init__(self, words: str, over: QWidget) -> None:
        super().__init__(words, over)
        self._over = over
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setObjectName("dropArea")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def cover(self) -> None:
        """Show it, over everything."""
        self.setGeometry(self._over.rect().adjusted(8, 8, -8, -8))
        self.raise_()
        self.show()
