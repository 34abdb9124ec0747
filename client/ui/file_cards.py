"""Files below the conversation, one card each: what is asked for, offered, on its way, there."""

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from client.session.file_inputs import FileAct
from client.session.file_view import FileCardView
from client.ui import icons
from client.ui.announce import Announcer
from client.ui.answers import Answers
from client.ui.parts import Card, OneLine, breakable, button, flowing, label, say
from client.ui.theme import Theme

_MARK = 20
GUARD_MS = 700
"""A yes takes nothing for so long after its card has come: it may have come under a click."""

_YES = (FileAct.ACCEPT,)
_STRONG = (FileAct.ACCEPT, FileAct.CHOOSE)


class FileCard(Card):
    """Emits `acted(act)`."""

    acted = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._theme = theme
        self._problem = False
        self._mark = QLabel()
        self._title = OneLine("label", "fileTitle", middle=True)
        self._size = label("small", "fileSize", wrap=False)
        self._why = flowing("", "fileWhy")
        self._text = flowing("soft", "fileText")
        self._hint = flowing("small", "fileHint")
        self._bar = QProgressBar()
        self._progress = label("small", "fileProgress")
        self._buttons = {act: self._made(act) for act in FileAct}
        self._answers = Answers(theme, *self._buttons.values())
        self._guard = QTimer(self)
        self._guard.setSingleShot(True)
        self._guard.setInterval(GUARD_MS)
        self._guard.timeout.connect(self._unguard)
        self._build()
        theme.changed.connect(self._restyle)
        self._restyle()

    def render_view(self, view: FileCardView) -> None:
        """Show how it stands."""
        self.setAccessibleName(view.title)
        self.setAccessibleDescription(view.text)
        self._title.setText(view.title)
        say(self._size, view.size)
        say(self._why, breakable(view.why))
        say(self._text, breakable(view.text))
        say(self._hint, breakable(view.hint))
        self._bar.setVisible(view.percent is not None)
        self._bar.setValue(view.percent or 0)
        self._bar.setAccessibleName(view.bar)
        say(self._progress, view.progress)
        self._offer(view)
        if view.problem is not self._problem:
            self._problem = view.problem
            self._restyle()

    def buttons(self) -> list[QPushButton]:
        """Its buttons as they are read."""
        return list(self._buttons.values())

    def _offer(self, view: FileCardView) -> None:
        shown = {one.act: one for one in view.buttons}
        if any(act in _YES and self._buttons[act].isHidden() for act in shown):
            self._begin()
        for act, one in self._buttons.items():
            told = shown.get(act)
            one.setVisible(told is not None)
            if told is not None:
                one.setText(told.words)
                one.setAccessibleName(told.name)
                one.setAccessibleDescription(view.text)
        self._answers.setVisible(bool(shown))
        self._answers.arrange()

    def _begin(self) -> None:
        for act in _YES:
            self._buttons[act].setEnabled(False)
        self._guard.start()

    @Slot()
    def _unguard(self) -> None:
        for act in _YES:
            self._buttons[act].setEnabled(True)

    def _made(self, act: FileAct) -> QPushButton:
        made = button("", "primary" if act in _STRONG else "", f"file_{act}")
        made.hide()
        made.clicked.connect(lambda: self.acted.emit(act))
        return made

    def _build(self) -> None:
        space = self._theme.tokens.space
        self.setObjectName("fileCard")
        self.column.setContentsMargins(space[2], space[1], space[2], space[2])
        self.column.setSpacing(space[0])
        top = QHBoxLayout()
        top.setSpacing(space[1])
        top.addWidget(self._mark)
        top.addWidget(self._title, 1)
        top.addWidget(self._size)
        self.column.addLayout(top)
        for part in (self._why, self._text, self._hint, self._bar, self._progress):
            self.column.addWidget(part)
        self.column.addWidget(self._answers)
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 100)

    @Slot()
    def _restyle(self) -> None:
        name, token = ("alert", "danger") if self._problem else ("file", "accent")
        colour = self._theme.colour(token)
        self._mark.setPixmap(icons.pixmap(name, colour, _MARK, self.devicePixelRatioF()))


class FileCards(QWidget):
    """Emits `acted(key, act)`, and `left` when a card goes that had the focus."""

    acted = Signal(str, object)
    left = Signal()

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._cards: dict[str, FileCard] = {}
        self._announcer = Announcer(self)
        self.setAccessibleName(name)
        space = theme.tokens.space
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(space[2], space[0], space[2], space[1])
        self._column.setSpacing(space[1])

    def render_view(self, views: tuple[FileCardView, ...]) -> bool:
        """Show these cards in this order; whether one has come or gone."""
        gone = self._cards.keys() - {view.key for view in views}
        for key in gone:
            self._drop(key)  # before all of it hides, and Qt gives the focus to anything
        self.setVisible(bool(views))
        come = False
        for at, view in enumerate(views):
            card = self._cards.get(view.key)
            if card is None:
                come = True
                card = self._cards[view.key] = self._made(view.key)
                self._column.insertWidget(at, card)
                card.show()  # now: Qt would wait for the next turn, and lay out without it
                self._announcer.say(view.spoken)
            card.render_view(view)
        return come or bool(gone)

    def buttons(self) -> list[QPushButton]:
        """Every button, from the first card on."""
        items = (self._column.itemAt(at) for at in range(self._column.count()))
        cards = (item.widget() for item in items if item is not None)
        return [one for card in cards if isinstance(card, FileCard) for one in card.buttons()]

    def _made(self, key: str) -> FileCard:
        card = FileCard(self._theme)
        card.acted.connect(lambda act: self.acted.emit(key, act))
        return card

    def _drop(self, key: str) -> None:
        card = self._cards.pop(key)
        focused = self.window().focusWidget()
        if focused is not None and card.isAncestorOf(focused):
            self.window().setFocus(Qt.FocusReason.OtherFocusReason)
            self.left.emit()
        self._column.removeWidget(card)
        card.hide()
        card.deleteLater()
