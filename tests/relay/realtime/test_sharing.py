"""Grants and shares over real sockets: time, lost links, and a relay that starts again."""

import shutil
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from protocol import limits
from protocol.errors import ErrorCode
from protocol.facts import ChatPosted
from protocol.share_facts import (
    GrantAsked,
    GrantGiven,
    GrantOver,
    ShareEnded,
    ShareFact,
)
from protocol.share_machine import ShareState
from protocol.share_requests import (
    GrantAsk,
    GrantDeny,
    GrantGive,
    GrantReturn,
    GrantTake,
    ShareEnd,
    ShareStart,
)
from protocol.share_snapshot import Sharing
from protocol.sharing import Grant, GrantEnd, Scope, ShareCause
from protocol.signals import Ack, Present, Refused
from relay.app import Tuning, running
from relay.config import RelayConfig
from tests.conftest import CHEAP, Talk, World
from tests.peers import (
    Representative,
    Socket,
    calling,
    carried_out,
    client_id,
    replayed,
    say,
    share,
)
from tests.relay.realtime.watching import second, settled, transport


def ask(grant: Grant = Grant.VIEW) -> GrantAsk:
    return GrantAsk(id=client_id(), grant=grant, reason="To see the message.")


def kinds(socket: Socket) -> list[str]:
    """What has happened around the screen, as this peer heard it."""
    return [type(one).__name__ for one in socket.facts if isinstance(one, ShareFact)]


async def test_from_the_question_to_the_end_everybody_hears_the_same(world: World) -> None:
    talk = await world.talk()
    ada = talk.theirs.participant
    await carried_out(talk.theirs, ask())
    asked = await talk.mine.hear(GrantAsked)
    assert (asked.by, asked.reason, asked.limit_s) == (ada, "To see the message.", limits.ASK_S)
    await share(talk.mine, talk.theirs, control=True)
    take = GrantTake(id=client_id(), grant=Grant.CONTROL, to=ada)
    assert isinstance(await carried_out(talk.mine, take), Ack)
    assert isinstance(await carried_out(talk.mine, ShareEnd(id=client_id())), Ack)
    await talk.theirs.hear(ShareEnded)
    told = ["GrantAsked", "GrantGiven", "GrantGiven", "ShareStarted", "GrantOver", "ShareEnded"]
    assert kinds(talk.mine) == kinds(talk.theirs) == told
    later, welcome = await talk.representative.session(talk.session)
    assert welcome.snapshot is not None
    assert welcome.snapshot.sharing == Sharing(share=1, epoch=1)
    await later.close()


async def test_a_no_is_a_no_and_may_be_asked_again(world: World) -> None:
    talk = await world.talk()
    ada = talk.theirs.participant
    for grant in (Grant.VIEW, Grant.CONTROL):
        assert isinstance(await carried_out(talk.theirs, ask(grant)), Ack)
        again = await carried_out(talk.theirs, ask(grant))
        assert isinstance(again, Refused)
        assert again.code is ErrorCode.NOT_NOW
        deny = GrantDeny(id=client_id(), grant=grant, to=ada)
        assert isinstance(await carried_out(talk.mine, deny), Ack)
        assert (await talk.theirs.hear(GrantOver)).why is GrantEnd.DENIED
        assert isinstance(await carried_out(talk.theirs, ask(grant)), Ack)
        back = GrantReturn(id=client_id(), grant=grant)
        assert isinstance(await carried_out(talk.theirs, back), Ack)
    give = GrantGive(id=client_id(), grant=Grant.CONTROL, to=ada)
    assert isinstance(await carried_out(talk.mine, give), Refused), "not without VIEW"


async def test_a_question_that_nobody_answers_is_a_no(world: World) -> None:
    talk = await world.talk()
    await carried_out(talk.theirs, ask())
    world.later(limits.ASK_S - 1)
    await say(talk.theirs, "please look at the question")
    assert GrantOver not in map(type, talk.theirs.facts)
    world.later(1)
    for side in (talk.mine, talk.theirs):
        over = await side.hear(GrantOver)
        assert (over.why, over.to) == (GrantEnd.LATE, talk.theirs.participant)
    late = GrantDeny(id=client_id(), grant=Grant.VIEW, to=talk.theirs.participant)
    assert isinstance(await carried_out(talk.mine, late), Refused)


