"""When the disk, the link or a peer fails: nothing acknowledged is lost, nobody else is harmed."""

import asyncio
import json
import sqlite3

import pytest

from protocol import limits
from protocol.errors import CloseCode, ErrorCode
from protocol.facts import ChatPosted
from protocol.requests import ChatPost
from protocol.signals import Ack, Refused
from relay.app import running
from relay.realtime.lane import BYTES as LANE_BYTES
from tests.conftest import World
from tests.locks import locked
from tests.peers import client_id, say


@pytest.mark.expect_log("storage.unavailable")
async def test_a_locked_database_refuses_keeps_and_recovers(world: World) -> None:
    talk = await world.talk()
    await say(talk.mine, "before")
    line = ChatPost(id=client_id(), text="while locked")
    async with locked(world.relay.database.url.database):
        await talk.mine.ask(line)
        assert (await talk.mine.hear(Refused)).code is ErrorCode.STORAGE
    await talk.mine.ask(line)
    ack = await talk.mine.hear(Ack)
    posted = await talk.theirs.hear(ChatPosted)
    while posted.text != "while locked":
        posted = await talk.theirs.hear(ChatPosted)
    assert posted.seq == ack.seq
    texts = [one.text for one in talk.theirs.facts if isinstance(one, ChatPosted)]
    assert texts == ["before", "while locked"]


@pytest.mark.expect_log("storage.unavailable")
async def test_a_commit_that_was_kept_although_it_failed(world: World) -> None:
    """Another program stored the line under our number: we notice, read again, and go on."""
    talk = await world.talk()
    first = await say(talk.mine, "first")
    database = sqlite3.connect(str(world.relay.database.url.database))
    row = database.execute("SELECT session, sender FROM fact ORDER BY id DESC LIMIT 1").fetchone()
    line = ChatPost(id=client_id(), text="stored behind our back")
    body = {"t": "chat.posted", "seq": first.seq + 1, "at": 1, "by": row[1], "id": line.id}
    database.execute(
        "INSERT INTO fact (session, topic, seq, sender, client_id, body)"
        " VALUES (?, 'session', ?, ?, ?, json_set(?, '$.text', ?))",
        (row[0], first.seq + 1, row[1], line.id, json.dumps(body), line.text),
    )
    database.commit()
    database.close()
    await talk.mine.ask(line)
    assert (await talk.mine.hear(Refused)).code is ErrorCode.STORAGE
    await talk.mine.ask(line)
    assert (await talk.mine.hear(Ack)).seq == first.seq + 1
    await say(talk.mine, "after")
    while (await talk.theirs.hear(ChatPosted)).text != "after":
        pass
    texts = [one.text for one in talk.theirs.facts if isinstance(one, ChatPosted)]
    assert texts == ["first", "stored behind our back", "after"]


async def test_a_stalled_peer_costs_nobody_else_anything(world: World) -> None:
    """One representative stops reading while another session goes on."""
    talk, other = await world.talk(), await world.talk()
    transport = talk.theirs.socket._response.connection.transport  # type: ignore[union-attr]
    transport.pause_reading()  # type: ignore[union-attr]
    long = "x" * 3_900
    for _ in range(300):
        await say(talk.mine, long)
    for n in range(20):
        await say(other.mine, f"line {n}")
        assert (await other.theirs.hear(ChatPosted)).text == f"line {n}"
    transport.resume_reading()  # type: ignore[union-attr]
    heard = 0
    while heard < 300:
        await talk.theirs.hear(ChatPosted)
        heard += 1


async def test_a_peer_that_never_reads_is_cut_off_and_resumes(world: World) -> None:
    talk = await world.talk()
    transport = talk.theirs.socket._response.connection.transport  # type: ignore[union-attr]
    transport.pause_reading()  # type: ignore[union-attr]
    long = "\N{PRINTER}" * limits.CHAT_CHARS
    for _ in range(LANE_BYTES // len(long.encode()) + 100):
        await say(talk.mine, long)
    newest = (await say(talk.mine, "the last line")).seq
    transport.resume_reading()  # type: ignore[union-attr]
    await talk.theirs.closed()
    held = max((one.seq for one in talk.theirs.facts), default=0)
    _theirs, welcome = await talk.representative.session(talk.session, last=held)
    assert held < newest
    assert welcome.seq == newest


async def test_a_restart_loses_nothing(world: World) -> None:
    talk = await world.talk()
    await say(talk.mine, "before the restart")
    held = max(one.seq for one in talk.mine.facts)
    closed, _ = await asyncio.gather(talk.mine.closed(), world.relay.close())
    assert closed == CloseCode.RESTART
    async with running(world.relay.config, tuning=None):
        mine, welcome = await talk.customer.connect(last=held)
        assert (welcome.snapshot, welcome.seq) == (None, held)
        theirs, _ = await talk.representative.session(talk.session)
        await say(mine, "after the restart")
        assert (await theirs.hear(ChatPosted)).text == "after the restart"
        await asyncio.gather(mine.close(), theirs.close())
