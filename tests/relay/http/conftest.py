"""A running relay and a visitor."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from relay.app import Relay
from tests.relay.site import ManualClock, Visitor, relay_at, visiting


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def relay(tmp_path: Path, clock: ManualClock) -> AsyncIterator[Relay]:
    async with relay_at(tmp_path / "data", clock) as running:
        yield running


@pytest.fixture
async def visitor(relay: Relay) -> AsyncIterator[Visitor]:
    async with visiting(relay) as one:
        yield one
