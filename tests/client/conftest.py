"""What the client's tests share. Without a display Qt draws into memory."""

import os
from pathlib import Path

import pytest

if not os.environ.get("DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

HERE = Path(__file__).parent
OFFSCREEN_SAYS = r"This plugin does not support (propagateSizeHints|raise|grabbing the keyboard)"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Drawing into memory, Qt complains of having no window manager; that is no fault of ours."""
    if os.environ.get("QT_QPA_PLATFORM") == "offscreen":
        for item in items:
            if item.path.is_relative_to(HERE):
                item.add_marker(pytest.mark.qt_log_ignore(OFFSCREEN_SAYS))
