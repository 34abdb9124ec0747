"""Two relays never share a data folder."""

from pathlib import Path

import pytest

from relay import folderlock
from relay.app import running
from relay.config import RelayConfig
from relay.fault import StartFault
from tests.conftest import World


async def test_a_second_relay_is_refused_and_the_first_goes_on(
    world: World, relay_config: RelayConfig
) -> None:
    with pytest.raises(StartFault) as fault:
        async with running(relay_config):
            pass
    assert fault.value.key == "relay.fault.data_in_use"
    talk = await world.talk()
    assert talk.session


def test_the_folder_is_free_again_afterwards(tmp_path: Path) -> None:
    for _ in range(2):
        with folderlock.held(tmp_path):
            pass
