"""The codec's library, opened once; a wall to look at, and studios before it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from client.capture.vpx_file import vpx_file
from client.capture.vpx_library import Library
from client.platform.base import Unavailable
from tests.client.capture.desk import Desk, Room
from tests.client.capture.studio import Studio, Studios, Wall


@pytest.fixture(scope="session")
def library() -> Library:
    path = vpx_file()
    assert path is not None, "scripts/fetch_vpx.py fetches it"
    return Library(path)


@pytest.fixture
def wall() -> Iterator[Wall]:
    painted = Wall()
    yield painted
    painted.close()


@pytest.fixture
def studio(wall: Wall, library: Library) -> Iterator[Studios]:
    made: list[Studio] = []

    def make(desk: Desk | Unavailable | None = None, *, vpx: Path | None = None) -> Studio:
        room = Room(Desk() if desk is None else desk)
        made.append(Studio(room, library, vpx or vpx_file()))
        return made[-1]

    yield make
    for one in made:
        one.close()
