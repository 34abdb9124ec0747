"""The client's network against the real relay over TLS, on wires good and bad."""

from pathlib import Path

from client.session.inputs import (
    Admitted,
    CloseWanted,
    EndAnswered,
    EndWanted,
    JoinWanted,
    Shown,
    Wrote,
)
from client.session.machines import Page
from client.session.state import LinkState, Trouble, Verdict
from protocol import keys
from protocol.api import Joined
from protocol.errors import ErrorCode
from protocol.facts import ChatPosted, SessionEnded
from protocol.requests import ChatTyping
from protocol.signals import Seen, Typing
from tests.client.net.person import Person, person
from tests.client.net.wire import wire_to
from tests.conftest import World
from tests.peers import Representative, Socket, say

OTHER_IDENTITY = "A" * 43


def authority(world: World) -> Path:
    return world.relay.config.data_folder / "development-ca.pem"


async def accepted(world: World, somebody: Person) -> tuple[Representative, Socket]:
    """Have `somebody` join by a fresh key and be accepted; the representative's session socket."""
    ada = await world.representative("ada")
    desk = await ada.desk()
    somebody.join((await ada.make_key(desk)).key)
    await somebody.until(lambda state: state.page is Page.WAITING)
    snapshot = somebody.state.snapshot
    assert snapshot
    await ada.accept(desk, snapshot.session)
    await somebody.until(lambda state: state.page is Page.TALKING)
    socket, _ = await ada.session(snapshot.session)
    return ada, socket


async def test_a_conversation_with_the_pinned_relay(world: World) -> None:
    identity = world.relay.identity.public_text
    async with person(world.origin, authority(world), identity) as grace:
        _, theirs = await accepted(world, grace)
        assert grace.state.snapshot
        me = grace.state.snapshot.participants[0]
        assert (me.id, me.name, me.system) == (grace.state.me, "Grace", "Debian 12")
        grace.say("hello")
        assert (await theirs.hear(ChatPosted)).text == "hello"
        await say(theirs, "hello yourself")
        await grace.until(lambda _: grace.chat == ["hello", "hello yourself"])
        assert grace.state.outbox.lines == ()


async def test_typing_and_reading_pass_both_ways(world: World) -> None:
    async with person(world.origin, authority(world)) as grace:
        _, theirs = await accepted(world, grace)
        grace.take(Wrote(on=True))
        assert (await theirs.hear(Typing)).on
        await theirs.ask(ChatTyping(on=True))
        await grace.until(lambda state: bool(state.typing))
        ack = await say(theirs, "read this")
        await grace.until(lambda _: grace.chat == ["read this"])
        grace.take(Shown(ack.seq))
        assert (await theirs.hear(Seen)).seq == ack.seq


async def test_either_side_ends(world: World) -> None:
    async with person(world.origin, authority(world)) as grace:
        _, theirs = await accepted(world, grace)
        grace.take(EndWanted())
        grace.take(EndAnswered(yes=True, id="end00001"))
        assert grace.state.page is Page.ENDED
        assert (await theirs.hear(SessionEnded)).by == grace.state.me
        await grace.until(lambda state: state.link is LinkState.CLOSED)


async def test_closing_the_window_quits_once_the_end_is_stored(world: World) -> None:
    async with person(world.origin, authority(world)) as grace:
        _, theirs = await accepted(world, grace)
        grace.take(CloseWanted())
        grace.take(EndAnswered(yes=True, id="end00001"))
        await theirs.hear(SessionEnded)
        await grace.until(lambda _: grace.quit)


async def test_a_wrong_key_comes_back_with_the_relays_reason(world: World) -> None:
    async with person(world.origin, authority(world)) as grace:
        grace.join("7654321" + keys.check_digit("7654321"))
        await grace.until(lambda state: state.complaint is not None)
        assert grace.state.complaint
        assert grace.state.complaint.about is ErrorCode.UNKNOWN_KEY
        assert grace.state.page is Page.JOIN


async def test_an_impostor_gets_no_session(world: World) -> None:
    ada = await world.representative("ada")
    key = (await ada.make_key(await ada.desk())).key
    async with person(world.origin, authority(world), OTHER_IDENTITY) as grace:
        grace.join(key)
        await grace.until(lambda state: state.complaint is not None)
        assert grace.state.complaint
        assert grace.state.complaint.about is Trouble.IMPOSTOR


