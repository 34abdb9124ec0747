"""The first page: a session key or a join code, a name, one button."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from client.session.joining import chars, shown
from client.session.view import JoinView
from client.ui.parts import Card, Disc, button, label, say
from client.ui.theme import Theme
from protocol import limits
from protocol.catalogue import Catalogue

CARD_WIDTH = 400
DISC = 44


class KeyField(QLineEdit):
    """Takes a key or a code as typed or pasted in any grouping, or a link to it; shows it in
    groups of four."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("keyField")
        hint = Qt.InputMethodHint
        self.setInputMethodHints(hint.ImhPreferUppercase | hint.ImhNoPredictiveText)
        self.textEdited.connect(self._regroup)

    @Slot(str)
    def _regroup(self, text: str) -> None:
        read = chars(text)
        before = min(len(read), len(chars(text[: self.cursorPosition()])))
        self.setText(shown(read))
        self.setCursorPosition(len(shown(read[:before])))


class JoinPage(QScrollArea):
    """Emits `typed(key)` on every change and `wanted(key, name)` on Start."""

    typed = Signal(str)
    wanted = Signal(str, str)

    def __init__(self, t: Catalogue, theme: Theme) -> None:
        super().__init__()
        self._key = KeyField()
        self._name = QLineEdit()
        self._name.setObjectName("nameField")
        self._name.setMaxLength(limits.NAME_CHARS)
        self._step = label("small", "joinStep")
        self._greeting = label("title", "greeting")
        self._problem = label("problem", "problem")
        self._start = button(t("key.join"), "primary", "start")
        self._disc = Disc(theme, DISC)
        self._build(t, theme)
        self._key.textEdited.connect(self.typed)
        for act in (self._start.clicked, self._key.returnPressed, self._name.returnPressed):
            act.connect(self._want)

    def render_view(self, view: JoinView, initials: str) -> None:
        """Show what is to be shown; what was typed stays."""
        self._step.setText(view.step)
        self._greeting.setText(view.greeting)
        self._disc.show_person(initials)
        say(self._problem, view.problem)
        self._key.setAccessibleDescription(view.problem)

    def fill_in(self, key: str, name: str) -> None:
        """Put in what the program was started with."""
        self._key.setText(shown(chars(key)))
        self._name.setText(name)

    def focus_key(self) -> None:
        """Put the cursor where the next thing is to be typed."""
        self._key.setFocus(Qt.FocusReason.OtherFocusReason)
        self._key.selectAll()

    @Slot()
    def _want(self) -> None:
        self.wanted.emit(self._key.text(), self._name.text())

    def _build(self, t: Catalogue, theme: Theme) -> None:
        space = theme.tokens.space
        card = self._card(t, theme)
        page = QWidget()
        page.setObjectName("joinPage")
        outer = QVBoxLayout(page)
        outer.setContentsMargins(space[2], space[2], space[2], space[2])
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(card, 100)
        row.addStretch(1)
        outer.addStretch(2)
        outer.addLayout(row)
        outer.addStretch(3)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _card(self, t: Catalogue, theme: Theme) -> Card:
        space = theme.tokens.space
        card = Card(theme)
        card.setMaximumWidth(CARD_WIDTH)
        card.column.setContentsMargins(space[3], space[3], space[3], space[3])
        top = QHBoxLayout()
        top.setSpacing(space[2])
        top.addWidget(self._disc, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._step)
        words.addWidget(self._greeting)
        top.addLayout(words, 1)
        card.column.addLayout(top)
        card.column.addSpacing(space[2])
        _add_field(card, t("client.join.label"), self._key, hint=t("client.join.hint"))
        card.column.addSpacing(space[0])
        _add_field(card, t("key.name"), self._name)
        card.column.addSpacing(space[0])
        card.column.addWidget(self._problem)
        card.column.addWidget(self._start)
        return card


def _add_field(card: Card, text: str, field: QLineEdit, hint: str = "") -> None:
    """A field with its label above and a hint below."""
    caption = label("label")
    caption.setText(text)
    caption.setBuddy(field)
    field.setAccessibleName(text)
    card.column.addWidget(caption)
    card.column.addWidget(field)
    if hint:
        under = label("small")
        under.setText(hint)
        card.column.addWidget(under)