async def test_control_ends_when_its_time_is_over_and_may_be_prolonged(world: World) -> None:
    talk = await world.talk()
    ada = talk.theirs.participant
    await share(talk.mine, talk.theirs)

    async def give() -> None:
        lease = limits.CONTROL_LEASE_S
        request = GrantGive(id=client_id(), grant=Grant.CONTROL, to=ada, lasts_s=lease)
        assert isinstance(await carried_out(talk.mine, request), Ack)

    await give()
    world.later(limits.CONTROL_LEASE_S - 10)
    await give()
    world.later(20)
    await say(talk.mine, "ten seconds more than the first would have lasted")
    assert GrantOver not in map(type, talk.mine.facts)
    world.later(limits.CONTROL_LEASE_S)
    over = await talk.theirs.hear(GrantOver)
    assert (over.grant, over.why) == (Grant.CONTROL, GrantEnd.EXPIRED)
    await say(talk.theirs, "I still see it")
    assert ShareEnded not in map(type, talk.theirs.facts)


async def test_the_share_ends_with_the_last_who_may_see(world: World) -> None:
    talk = await world.talk()
    linus = await second(world, talk)
    await share(talk.mine, talk.theirs)
    view = GrantReturn(id=client_id(), grant=Grant.VIEW)
    assert isinstance(await carried_out(talk.theirs, view), Ack)
    await say(talk.mine, "Linus still sees it")
    assert ShareEnded not in map(type, talk.mine.facts)
    await carried_out(linus, GrantReturn(id=client_id(), grant=Grant.VIEW))
    ended = await talk.mine.hear(ShareEnded)
    assert (ended.why, ended.by) == (ShareCause.NOBODY, "")


async def test_a_customer_in_the_web_chat_is_not_asked(world: World) -> None:
    ada = await world.representative("ada")
    desk = await ada.desk()
    visitor = await world.visitor()
    await visitor.enter((await ada.make_key(desk)).key)
    _, welcome = await visitor.connect()
    assert welcome.snapshot is not None
    await ada.accept(desk, welcome.snapshot.session)
    theirs, _ = await ada.session(welcome.snapshot.session)
    for grant in Grant:
        refused = await carried_out(theirs, ask(grant))
        assert isinstance(refused, Refused)
        assert refused.code is ErrorCode.NOT_NOW


async def gone(talk: Talk) -> None:
    """The customer's connection is cut; Ada hears of it."""
    link = transport(talk.mine)
    assert link is not None
    link.abort()
    while (present := await talk.theirs.hear(Present)).on or present.by != talk.mine.participant:
        pass


@pytest.mark.parametrize("tuning", [Tuning(hasher=CHEAP, tick_s=3600)])
@pytest.mark.usefixtures("tuning")
async def test_without_its_customer_a_share_ends_at_once(world: World) -> None:
    """Not only when the relay next looks what is due."""
    talk = await world.talk()
    await share(talk.mine, talk.theirs, control=True)
    await gone(talk)
    ended = await talk.theirs.hear(ShareEnded)
    assert (ended.why, ended.by) == (ShareCause.LINK_LOST, "")
    refused = await carried_out(talk.theirs, ask())
    assert isinstance(refused, Refused), "there is nobody to ask"
    mine, welcome = await talk.customer.connect()
    assert welcome.snapshot is not None
    assert welcome.snapshot.sharing == Sharing(share=1, epoch=1)
    start = ShareStart(id=client_id(), share=2, epoch=2, scope=Scope.ALL)
    assert isinstance(await carried_out(mine, start), Refused), "nothing goes on by itself"
    await share(mine, talk.theirs, share=2, epoch=2)
    await mine.close()


async def test_a_question_does_not_wait_for_a_customer_who_is_gone(world: World) -> None:
    talk = await world.talk()
    await carried_out(talk.theirs, ask())
    await gone(talk)
    assert (await talk.theirs.hear(ShareEnded)).why is ShareCause.LINK_LOST


