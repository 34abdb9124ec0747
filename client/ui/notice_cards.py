"""Known problems above the conversation, one card each."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from client.session.view import NoticeView
from client.ui import icons
from client.ui.announce import Announcer
from client.ui.answers import Answers
from client.ui.parts import Card, OneLine, button
from client.ui.rich_text import RichText
from client.ui.theme import Theme
from protocol.catalogue import Catalogue

_MARK = 20


class NoticeCard(Card):
    """Emits `mine`, `folded(on)` and `link_chosen(url)`."""

    mine = Signal()
    folded = Signal(bool)
    link_chosen = Signal(str)

    def __init__(self, t: Catalogue, theme: Theme) -> None:
        super().__init__(theme)
        self._theme = theme
        self._is_folded = False
        self._mark = QLabel()
        self._title = OneLine("label", "noticeTitle")
        self._text = RichText(theme, "noticeWords")
        self._mine = button(t("steps.notice_mine"), "", "noticeMine")
        self._fold = button("", "quiet", "noticeFold")
        self._answers = Answers(theme, self._mine)
        self._build()
        self._mine.clicked.connect(self.mine)
        self._fold.clicked.connect(self._turn)
        self._text.link_chosen.connect(self.link_chosen)
        theme.changed.connect(self._restyle)
        self._restyle()

    def render_view(self, view: NoticeView) -> None:
        """Show the notice, or only its title when it is folded away."""
        self._is_folded = view.folded
        self.setAccessibleName(view.title)
        self._title.setText(view.title)
        self._text.show_text("" if view.folded else view.text)
        self._answers.setVisible(not view.folded)
        self._mine.setAccessibleDescription(view.text)
        self._fold.setText(view.act)
        self._fold.setAccessibleDescription(view.title)

    @Slot()
    def _turn(self) -> None:
        self.folded.emit(not self._is_folded)

    def _build(self) -> None:
        space = self._theme.tokens.space
        self.setObjectName("noticeCard")
        self.column.setContentsMargins(space[2], space[1], space[2], space[2])
        top = QHBoxLayout()
        top.setSpacing(space[1])
        top.addWidget(self._mark)
        top.addWidget(self._title, 1)
        top.addWidget(self._fold)
        self.column.addLayout(top)
        self.column.addWidget(self._text)
        self.column.addWidget(self._answers)

    @Slot()
    def _restyle(self) -> None:
        colour = self._theme.colour("warn")
        self._mark.setPixmap(icons.pixmap("alert", colour, _MARK, self.devicePixelRatioF()))


class NoticeCards(QWidget):
    """Emits `mine(id)`, `folded(id, on)` and `link_chosen(url)`."""

    mine = Signal(str)
    folded = Signal(str, bool)
    link_chosen = Signal(str)

    def __init__(self, t: Catalogue, theme: Theme) -> None:
        super().__init__()
        self._t = t
        self._theme = theme
        self._cards: dict[str, NoticeCard] = {}
        self._announcer = Announcer(self)
        self.setAccessibleName(t("steps.notices"))
        space = theme.tokens.space
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(space[2], space[2], space[2], space[1])
        self._column.setSpacing(space[1])

    def render_view(self, views: tuple[NoticeView, ...]) -> None:
        """Show these notices in this order; a card stays the same as long as its notice holds."""
        self.setVisible(bool(views))
        for gone in self._cards.keys() - {view.id for view in views}:
            self._drop(gone)
        for at, view in enumerate(views):
            card = self._cards.get(view.id)
            if card is None:
                card = self._cards[view.id] = self._made(view.id)
                self._column.insertWidget(at, card)
                card.show()  # now: Qt would wait for the next turn, and lay out without it
                self._announcer.say(view.title)
            card.render_view(view)

    def _made(self, notice: str) -> NoticeCard:
        card = NoticeCard(self._t, self._theme)
        card.mine.connect(lambda: self.mine.emit(notice))
        card.folded.connect(lambda on: self.folded.emit(notice, on))
        card.link_chosen.connect(self.link_chosen)
        return card

    def _drop(self, notice: str) -> None:
        card = self._cards.pop(notice)
        if card.isAncestorOf(self.window().focusWidget() or self):
            self.window().setFocus(Qt.FocusReason.OtherFocusReason)
        self._column.removeWidget(card)
        card.hide()
        card.deleteLater()
