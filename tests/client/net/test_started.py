"""A coroutine that is begun at once and finished later."""

import asyncio

import pytest

from client.net.started import Started


async def test_the_first_step_is_taken_at_once() -> None:
    steps: list[str] = []
    gate = asyncio.Event()

    async def work() -> None:
        steps.append("begun")
        await gate.wait()
        steps.append("done")

    begun = Started(work())
    assert steps == ["begun"]
    asyncio.get_running_loop().call_soon(gate.set)
    await begun
    assert steps == ["begun", "done"]


async def test_what_never_waits_is_over_at_once() -> None:
    steps: list[int] = []

    async def work() -> None:
        steps.append(1)

    await Started(work())
    assert steps == [1]


async def test_it_waits_as_often_as_the_coroutine_does() -> None:
    count = 0

    async def work() -> None:
        nonlocal count
        for _ in range(5):
            await asyncio.sleep(0)
            count += 1

    await Started(work())
    assert count == 5


async def test_what_it_waits_for_may_be_over_before() -> None:
    future = asyncio.get_running_loop().create_future()

    async def work() -> None:
        await future

    begun = Started(work())
    future.set_result(None)
    await begun


async def test_errors_come_out_in_either_step() -> None:
    async def early() -> None:
        raise ConnectionResetError

    async def late() -> None:
        await asyncio.sleep(0)
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        Started(early())
    with pytest.raises(ConnectionResetError):
        await Started(late())


async def test_a_cancelled_wait_is_cancelled_inside() -> None:
    seen: list[str] = []

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            seen.append("cancelled")
            raise

    async def outer() -> None:
        await Started(work())

    task = asyncio.create_task(outer())
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert seen == ["cancelled"]
