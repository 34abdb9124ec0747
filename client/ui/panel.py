"""A column of widgets that is as high as it likes to be, or scrolls where there is less room."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget


class Panel(QScrollArea):
    """Its owner calls `fit` whenever the room or the content has changed. `edge` is the width of
    its border in the style sheet."""

    def __init__(self, name: str, *, edge: int = 0) -> None:
        super().__init__()
        self._edge = edge
        self.setObjectName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalScrollBar().setSingleStep(24)
        self._inner = QWidget()
        self._inner.setObjectName(f"{name}Inner")
        self._inner.setProperty("role", "clear")
        self.column = QVBoxLayout(self._inner)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.setWidget(self._inner)
        self.setWidgetResizable(True)

    def sizeHint(self) -> QSize:
        return QSize(240, self.wanted(max(self.width(), 1)))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def wanted(self, width: int) -> int:
        """The height at which nothing has to scroll in a panel of `width`."""
        edges = 2 * self._edge
        if self._inner.hasHeightForWidth():
            return self._inner.heightForWidth(width - edges) + edges
        return self._inner.sizeHint().height() + edges

    def fit(self, width: int, most: int) -> int:
        """Be as high as is wanted, but at most so high; the height."""
        wanted = self.wanted(width)
        height = max(0, min(wanted, most))
        self.setFixedHeight(height)
        self._mark(scrolls=wanted > height)
        # Qt would keep a bar that only the narrower column beside the bar itself needs.
        policy = Qt.ScrollBarPolicy
        needed = wanted > height
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if needed else policy.ScrollBarAlwaysOff
        )
        return height

    def _mark(self, *, scrolls: bool) -> None:
        """The style sheet draws an edge where something goes on."""
        if self.property("scrolls") != scrolls:
            self.setProperty("scrolls", scrolls)
            self.style().unpolish(self)
            self.style().polish(self)