async def test_a_certificate_nobody_vouches_for_is_refused(world: World) -> None:
    key = "7654321" + keys.check_digit("7654321")
    async with person(world.origin, ca=None) as grace:
        grace.join(key)
        await grace.until(lambda state: state.complaint is not None)
        assert grace.state.complaint
        assert grace.state.complaint.about is Trouble.UNTRUSTED


async def test_what_was_said_offline_arrives_once_and_in_order(world: World) -> None:
    async with (
        wire_to(world.relay.port) as wire,
        person(f"https://localhost:{wire.port}", authority(world)) as grace,
    ):
        _, theirs = await accepted(world, grace)
        grace.say("one")
        assert (await theirs.hear(ChatPosted)).text == "one"
        wire.cut()
        await grace.until(lambda state: state.link is LinkState.LOST)
        grace.say("two")
        grace.say("three")
        await say(theirs, "are you there?")
        wire.mend()
        await grace.until(lambda _: len(grace.chat) == 4)
        assert grace.chat == ["one", "are you there?", "two", "three"]
        assert grace.state.outbox.lines == ()


async def test_lines_under_way_when_the_wire_breaks_are_not_doubled(world: World) -> None:
    async with (
        wire_to(world.relay.port) as wire,
        person(f"https://localhost:{wire.port}", authority(world)) as grace,
    ):
        _, theirs = await accepted(world, grace)
        for round_ in range(5):
            for number in range(10):
                grace.say(f"{round_}.{number}")
            if round_ % 2:
                await theirs.hear(ChatPosted)
            wire.cut()
            wire.mend()
        await grace.until(lambda state: len(grace.chat) == 50 and not state.outbox.lines)
        assert grace.chat == [f"{round_}.{number}" for round_ in range(5) for number in range(10)]


async def test_a_wire_that_only_stands_still_loses_nothing(world: World) -> None:
    async with (
        wire_to(world.relay.port) as wire,
        person(f"https://localhost:{wire.port}", authority(world)) as grace,
    ):
        _, theirs = await accepted(world, grace)
        wire.hold()
        for number in range(100):
            grace.say(f"line {number}")
        wire.release()
        await grace.until(lambda _: len(grace.chat) == 100)
        assert grace.chat == [f"line {number}" for number in range(100)]
        assert (await theirs.hear(ChatPosted)).text == "line 0"


async def test_leaving_does_not_wait_for_a_dead_wire(world: World) -> None:
    async with wire_to(world.relay.port) as wire:
        async with person(f"https://localhost:{wire.port}", authority(world)) as grace:
            await accepted(world, grace)
            wire.hold()
            grace.say("into the void")
        wire.release()


async def test_leaving_while_dialling(world: World) -> None:
    async with wire_to(world.relay.port) as wire:
        async with person(f"https://localhost:{wire.port}", authority(world)) as grace:
            await accepted(world, grace)
            wire.hold()
            wire.dialled.clear()
            wire.cut()
            wire.mend()
            await wire.dialled.wait()
        wire.release()


async def test_a_newer_link_of_the_same_customer_is_final_for_the_older(world: World) -> None:
    ada = await world.representative("ada")
    key = (await ada.make_key(await ada.desk())).key
    customer = await world.customer()
    joined = await customer.join(key)
    async with person(world.origin, authority(world)) as grace:
        grace.controller.handle(JoinWanted(key, "", ""), 0.0)
        grace.take(Admitted(joined))
        await grace.until(lambda state: state.link is LinkState.ONLINE)
        await customer.connect()
        await grace.until(lambda state: state.verdict is not None)
        assert grace.state.verdict is Verdict.REPLACED
        assert grace.state.page is Page.ENDED


async def test_a_token_that_is_not_known_is_final(world: World) -> None:
    unknown = Joined(
        session="0" * 32,
        participant="x",
        token="A" * 43,
        organisation="",
        identity="",
        signature="",
    )
    async with person(world.origin, authority(world)) as grace:
        grace.controller.handle(JoinWanted("7654321" + keys.check_digit("7654321"), "", ""), 0.0)
        grace.take(Admitted(unknown))
        await grace.until(lambda state: state.verdict is not None)
        assert grace.state.verdict is Verdict.GONE
