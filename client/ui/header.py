"""The top of the window: who is with the customer, and how the connection is."""

from PySide6.QtCore import Qt
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
        self.setObjectName("header")
        space = theme.tokens.space
        self._disc = Disc(theme, DISC)
        self._title = OneLine("strong", "headerTitle")
        self._detail = OneLine("small", "headerDetail")
        self._dot = Dot(theme)
        self._word = label("small", "connection", wrap=False)
        self._proof = label("small", "proof")
        self._ask = label("small", "ask")
        self._words = label("strong", "words", wrap=False)
        self._band = QFrame()
        self._band.setObjectName("wordsBand")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._row(theme, more))
        column.addWidget(self._band)
        self._fill_band(space)

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
        both = QHBoxLayout()
        both.setSpacing(space[1])
        both.addWidget(self._ask, 1)
        both.addWidget(self._words, 0, Qt.AlignmentFlag.AlignVCenter)
        band.addLayout(both)

    def render_view(self, view: HeaderView) -> None:
        """Show who is there and how the connection is."""
        self._disc.show_person(view.initials, view.photo)
        self._title.setText(view.title)
        say(self._detail, view.detail)
        self._dot.show_level(view.level)
        self._word.setText(view.word)
        say(self._proof, view.proof)
        self._ask.setText(view.ask)
        self._words.setText(view.words)
        self._words.setAccessibleName(f"{view.ask} {view.words}")
        self._band.setVisible(bool(view.words))
