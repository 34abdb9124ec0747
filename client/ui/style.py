"""The style sheet; `$name` is a colour token, `$ticked`, `$partly` and `$unfold` are pictures."""

import re
from string import Template

from client.ui import icons
from client.ui.tokens import Scheme, tokens

SHEET = Template("""
QWidget { color: $ink; font-size: 14px; }
QWidget#window, QWidget#joinPage, QWidget#connectingPage, QWidget#preparingPage, QWidget#talkPage {
  background: $ground;
}
QWidget[role="clear"] { background: transparent; }
QToolTip { background: $ink; color: $surface; border: none; padding: 4px 8px; }

QLabel[role="soft"] { color: $soft; }
QLabel[role="small"] { color: $soft; font-size: 12px; }
QLabel[role="label"] { font-weight: 600; }
QLabel[role="title"] { font-size: 20px; font-weight: 600; }
QLabel[role="strong"] { font-size: 16px; font-weight: 600; }
QLabel[role="problem"] { color: $danger; }

QFrame#header { background: $surface; border: none; border-bottom: 1px solid $line; }
QFrame#wordsBand { background: $raised; border: none; border-bottom: 1px solid $line; }
QFrame#notice { background: $warnBand; border: none; }
QFrame#notice QLabel { color: $warnBandInk; }
QFrame[role="card"] { background: $surface; border: 1px solid $line; border-radius: 12px; }
QFrame#composer { background: $surface; border: none; border-top: 1px solid $line; }

QTextBrowser[role="text"] {
  background: transparent; border: none; padding: 0;
  selection-background-color: $accent; selection-color: $accentInk;
}
QTextBrowser[role="text"]:focus { border: none; }
QScrollArea#preparingReading { border: 2px solid transparent; border-radius: 8px; }
QScrollArea#preparingReading:focus { border: 2px solid $accent; }

QLineEdit, QPlainTextEdit {
  background: $surface; color: $ink; border: 1px solid $control; border-radius: 8px;
  selection-background-color: $accent; selection-color: $accentInk;
}
QLineEdit { padding: 9px 12px; min-height: 20px; }
QPlainTextEdit { padding: 8px; }
QLineEdit:focus { border: 2px solid $accent; padding: 8px 11px; }
QPlainTextEdit:focus { border: 2px solid $accent; padding: 7px; }
QLineEdit#keyField { font-size: 20px; }

QPushButton {
  background: $surface; color: $ink; border: 1px solid $control; border-radius: 8px;
  padding: 7px 15px; min-height: 20px; font-weight: 600;
}
QPushButton:hover { background: $raised; }
QPushButton:pressed { background: $line; }
QPushButton:focus { border: 2px solid $accent; padding: 6px 14px; }
QPushButton[role="primary"] { background: $accent; color: $accentInk; border: 1px solid $accent; }
QPushButton[role="primary"]:focus { border: 2px solid $ink; }
QPushButton:disabled { color: $soft; border-color: $line; background: $raised; }
QPushButton[role="danger"] { background: $danger; color: $dangerInk; border: 1px solid $danger; }
QPushButton[role="danger"]:focus { border: 2px solid $ink; }
QPushButton[role="quiet"] {
  background: transparent; border: 1px solid transparent; color: $soft; font-weight: 400;
  padding: 3px 7px;
}
QPushButton[role="quiet"]:hover { background: $raised; color: $ink; }
QPushButton[role="quiet"]:focus { border: 2px solid $accent; padding: 2px 6px; }
QPushButton#send {
  background: $accent; border: 1px solid $accent; border-radius: 8px; padding: 0;
  min-width: 36px; max-width: 36px; min-height: 36px; max-height: 36px;
}
QPushButton#send:focus { border: 2px solid $ink; }
QPushButton#attach { padding: 0; min-width: 36px; max-width: 36px; min-height: 36px; }
QPushButton#newer { border-radius: 17px; font-weight: 400; }

QFrame[role="banner"] { background: $warnBand; border: none; }
QFrame[role="banner"] QLabel { color: $warnBandInk; }
QFrame[role="banner"] QLabel[role="strong"] { font-size: 14px; font-weight: 600; }
QFrame[role="banner"] QPushButton {
  background: transparent; color: $warnBandInk; border: 1px solid $warnBandInk;
  padding: 3px 9px; font-weight: 400;
}
QFrame[role="banner"] QPushButton:hover { background: $warnBandInk; color: $warnBand; }
QFrame[role="banner"] QPushButton:focus { border: 2px solid $warnBandInk; padding: 2px 8px; }
QFrame[role="banner"] QPushButton[role="stop"] {
  background: $stop; color: $stopInk; border: 1px solid $stop; padding: 7px 15px; font-weight: 600;
}
QFrame[role="banner"] QPushButton[role="stop"]:hover { border: 1px solid $warnBandInk; }
QFrame[role="banner"] QPushButton[role="stop"]:focus {
  border: 2px solid $warnBandInk; padding: 6px 14px;
}
QWidget#shareStrip { background: $warnBand; border: 1px solid $warnBandInk; }

QFrame[role="sheet"] {
  background: $surface; border: none; border-bottom: 1px solid $line;
}
QScrollArea#sheetReading { border: 2px solid transparent; border-radius: 8px; }
QScrollArea#sheetReading:focus { border: 2px solid $accent; }
QComboBox {
  background: $surface; color: $ink; border: 1px solid $control; border-radius: 8px;
  padding: 5px 11px; min-height: 20px;
}
QComboBox::drop-down { border: none; width: 28px; }
QComboBox::down-arrow { image: url("$unfold"); width: 16px; height: 16px; }
QComboBox:focus { border: 2px solid $accent; padding: 4px 10px; }
QComboBox QAbstractItemView {
  background: $surface; color: $ink; border: 1px solid $line; outline: none;
  selection-background-color: $accentSoft; selection-color: $ink;
}
QCheckBox { spacing: 8px; min-height: 24px; }
QCheckBox:focus { border: 2px solid $accent; border-radius: 4px; }
QCheckBox::indicator, QTreeWidget::indicator {
  width: 14px; height: 14px; border: 2px solid $control; border-radius: 4px; background: $surface;
}
QCheckBox::indicator:checked, QTreeWidget::indicator:checked {
  background: $accent; border-color: $accent; image: url("$ticked");
}
QCheckBox::indicator:indeterminate, QTreeWidget::indicator:indeterminate {
  background: $accent; border-color: $accent; image: url("$partly");
}
QCheckBox::indicator:disabled { border-color: $line; }
QTreeWidget {
  background: $surface; color: $ink; border: 1px solid $control; border-radius: 8px; padding: 4px;
}
QTreeWidget:focus { border: 2px solid $accent; padding: 3px; }
QTreeWidget::item { min-height: 32px; }
QTreeWidget::item:selected { background: $accentSoft; color: $ink; }

QScrollArea#above[scrolls="true"] { border-bottom: 1px solid $line; }
QScrollArea#below[scrolls="true"] { border-top: 1px solid $line; }

QLabel#dropArea {
  background: $accentSoft; color: $ink; border: 2px dashed $accent; border-radius: 12px;
  font-size: 16px; font-weight: 600;
}
QProgressBar {
  background: $line; border: none; border-radius: 3px; min-height: 6px; max-height: 6px;
}
QProgressBar::chunk { background: $accent; border-radius: 3px; }

QFrame#noticeCard { border: 1px solid $warn; }

QRadioButton { spacing: 0; min-height: 20px; min-width: 20px; }
QRadioButton::indicator {
  width: 14px; height: 14px; border: 2px solid $control; border-radius: 9px; background: $surface;
}
QRadioButton::indicator:checked { border: 5px solid $accent; width: 8px; height: 8px; }
QRadioButton::indicator:focus { border-color: $accent; }

QToolButton#more {
  background: transparent; border: 1px solid transparent; border-radius: 8px;
  min-width: 30px; min-height: 30px;
}
QToolButton#more:hover { background: $raised; }
QToolButton#more:focus { border: 2px solid $accent; }
QToolButton#more::menu-indicator { image: none; }

QListView#log { background: $ground; border: none; outline: none; }
QDialog { background: $surface; }
QMenu { background: $surface; color: $ink; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 6px 16px; border-radius: 4px; }
QMenu::section { color: $soft; padding: 6px 16px; }
QMenu::item:disabled { color: $soft; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QMenu::item:selected { background: $accentSoft; color: $ink; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; }
QScrollBar::handle:vertical { background: $control; border-radius: 3px; min-height: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { height: 0; width: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QScrollArea { border: none; background: transparent; }
""")

_PICTURES = ("ticked", "partly", "unfold")


_FONT_SIZE = re.compile(r"font-size: (\d+)px")


def sheet(scheme: Scheme, percent: int = 100, around: int = 100) -> str:
    """The style sheet in light or dark: what is written at `percent` of the usual size, everything
    around the conversation at `around`."""
    pictures = {name: icons.path(f"{name}_{scheme}") for name in _PICTURES}
    written = SHEET.substitute(tokens().colours[scheme], **pictures)
    sized = _FONT_SIZE.sub(lambda size: _font_size(int(size[1]), around), written)
    return f"{sized}\nQPlainTextEdit#draft {{ {_font_size(tokens().base, percent)}; }}\n"


def _font_size(pixels: int, percent: int) -> str:
    return f"font-size: {round(pixels * percent / 100)}px"
