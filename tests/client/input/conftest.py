"""The input thread on the screen of the tests, and other programs there."""

from collections.abc import Iterator

import pytest

from tests.client.input.scene import PLACE, Scene, display_name, scene
from tests.client.platform.programs import Listener, listener


@pytest.fixture
def stage() -> Iterator[Scene]:
    with scene() as made:
        yield made


@pytest.fixture
def program() -> Iterator[Listener]:
    with listener(display_name(), PLACE) as made:
        yield made


@pytest.fixture
def editor() -> Iterator[Listener]:
    with listener(display_name(), PLACE, "--edit") as made:
        yield made
