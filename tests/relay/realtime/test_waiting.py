"""Waiting customers hear their place and, once there is something to learn from, their wait."""

import asyncio

from protocol.signals import QueuePlace
from relay.app import Tuning, running
from relay.domain.estimate import LEAST_SAMPLES
from tests.conftest import CHEAP, World


async def test_the_wait_is_unknown_until_there_are_samples_and_survives_a_restart(
    world: World,
) -> None:
    ada = await world.representative("ada")
    desk = await ada.desk()
    for _ in range(LEAST_SAMPLES):
        customer = await world.customer()
        joined = await customer.join((await ada.make_key(desk, own=False)).key)
        mine, _ = await customer.connect()
        place = await mine.hear(QueuePlace)
        assert (place.position, place.on_duty, place.least_s) == (1, 1, None)
        await ada.accept(desk, joined.session)
    customer = await world.customer()
    await customer.join((await ada.make_key(desk, own=False)).key)
    mine, _ = await customer.connect()
    told = await mine.hear(QueuePlace)
    assert told.least_s is not None
    assert told.most_s is not None
    assert told.least_s < told.most_s
    await asyncio.gather(mine.closed(), world.relay.close())
    async with running(world.relay.config, tuning=Tuning(hasher=CHEAP)):
        desk = await ada.desk()
        mine, _ = await customer.connect()
        while (again := await mine.hear(QueuePlace)).on_duty == 0:
            pass
        assert (again.least_s, again.most_s) == (told.least_s, told.most_s)


async def test_an_own_queue_counts_its_owner_only(world: World) -> None:
    ada, linus = [await world.representative(name) for name in ("ada", "linus")]
    desk, _ = await ada.desk(), await linus.desk()
    customer = await world.customer()
    await customer.join((await ada.make_key(desk, own=True)).key)
    mine, _ = await customer.connect()
    assert (await mine.hear(QueuePlace)).on_duty == 1
    await desk.close()
    while (await mine.hear(QueuePlace)).on_duty != 0:
        pass


async def test_who_leaves_the_queue_moves_the_others_up(world: World) -> None:
    count = 3
    ada = await world.representative("ada")
    desk = await ada.desk()
    sockets, sessions = [], []
    for _ in range(count):
        customer = await world.customer()
        sessions.append((await customer.join((await ada.make_key(desk, own=False)).key)).session)
        socket, _ = await customer.connect()
        sockets.append(socket)
    while (await sockets[-1].hear(QueuePlace)).position != count:
        pass
    await ada.accept(desk, sessions[0])
    while (await sockets[-1].hear(QueuePlace)).position != count - 1:
        pass