async def test_a_new_link_of_the_customer_shares_nothing(world: World) -> None:
    """Nobody noticed that the old one was dead."""
    talk = await world.talk()
    await share(talk.mine, talk.theirs, control=True)
    mine, welcome = await talk.customer.connect()
    assert welcome.snapshot is not None
    assert welcome.snapshot.sharing == Sharing(share=1, epoch=1)
    assert (await talk.theirs.hear(ShareEnded)).why is ShareCause.LINK_LOST
    assert Present not in [type(one) for one in talk.theirs.heard[-1:]]
    await mine.close()


async def test_who_resumes_hears_that_the_share_has_ended(world: World) -> None:
    talk = await world.talk()
    await share(talk.mine, talk.theirs)
    await settled(talk.mine)
    held = max(one.seq for one in talk.mine.facts)
    mine, welcome = await talk.customer.connect(last=held)
    assert welcome.snapshot is None
    assert (await mine.hear(ShareEnded)).why is ShareCause.LINK_LOST
    await mine.close()


async def test_end_twice_is_told_once(world: World) -> None:
    talk = await world.talk()
    await share(talk.mine, talk.theirs)
    for _ in range(2):
        assert isinstance(await carried_out(talk.mine, ShareEnd(id=client_id())), Ack)
    await say(talk.mine, "over")
    while (await talk.theirs.hear(ChatPosted)).text != "over":
        pass
    assert kinds(talk.theirs).count("ShareEnded") == 1


async def test_the_snapshot_of_who_comes_later_is_that_of_who_was_there(world: World) -> None:
    talk = await world.talk()
    await share(talk.mine, talk.theirs, control=True)
    linus = await second(world, talk)
    (mine, theirs) = (
        next(one.snapshot for one in side.heard if hasattr(one, "snapshot") and one.snapshot)
        for side in (talk.mine, linus)
    )
    await settled(talk.mine, linus)
    here, there = replayed(mine, talk.mine.facts), replayed(theirs, linus.facts)
    assert here.sharing == there.sharing
    assert [type(one) for one in here.sharing.held] == [GrantGiven] * 3
    assert here.sharing.state is ShareState.ON


@pytest.fixture
async def after_a_crash(world: World, tmp_path: Path) -> AsyncIterator[tuple[Talk, Path]]:
    """A talk with a running share, and the data folder as a crash at this moment leaves it."""
    talk = await world.talk()
    await share(talk.mine, talk.theirs, control=True)
    there = tmp_path / "after"
    shutil.copytree(
        world.relay.config.data_folder, there, ignore=shutil.ignore_patterns("relay.db*", "*lock*")
    )
    with (
        sqlite3.connect(str(world.relay.database.url.database)) as source,
        sqlite3.connect(there / "relay.db") as target,
    ):
        source.backup(target)
    source.close()
    target.close()
    yield talk, there


async def test_a_share_does_not_outlive_the_relay(after_a_crash: tuple[Talk, Path]) -> None:
    talk, data = after_a_crash
    config = RelayConfig(port=0, data=str(data), development_certificates=True)
    async with (
        running(config, tuning=Tuning(hasher=CHEAP, tick_s=0.05)) as relay,
        calling(relay.origin, data / "development-ca.pem") as http,
    ):
        ada = Representative(http, relay.origin)
        await ada.sign_in(sign_in_name(data))
        theirs, welcome = await ada.session(talk.session)
        assert welcome.snapshot is not None
        if welcome.snapshot.sharing.state is not ShareState.OFF:
            assert (await theirs.hear(ShareEnded)).why is ShareCause.LINK_LOST
        else:
            last = welcome.snapshot.log[-1]
            assert isinstance(last, ShareEnded)
            assert last.why is ShareCause.LINK_LOST
        await theirs.close()


def sign_in_name(data: Path) -> str:
    """Of the only representative in a data folder."""
    database = sqlite3.connect(data / "relay.db")
    try:
        found = database.execute("SELECT name FROM user_account WHERE name LIKE 'ada%'")
        ((name,),) = found.fetchall()
    finally:
        database.close()
    return str(name)
