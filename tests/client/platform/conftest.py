"""A screen of its own for tests that change its keyboard or its windows."""

from collections.abc import Iterator

import pytest

from client.platform.base import Unavailable
from client.platform.desktop import Injector
from client.platform.linux.desktop import LinuxDesktop
from scripts.display import virtual_display
from tests.client.platform.programs import keyboard_layout


@pytest.fixture(scope="module")
def screen_name() -> Iterator[str]:
    """The name of a display with a window manager and no other program."""
    with virtual_display() as name:
        yield name


@pytest.fixture
def injector(screen_name: str) -> Iterator[Injector]:
    """One for that screen, which has a keyboard of the US."""
    keyboard_layout(screen_name, "us")
    opened = LinuxDesktop({"DISPLAY": screen_name}).injector()
    assert not isinstance(opened, Unavailable)
    yield opened
    opened.close()
