"""Longer texts of the organisation: light markup as paragraphs and lists, never HTML."""

from math import ceil

from PySide6.QtCore import QSize, Qt, QUrl, Signal, Slot
from PySide6.QtGui import (
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextList,
    QTextListFormat,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser

from client.session.talking import host_of
from client.ui.theme import Theme
from protocol.markup import Block, Span, SpanKind, blocks

_LINE_BREAK = "\u2028"
"""A new line in the same paragraph, for Qt."""


class RichText(QTextBrowser):
    """Emits `link_chosen(url)`. As high as its text; takes the focus only for a link in it."""

    link_chosen = Signal(str)

    def __init__(self, theme: Theme, name: str, *, soft: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._token = "soft" if soft else "ink"
        self._text = ""
        self._links: list[str] = []
        self._measure = QTextDocument(self)
        self.setObjectName(name)
        self.setProperty("role", "text")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.anchorClicked.connect(self._chosen)
        theme.changed.connect(self._write)

    def show_text(self, text: str) -> None:
        """Show `text`, or take the widget away when there is none."""
        self.setVisible(bool(text))
        if text != self._text:
            self._text = text
            self._write()

    def plain(self) -> str:
        """What stands there, without markers."""
        return self.document().toPlainText()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        self._measure.setTextWidth(width)
        return ceil(self._measure.size().height())

    def sizeHint(self) -> QSize:
        return QSize(240, self.fontMetrics().lineSpacing())

    def minimumSizeHint(self) -> QSize:
        return QSize(40, self.fontMetrics().lineSpacing())

    @Slot()
    def _write(self) -> None:
        self._links = []
        found = blocks(self._text)
        for document in (self.document(), self._measure):
            document.clear()
            document.setDocumentMargin(0)
            document.setIndentWidth(self._theme.tokens.space[3])
            document.setDefaultFont(self._theme.font(self._theme.tokens.base))
            option = QTextOption()
            option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
            document.setDefaultTextOption(option)
            self._fill(QTextCursor(document), found)
        focus = Qt.FocusPolicy
        self.setFocusPolicy(focus.StrongFocus if self._links else focus.NoFocus)
        self.updateGeometry()

    def _fill(self, cursor: QTextCursor, found: list[Block]) -> None:
        """Write the blocks; each new one begins a paragraph of its own."""
        paragraph = QTextBlockFormat()
        size = self._theme.sized(self._theme.tokens.base)
        height = QTextBlockFormat.LineHeightTypes.MinimumHeight.value
        paragraph.setLineHeight(size * self._theme.tokens.line, height)
        for at, block in enumerate(found):
            listed: QTextList | None = None
            for number, item in enumerate(block.items):
                first = at == 0 and number == 0
                gap = self._theme.tokens.space[1 if number == 0 else 0]
                paragraph.setTopMargin(0 if first else gap)
                if not first:
                    cursor.insertBlock(QTextBlockFormat())
                cursor.setBlockFormat(paragraph)
                if listed is not None:
                    listed.add(cursor.block())
                elif block.is_list:
                    listed = cursor.createList(QTextListFormat.Style.ListDisc)
                for span in item:
                    self._insert(cursor, span)

    def _insert(self, cursor: QTextCursor, span: Span) -> None:
        style = QTextCharFormat()
        style.setForeground(self._theme.colour(self._token))
        host = host_of(span.text) if span.kind is SpanKind.LINK else ""
        if span.kind is SpanKind.BOLD:
            style.setFontWeight(600)
        elif span.kind is SpanKind.ITALIC:
            style.setFontItalic(True)
        elif host:
            style = self._link_format(style, span.text)
        cursor.insertText(span.text.replace("\n", _LINE_BREAK), style)
        if host and not _is_plain(span.text, host):
            aside = QTextCharFormat()
            aside.setForeground(self._theme.colour("soft"))
            cursor.insertText(f" ({host})", aside)

    def _link_format(self, style: QTextCharFormat, url: str) -> QTextCharFormat:
        """Links are known by number: nothing of an address is read as anything else by Qt."""
        if url not in self._links:
            self._links.append(url)
        style.setAnchor(True)
        style.setAnchorHref(f"link:{self._links.index(url)}")
        style.setForeground(self._theme.colour("accentText"))
        style.setFontUnderline(True)
        return style

    @Slot(QUrl)
    def _chosen(self, number: QUrl) -> None:
        self.link_chosen.emit(self._links[int(number.path())])


def _is_plain(url: str, host: str) -> bool:
    """Whether one can see by itself that `url` leads to `host`."""
    _, _, rest = url.partition("://")
    return rest.lower() == host or rest.lower().startswith((f"{host}/", f"{host}?", f"{host}#"))
