"""What people and organisations write is shown as text, whatever it looks like."""

import pytest
from msgspec.structs import replace as changed
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QTextBrowser
from pytestqt.qtbot import QtBot

from client.session.effects import OpenBrowser
from client.ui.rich_text import RichText
from client.ui.survey_form import Option
from protocol.facts import EndReason, QuestionAsked, SessionEnded
from protocol.markup import blocks
from protocol.signals import HoldMessage, QueuePlace, SurveyOffered
from protocol.steps import QuestionKind, Step, SurveyQuestion
from tests.client.mind import ACCEPTED, ADA, AT, OPENED, PREPARED, line, told, welcome
from tests.client.ui.conftest import Screen
from tests.client.ui.finding import part, text_of, words_of

TAGS = (
    "script",
    "img src=x onerror=alert(1)",
    "img src=file:///etc/passwd",
    "a href=javascript:alert(1)",
    "svg onload=alert(1)",
    "style>*{display:none}",
    "iframe src=https://evil.example",
    "b",
    "font size=99",
    "table",
    "meta http-equiv=refresh content=0",
    "object data=x",
    "!--",
    "?xml",
    "![CDATA[",
    "h1 style='color:red'",
    "br",
    "li",
)
SCHEMES = ("javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "vbscript:x", "qrc:/x")
ODD = (
    "\u202egpj.exe",
    "\u2066\u2069\u200f\u200e",
    "&lt;b&gt; &amp; &#60;",
    "%SITE% {name} $ink ${ink} {0}",
    "*_*_*_",
    "**bold**",
    "`rm -rf`",
    "a\u0000b".replace("\u0000", "\ufffd"),
    "\U0001f469\u200d\U0001f469\u200d\U0001f467",
    "\u0301" * 40,
    "x" * 300,
    "\u2028\u2029line",
    "'; DROP TABLE session; --",
    "]]>",
    "</textarea></label></body>",
)
PAYLOADS = [
    *(f"<{tag}>{inner}</{tag.split()[0]}>" for tag in TAGS for inner in ("x", "<b>y", "&nbsp;")),
    *(f"<a href='{scheme}'>{scheme}</a>" for scheme in SCHEMES),
    *(f"{scheme} and {scheme}" for scheme in SCHEMES),
    *(f'"><{tag} ' for tag in TAGS),
    *ODD,
    *(f"- {odd}\n- <b>" for odd in ODD[:5]),
]


def plain(text: str) -> str:
    """`text` without its markers, as Qt gives it back."""
    items = (item for block in blocks(text) for item in block.items)
    paragraphs = ["".join(span.text for span in item) for item in items]
    return "\n".join(paragraphs).replace("\u2028", "\n").replace("\u2029", "\n")


def test_there_are_a_hundred() -> None:
    assert len(set(PAYLOADS)) >= 100


@pytest.mark.parametrize("payload", PAYLOADS)
def test_before_the_talk(screen: Screen, payload: str) -> None:
    question = QuestionAsked(
        seq=2, at=AT, step=Step.AGREEMENT, title=payload, text=payload, limit_s=120
    )
    screen.mind.join().hear(welcome([PREPARED, question]))
    screen.draw()
    assert text_of(screen, "preparingTitle") == payload
    assert words_of(screen, "preparingText") == plain(payload)
    assert screen.given == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_in_the_queue_and_in_notices(screen: Screen, payload: str) -> None:
    mind = screen.mind.wait_in_queue()
    mind.hear(QueuePlace(position=1, on_duty=1, greeting=payload), told(2, text=payload))
    screen.draw()
    assert words_of(screen, "waitingWords") == plain(payload)
    assert words_of(screen, "noticeWords") == plain(payload)
    mind.hear(HoldMessage(text=f"hold {payload}"))
    screen.draw()
    assert words_of(screen, "waitingWords") == plain(f"hold {payload}")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_at_the_end_and_in_the_survey(screen: Screen, payload: str) -> None:
    mind = screen.mind.join()
    name = changed(ADA, name=payload)
    mind.hear(welcome([OPENED, changed(ACCEPTED, participant=name), line(3, ADA, payload)]))
    ended = SessionEnded(
        seq=4, at=AT, by=ADA.id, reason=EndReason.CLOSED, text=payload, url=payload
    )
    question = SurveyQuestion(id="q", kind=QuestionKind.CHOICE, text=payload, choices=(payload,))
    mind.hear(ended, SurveyOffered(title=payload, questions=(question,), thanks=payload))
    screen.draw()
    assert words_of(screen, "endedText") == plain(payload)
    assert text_of(screen, "headerTitle") == payload
    assert text_of(screen, "surveyTitle") == payload
    assert text_of(screen, "surveyQuestion") == payload
    (choice,) = screen.window.findChildren(Option)
    assert isinstance(choice, Option)
    assert choice.radio.accessibleName() == payload
    assert not part(screen, QPushButton, "goOn").isVisible()
    assert not [one for one in mind.done if isinstance(one, OpenBrowser)]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_only_web_addresses_are_links(screen: Screen, scheme: str) -> None:
    screen.mind.wait_in_queue().hear(told(2, text=f"See {scheme} or https:// or http://["))
    screen.draw()
    text = part(screen, RichText, "noticeWords")
    assert "<a" not in text.toHtml()


def test_no_label_guesses_at_a_format(screen: Screen, qtbot: QtBot) -> None:
    labels = screen.window.findChildren(QLabel)
    assert labels
    for one in labels:
        assert isinstance(one, QLabel)
        assert one.textFormat() is Qt.TextFormat.PlainText or not one.text()
    for browser in screen.window.findChildren(QTextBrowser):
        assert isinstance(browser, RichText)
