"""Where the parts of one row stand, for a given width."""

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QTextCharFormat, QTextCursor, QTextDocument, QTextOption

from client.session.view import LineKind, LineView
from client.ui.theme import Theme
from client.ui.tokens import Scheme
from protocol.markup import Span, SpanKind

AVATAR = 28
BUBBLE_MOST = 520
BUBBLE_SHARE = 0.8
TICK = 14


@dataclass(frozen=True, slots=True)
class Box:
    """Rectangles relative to the row's top left corner; None for what the row does not have."""

    height: int
    bubble: QRectF | None = None
    text: QPointF | None = None
    avatar: QRectF | None = None
    name: QRectF | None = None
    caption: QRectF | None = None


class Typesetter:
    """Makes documents and boxes, and keeps those that were used lately."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._document = lru_cache(maxsize=1_200)(self._make_document)
        self._box = lru_cache(maxsize=1_200)(self._make_box)

    def document(self, line: LineView, width: int) -> QTextDocument:
        """The text of a bubble in a row of `width`."""
        theme = self._theme
        return self._document(line.spans, self._most(line, width), theme.scheme, theme.percent)

    def box(self, line: LineView, width: int) -> Box:
        """Where everything in the row of `line` stands."""
        return self._box(line, width, self._theme.percent)

    def anchor(self, line: LineView, width: int, at: QPointF) -> str:
        """The address of the link at a point of the row, or empty."""
        origin = self.box(line, width).text
        if origin is None:
            return ""
        return self.document(line, width).documentLayout().anchorAt(at - origin)

    def _most(self, line: LineView, width: int) -> int:
        space = self._theme.tokens.space
        left = space[2] + (AVATAR + space[1] if line.kind is LineKind.THEIRS else 0)
        room = width - left - space[2]
        return int(min(BUBBLE_MOST, max(room * BUBBLE_SHARE, 120)) - 2 * space[2])

    def _make_document(
        self, spans: tuple[Span, ...], most: int, _scheme: Scheme, _percent: int
    ) -> QTextDocument:
        tokens = self._theme.tokens
        document = QTextDocument()
        document.setUndoRedoEnabled(False)
        document.setDocumentMargin(0)
        document.setDefaultFont(self._theme.font(tokens.base))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        document.setDefaultTextOption(option)
        cursor = QTextCursor(document)
        for span in spans:
            cursor.insertText(span.text, self._format(span))
        _set_line_height(cursor, tokens.line)
        document.setTextWidth(most)
        document.setTextWidth(min(most, document.idealWidth() + 1))
        return document

    def _format(self, span: Span) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setForeground(self._theme.colour("ink"))
        match span.kind:
            case SpanKind.BOLD:
                made.setFontWeight(600)
            case SpanKind.ITALIC:
                made.setFontItalic(True)
            case SpanKind.LINK:
                made.setAnchor(True)
                made.setAnchorHref(span.text)
                made.setForeground(self._theme.colour("accentText"))
                made.setFontUnderline(True)
            case _:
                pass
        return made

    def _make_box(self, line: LineView, width: int, _percent: int) -> Box:
        small = QFontMetrics(self._theme.font(self._theme.tokens.small))
        if line.kind in (LineKind.DAY, LineKind.SYSTEM):
            return self._plain_box(line, width, small)
        return self._bubble_box(line, width, small)

    def _plain_box(self, line: LineView, width: int, small: QFontMetrics) -> Box:
        space = self._theme.tokens.space
        top, pad = space[2], space[2]
        room = QRect(pad, 0, width - 2 * pad, 10_000)
        flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap)
        height = small.boundingRect(room, flags, line.text).height()
        caption = QRectF(pad, top, width - 2 * pad, height)
        return Box(height=height + top + space[1], caption=caption)

    def _bubble_box(self, line: LineView, width: int, small: QFontMetrics) -> Box:
        gap, pad_y, pad, *_ = self._theme.tokens.space
        theirs = line.kind is LineKind.THEIRS
        left = pad + (AVATAR + pad_y if theirs else 0)
        top: float = pad if line.first else gap / 2
        name: QRectF | None = None
        if line.name and line.first:
            name = QRectF(left, top, width - left - pad, small.height())
            top += small.height() + gap / 2
        size = self.document(line, width).size()
        wide = size.width() + 2 * pad
        x = left if theirs else width - pad - wide
        bubble = QRectF(x, top, wide, size.height() + 2 * pad_y)
        avatar = QRectF(pad, bubble.top(), AVATAR, AVATAR) if name else None
        caption = _caption(line, width, bubble, small, pad, gap) if line.caption else None
        bottom = caption.bottom() if caption else bubble.bottom()
        return Box(
            height=int(bottom + gap / 2 + 1),
            bubble=bubble,
            text=bubble.topLeft() + QPointF(pad, pad_y),
            avatar=avatar,
            name=name,
            caption=caption,
        )


def _caption(
    line: LineView, width: int, bubble: QRectF, small: QFontMetrics, pad: int, gap: int
) -> QRectF:
    left = bubble.left() if line.kind is LineKind.THEIRS else float(pad)
    icon = TICK + gap if line.tick else 0
    room = QRect(int(left), 0, int(width - left - pad - icon), 10_000)
    flags = int(Qt.TextFlag.TextWordWrap)
    height = small.boundingRect(room, flags, line.caption).height()
    return QRectF(left, bubble.bottom() + gap / 2, width - left - pad, max(height, TICK))


def _set_line_height(cursor: QTextCursor, line: float) -> None:
    """Line height in the sense of the tokens: a multiple of the font's size, not its height."""
    cursor.select(QTextCursor.SelectionType.Document)
    block = cursor.blockFormat()
    pixels = cursor.document().defaultFont().pixelSize() * line
    block.setLineHeight(pixels, block.LineHeightTypes.MinimumHeight.value)
    cursor.setBlockFormat(block)
