"""A desk that nobody touches: away for new customers, and for nothing else."""

import asyncio

from protocol.facts import SessionAccepted
from protocol.requests import ChatPost, DeskIdle, PresenceSet
from protocol.roles import Presence
from protocol.signals import DeskState, QueuePlace
from tests.conftest import World
from tests.peers import Representative, Socket, client_id, say


async def until(desk: Socket, presence: Presence, *, idle: bool) -> DeskState:
    """The next state of the desk that says so."""
    while (state := await desk.hear(DeskState)).presence is not presence or state.idle is not idle:
        pass
    return state


async def at_desk(world: World, person: Representative) -> Socket:
    return await world.stack.enter_async_context(await person.desk())


async def test_who_touches_nothing_is_away_and_back_as_before(world: World) -> None:
    ada, bob = await world.representative("ada"), await world.representative("bob")
    desk, other = await at_desk(world, ada), await at_desk(world, bob)
    await desk.ask(PresenceSet(presence=Presence.BUSY))
    await desk.ask(DeskIdle(on=True))
    await until(desk, Presence.AWAY, idle=True)
    while (await other.hear(DeskState)).colleagues[0].presence is not Presence.AWAY:
        pass
    await desk.ask(DeskIdle(on=False))
    await until(desk, Presence.BUSY, idle=False)


async def test_away_by_choice_is_no_idleness(world: World) -> None:
    desk = await at_desk(world, await world.representative("ada"))
    await desk.ask(PresenceSet(presence=Presence.AWAY))
    await desk.ask(DeskIdle(on=True))
    await until(desk, Presence.AWAY, idle=False)
    await desk.ask(DeskIdle(on=False))
    await desk.ask(PresenceSet(presence=Presence.AVAILABLE))
    await until(desk, Presence.AVAILABLE, idle=False)


async def test_one_desk_that_is_touched_is_enough(world: World) -> None:
    ada = await world.representative("ada")
    desk, window = await at_desk(world, ada), await at_desk(world, ada)
    await desk.ask(DeskIdle(on=True))
    await desk.ask(PresenceSet(presence=Presence.BUSY))
    await until(window, Presence.BUSY, idle=False)
    await window.ask(DeskIdle(on=True))
    await until(desk, Presence.AWAY, idle=True)
    await window.ask(DeskIdle(on=False))
    await until(desk, Presence.BUSY, idle=False)
    await window.close()
    await until(desk, Presence.AWAY, idle=True)


async def test_a_page_that_comes_back_by_itself_makes_nobody_available(world: World) -> None:
    ada = await world.representative("ada")
    desk = await at_desk(world, ada)
    await desk.ask(DeskIdle(on=True))
    await until(desk, Presence.AWAY, idle=True)
    second = await at_desk(world, ada)
    await until(second, Presence.AWAY, idle=True)
    await asyncio.gather(desk.close(), second.close())
    again = await at_desk(world, ada)
    await until(again, Presence.AWAY, idle=True)
    await again.ask(DeskIdle(on=False))
    await until(again, Presence.AVAILABLE, idle=False)


async def test_nobody_is_handed_a_customer_while_nobody_touches_their_desk(world: World) -> None:
    ada, bob = await world.representative("ada"), await world.representative("bob")
    desk, other = await at_desk(world, ada), await at_desk(world, bob)
    team_id = await world.team("Billing", "ada", "bob", least_busy=True)
    await desk.ask(DeskIdle(on=True))
    await until(desk, Presence.AWAY, idle=True)
    await other.ask(PresenceSet(presence=Presence.BUSY))
    await until(other, Presence.BUSY, idle=False)
    visitor = await world.customer()
    await visitor.join((await bob.make_key(other, team=team_id)).key)
    mine, _ = await visitor.connect()
    await mine.hear(QueuePlace)
    await other.ask(PresenceSet(presence=Presence.AVAILABLE))
    assert (await mine.hear(SessionAccepted)).participant.name == "Bob"
    later = await world.customer()
    await later.join((await bob.make_key(other, team=team_id)).key)
    theirs, welcome = await later.connect()
    assert welcome.snapshot is not None
    told = [one for one in welcome.snapshot.log if isinstance(one, SessionAccepted)]
    taken = told[0] if told else await theirs.hear(SessionAccepted)
    assert taken.participant.name == "Bob", "though she has none"


async def test_a_running_session_goes_on(world: World) -> None:
    talk = await world.talk()
    await talk.desk.ask(DeskIdle(on=True))
    state = await until(talk.desk, Presence.AWAY, idle=True)
    assert [one.session for one in state.sessions] == [talk.session]
    world.later(3600)
    await say(talk.mine, "are you there?")
    await talk.theirs.ask(ChatPost(id=client_id(), text="still here"))
    (room,) = world.relay.hub.rooms.values()
    while "still here" not in str(await talk.mine.event()):
        pass
    assert room.session.helpers
    assert not room.absent
