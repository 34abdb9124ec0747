"""The top of the window: who is with the customer, and how the connection is."""

from html import escape

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from client.session.view import HeaderView
from client.ui.parts import Disc, Dot, OneLine, label, say
from client.ui.theme import Theme

DISC = 36


class Header(QFrame):
    """Photo disc, name, organisation; dot, word and `more` at the right. Below, the two words that
    are compared on the telephone."""

    def __init__(self, theme: Theme, more: QWidget) -> None:
        super().__init__()
        self._theme = theme
        self._view: HeaderView | None = None
        self.setObjectName("header")
        space = theme.tokens.space
        self._disc = Disc(theme, DISC)
        self._title = OneLine("strong", "headerTitle")
        self._detail = OneLine("small", "headerDetail")
        self._dot = Dot(theme)
        self._word = label("small", "connection", wrap=False)
        self._proof = label("small", "proof")
        self._words = label("small", "words")
        self._words.setTextFormat(Qt.TextFormat.RichText)
        self._band = QFrame()
        self._band.setObjectName("wordsBand")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._row(theme, more))
        column.addWidget(self._band)
        self._fill_band(space)
        theme.changed.connect(self._restyle)

    def _row(self, theme: Theme, more: QWidget) -> QHBoxLayout:
        """Who is there, and how the connection is."""
        space = theme.tokens.space
        row = QHBoxLayout()
        row.setContentsMargins(space[3], space[1], space[3], space[1])
        row.setSpacing(space[1])
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addStretch(1)
        for text in (self._title, self._detail):
            names.addWidget(text)
        names.addStretch(1)
        row.addWidget(self._disc)
        row.addSpacing(space[0])
        row.addLayout(names, 1)
        row.addWidget(self._dot)
        row.addWidget(self._word)
        row.addWidget(more)
        return row

    def _fill_band(self, space: tuple[int, ...]) -> None:
        """How they signed in, and what to compare."""
        band = QVBoxLayout(self._band)
        band.setContentsMargins(space[3], space[0], space[3], space[0])
        band.setSpacing(0)
        band.addWidget(self._proof)
        band.addWidget(self._words)

    def render_view(self, view: HeaderView) -> None:
        """Show who is there and how the connection is."""
        self._view = view
        self._disc.show_initials(view.initials)
        self._title.setText(view.title)
        say(self._detail, view.detail)
        self._dot.show_level(view.level)
        self._word.setText(view.word)
        say(self._proof, view.proof)
        strong = f'<b style="color: {self._theme.colour("ink").name()}">{escape(view.words)}</b>'
        self._words.setText(f"{escape(view.ask)} {strong}")
        self._words.setAccessibleName(f"{view.ask} {view.words}")
        self._band.setVisible(bool(view.words))

    @Slot()
    def _restyle(self) -> None:
        if self._view is not None:
            self.render_view(self._view)
