"""The top of the window: who is with the customer, and how the connection is."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from client.session.view import HeaderView
from client.ui.parts import Disc, Dot, OneLine, label, say
from client.ui.theme import Theme

DISC = 36


class Header(QFrame):
    """Photo disc, name, organisation; dot, word and `more` at the right."""

    def __init__(self, theme: Theme, more: QWidget) -> None:
        super().__init__()
        self.setObjectName("header")
        space = theme.tokens.space
        self._disc = Disc(theme, DISC)
        self._title = OneLine("strong", "headerTitle")
        self._detail = OneLine("small", "headerDetail")
        self._dot = Dot(theme)
        self._word = label("small", "connection", wrap=False)
        row = QHBoxLayout(self)
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

    def render_view(self, view: HeaderView) -> None:
        """Show who is there and how the connection is."""
        self._disc.show_initials(view.initials)
        self._title.setText(view.title)
        say(self._detail, view.detail)
        self._dot.show_level(view.level)
        self._word.setText(view.word)
