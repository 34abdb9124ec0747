"""A whole session with the frozen program: both talk, the screen is shown, and it ends."""

import asyncio
import contextlib
import io
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from enum import StrEnum

from PIL import Image

from installers.computer import Started
from installers.representative import Representative, Socket
from protocol.facts import ChatPosted, SessionEnded
from protocol.picture import Codec
from protocol.requests import ChatPost, SessionAccept, SessionEnd
from protocol.roles import Door
from protocol.share_facts import ShareEnded, ShareStarted
from protocol.share_requests import GrantAsk
from protocol.sharing import Grant
from protocol.signals import Ack, DeskState, QueueEntry, Seen
from protocol.working import NudgeMark
from protocol.working_facts import NudgeTold
from protocol.working_requests import NudgeSend
from scripts.stage.relay import REPRESENTATIVE, Relay

GREETING = "Good morning. Can you read this?"
LINE = "The frozen client says hello"
ANSWER = "The representative has heard it"
END_KEY = "ctrl+alt+shift+e"

GUARD_S = 1.5
"""The question takes no yes in its first second."""

DARK = 40
"""A screen without any pixel brighter than this (of 255) was not seen."""


class Ending(StrEnum):
    """Who ends the session."""

    REPRESENTATIVE = "the representative ends it"
    CUSTOMER = "the customer closes the window"


class Odd(Exception):
    """The program did something else than it should; the text says what."""


@dataclass(frozen=True)
class Duty:
    """A representative who is there."""

    who: Representative
    relay: Relay

    async def code(self, name: str) -> str:
        """A new join code for the customer `name`."""
        key = await asyncio.to_thread(self.relay.make_key, REPRESENTATIVE)
        return await self.who.ask_for_help(name, key)

    async def accept(self, name: str) -> str:
        """The session of the waiting customer `name`."""

        def found(state: DeskState) -> list[QueueEntry]:
            return [one for one in state.queue if one.customer == name and one.present]

        async with self.who.socket(Door.DESK) as desk:
            state = await desk.hear(DeskState, lambda state: bool(found(state)))
            session = found(state)[0].session
            await desk.say(SessionAccept(id=f"accept-{session[:8]}", session=session))
            await desk.hear(Ack)
            return session


@contextlib.asynccontextmanager
async def on_duty(who: Representative, relay: Relay) -> AsyncIterator[Duty]:
    """Somebody who waits for customers."""
    async with who.socket(Door.DESK) as desk:
        there = asyncio.create_task(desk.stay())
        try:
            yield Duty(who, relay)
        finally:
            there.cancel()


async def whole(
    duty: Duty,
    customer: Started,
    name: str,
    ending: Ending,
    *,
    shared: Callable[[], None] | None = None,
) -> None:
    """From the queue to the closed window. With `shared` the screen is shown, too, and `shared`
    called while it is. Raises `Odd`."""
    session = await duty.accept(name)
    async with duty.who.socket(Door.SESSION, session) as talking:
        await both_talk(talking, customer)
        if shared is not None:
            await show(talking, customer)
            shared()
            await asyncio.to_thread(customer.press, END_KEY)
            await talking.hear(ShareEnded)
            await _nudge(talking)
        await end(talking, customer, ending)


async def end(talking: Socket, customer: Started, ending: Ending) -> None:
    """Ends the session and closes the window; the program has ended then."""
    if ending is Ending.REPRESENTATIVE:
        await talking.say(SessionEnd(id="ending-1"))
        await talking.hear(SessionEnded)
        await asyncio.to_thread(customer.press, "alt+F4")
    else:
        await asyncio.to_thread(customer.press, "alt+F4", "Tab", "Return")
        await talking.hear(SessionEnded)
    code = await asyncio.to_thread(customer.wait_for_end)
    if code:
        raise Odd(f"the program ended with {code}")


async def both_talk(talking: Socket, customer: Started) -> str:
    """The customer's participant id. What was seen shows that the window can be typed into."""
    await talking.say(ChatPost(id="greeting-1", text=GREETING))
    greeted = await talking.hear(Ack)
    seen = await talking.hear(Seen, lambda one: one.seq >= greeted.seq)
    await asyncio.to_thread(customer.type_line, LINE)
    heard = await talking.hear(ChatPosted, lambda one: one.by == seen.by)
    if heard.text != LINE:
        raise Odd(f"the line arrived as {heard.text!r}")
    await talking.say(ChatPost(id="answer-1", text=ANSWER))
    stored = await talking.hear(Ack)
    await talking.hear(Seen, lambda one: one.by == heard.by and one.seq >= stored.seq)
    return heard.by


async def show(talking: Socket, customer: Started) -> None:
    """Asked, allowed with the keyboard, and seen."""
    await talking.say(GrantAsk(id="asking-1", grant=Grant.VIEW, reason="To look at it with you"))
    await talking.hear(Ack)
    await asyncio.to_thread(time.sleep, GUARD_S)
    await asyncio.to_thread(customer.press, "Tab", "space")
    started = await talking.hear(ShareStarted)
    tile = await talking.see(started.share, started.epoch)
    grey = Image.open(io.BytesIO(tile)).convert("L")
    if max(grey.tobytes()) < DARK:
        raise Odd("the shared screen is black")
    if await talking.codec(started.share, started.epoch) is not Codec.VP9_444:
        raise Odd("the codec is not in the bundle, or not the one that is known")


async def _nudge(talking: Socket) -> None:
    await talking.say(NudgeSend(id="nudge-001"))
    await talking.hear(NudgeTold, lambda one: one.mark is NudgeMark.DELIVERED)
