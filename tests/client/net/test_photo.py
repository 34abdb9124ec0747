"""The photo of who helps, fetched from the real relay."""

import hashlib

import pytest

from client.net.photo import fetch_photo
from client.net.switchboard import Switchboard
from client.session.machines import Page
from protocol import limits
from relay.storage.photos import Photo, PhotoStore
from tests.client.net.person import person
from tests.client.net.test_link import authority
from tests.conftest import World
from tests.relay.pictures import JPEG, png


async def with_photo(world: World, name: str, content: bytes) -> str:
    """Give somebody a photo; its SHA-256."""
    found = await world.relay.parts.accounts.by_name(name)
    assert found
    await PhotoStore(world.relay.database).put(found[0].id, Photo(content, "image/jpeg"))
    return hashlib.sha256(content).hexdigest()


async def test_the_customer_sees_who_helps(world: World) -> None:
    async with person(world.origin, authority(world)) as grace:
        ada = await world.representative("ada")
        sha256 = await with_photo(world, "ada", JPEG)
        desk = await ada.desk()
        grace.join((await ada.make_key(desk)).key)
        await grace.until(lambda state: state.page is Page.WAITING)
        assert grace.state.snapshot
        await ada.accept(desk, grace.state.snapshot.session)
        await grace.until(lambda state: state.photos.get(sha256) == JPEG)


@pytest.mark.parametrize("content", [png(3, 2) + bytes(limits.PHOTO_BYTES), b"", b"no picture"])
async def test_what_is_too_long_or_not_there_is_none(world: World, content: bytes) -> None:
    await world.representative("ada")
    sha256 = await with_photo(world, "ada", content)
    async with person(world.origin, authority(world)) as grace:
        assert isinstance(grace.board, Switchboard)
        came = await fetch_photo(grace.board._target, sha256)
        assert (came is not None) is (0 < len(content) <= limits.PHOTO_BYTES)
        assert await fetch_photo(grace.board._target, "0" * 64) is None
