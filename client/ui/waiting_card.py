"""Where in the queue the customer stands, and what can be done meanwhile."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from client.session.view import WaitingView
from client.ui.announce import Announcer
from client.ui.parts import Card, label, say
from client.ui.rich_text import RichText
from client.ui.theme import Theme


class WaitingCard(QWidget):
    """Emits `link_chosen(url)`."""

    link_chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._announcer = Announcer(self)
        self._step = label("small", "waitingStep")
        self._title = label("title", "waitingTitle")
        self._place = label("strong", "waitingPlace")
        self._wait = label("plain", "waitingWait")
        self._on_duty = label("soft", "waitingOnDuty")
        self._words = RichText(theme, "waitingWords")
        self._hint = label("soft", "waitingHint")
        self._words.link_chosen.connect(self.link_chosen)
        card = framed_card(self, theme)
        space = theme.tokens.space
        card.column.setSpacing(space[0])
        for part in (self._step, self._title, self._place, self._wait, self._on_duty):
            card.column.addWidget(part)
        card.column.addSpacing(space[0])
        card.column.addWidget(self._words)
        card.column.addWidget(self._hint)

    def render_view(self, view: WaitingView | None) -> None:
        """Show it, or take the card away."""
        self.setVisible(view is not None)
        if view is None:
            self._announcer.say("")
            return
        say(self._step, view.step)
        say(self._title, view.title)
        say(self._place, view.place)
        say(self._wait, view.wait)
        say(self._on_duty, view.on_duty)
        self._words.show_text(view.words)
        say(self._hint, view.hint)
        self._announcer.say(view.spoken)


def framed_card(holder: QWidget, theme: Theme) -> Card:
    """A card inside `holder` with a margin around it, so that both come and go together."""
    space = theme.tokens.space
    card = Card(theme)
    card.column.setContentsMargins(space[3], space[2], space[3], space[3])
    outer = QVBoxLayout(holder)
    outer.setContentsMargins(space[2], space[2], space[2], 0)
    outer.addWidget(card)
    return card
