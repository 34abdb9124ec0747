"""What the frozen client has to do: open its window, join, say a line and hear one."""

import asyncio
import contextlib
import time
from collections.abc import Iterator
from pathlib import Path

from installers.build_client import NAME, build, size_of
from installers.representative import signed_in
from protocol.facts import ChatPosted, SessionEnded
from protocol.requests import ChatPost, SessionAccept, SessionEnd
from protocol.roles import Door
from protocol.signals import Ack, DeskState, Seen
from scripts.display import virtual_display
from scripts.stage.customer import Customer, running_customer
from scripts.stage.relay import (
    REPRESENTATIVE,
    Relay,
    ensure_representative,
    free_port,
    running_relay,
)

LINE = "The frozen client says hello"
ANSWER = "The representative has heard it"
PATIENCE_S = 60


@contextlib.contextmanager
def timed(what: str) -> Iterator[None]:
    """Prints how long the block took."""
    began = time.monotonic()
    yield
    print(f"{what}: {time.monotonic() - began:.1f} s", flush=True)


def rehearse(dist: Path | None, work: Path) -> None:
    """Everything in turn. Raises what went wrong."""
    program = dist / NAME / NAME if dist else None
    if program is None:
        with timed("built"):
            program = build(work / "dist")
    print(f"size: {size_of(program.parent) / 1e6:.0f} MB")
    data = work / "relay"
    data.mkdir()
    ensure_representative(data)
    with virtual_display() as display, running_relay(data, free_port()) as relay:
        key = relay.make_key(REPRESENTATIVE)
        with running_customer(relay, key, display, program=[str(program)]) as customer:
            with timed("first window"):
                customer.wait_for_window()
            with timed("conversation"):
                asyncio.run(asyncio.wait_for(talk(relay, customer), PATIENCE_S))


async def talk(relay: Relay, customer: Customer) -> None:
    """Accepts the customer, hears a typed line, answers, sees it seen, and ends."""
    link = relay.sign_in_link(REPRESENTATIVE)
    async with signed_in(relay.origin, relay.authority, link) as ada:
        async with ada.socket(Door.DESK) as desk:
            waiting = await desk.hear(DeskState, lambda state: bool(state.queue))
            session = waiting.queue[0].session
            await desk.say(SessionAccept(id="accept-1", session=session))
            await desk.hear(Ack)
        async with ada.socket(Door.SESSION, session) as talking:
            await asyncio.to_thread(customer.type_line, LINE)
            heard = await talking.hear(ChatPosted)
            if heard.text != LINE:
                raise RuntimeError(f"the line arrived as {heard.text!r}")
            await talking.say(ChatPost(id="answer-1", text=ANSWER))
            stored = await talking.hear(Ack)
            await talking.hear(Seen, lambda seen: seen.by == heard.by and seen.seq >= stored.seq)
            await talking.say(SessionEnd(id="ending-1"))
            await talking.hear(SessionEnded)
