"""A screen of its own for tests that change its keyboard or its windows."""

from collections.abc import Iterator

import pytest

from scripts.display import virtual_display


@pytest.fixture(scope="module")
def screen_name() -> Iterator[str]:
    """The name of a display with a window manager and no other program."""
    with virtual_display() as name:
        yield name
