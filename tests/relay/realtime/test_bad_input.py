"""Whoever speaks badly is closed with the right code and one log line, and harms nobody else."""

import json
import secrets
from collections.abc import Callable

import aiohttp
import pytest
import structlog

from protocol import PROTOCOL, limits
from protocol.errors import CloseCode
from protocol.facts import ChatPosted
from protocol.identity import to_text
from protocol.requests import ChatPost, Hello, NotePost, SessionAccept
from protocol.roles import Door
from tests.conftest import World
from tests.peers import Socket, client_id, say

LONG = "x" * (limits.CHAT_CHARS + 1)
TOKEN = to_text(secrets.token_bytes(32))

BAD_TEXTS: list[tuple[str, CloseCode]] = [
    ("", CloseCode.NOT_TEXT),
    ("not json", CloseCode.NOT_TEXT),
    ('{"t":"chat.post"', CloseCode.NOT_TEXT),
    ("[" * 100_000, CloseCode.TOO_BIG),
    ("[" * 10_000, CloseCode.MALFORMED),
    ("[]", CloseCode.MALFORMED),
    ("null", CloseCode.MALFORMED),
    ("{}", CloseCode.MALFORMED),
    ('{"t":"chat.shout"}', CloseCode.MALFORMED),
    ('{"t":"chat.post","id":"12345678"}', CloseCode.MALFORMED),
    ('{"t":"chat.post","id":"12345678","text":""}', CloseCode.MALFORMED),
    ('{"t":"chat.post","id":"12345678","text":"  \\n "}', CloseCode.MALFORMED),
    ('{"t":"chat.post","id":"short","text":"a"}', CloseCode.MALFORMED),
    ('{"t":"chat.post","id":"12345678","text":7}', CloseCode.MALFORMED),
    ('{"t":"chat.post","id":"12345678","text":"a","by":"r1"}', CloseCode.MALFORMED),
    (json.dumps({"t": "chat.post", "id": "12345678", "text": LONG}), CloseCode.MALFORMED),
    ('{"t":"chat.seen","seq":-1}', CloseCode.MALFORMED),
    ('{"t":"chat.seen","seq":1e400}', CloseCode.MALFORMED),
    ('{"t":"note.post","id":"12345678","text":"a"}', CloseCode.WRONG_ROLE),
    ('{"t":"presence.set","presence":"away"}', CloseCode.WRONG_ROLE),
    ('{"t":"hello","version":1}', CloseCode.OUT_OF_ORDER),
]


@pytest.mark.parametrize(("text", "code"), BAD_TEXTS, ids=range(len(BAD_TEXTS)))
async def test_a_bad_message_closes_only_its_sender(
    world: World, text: str, code: CloseCode
) -> None:
    talk, other = await world.talk(), await world.talk()
    await talk.mine.socket.send_str(text)
    with structlog.testing.capture_logs() as lines:
        assert await talk.mine.closed() == code
    assert [one["event"] for one in lines] in (["socket.refused"], ["socket.broken"])
    await say(other.mine, "unharmed")
    assert (await other.theirs.hear(ChatPosted)).text == "unharmed"
    await say(talk.theirs, "nor is the other side")


async def _send_raw(socket: Socket, payload: bytes, opcode: aiohttp.WSMsgType) -> None:
    await socket.socket.send_frame(payload, opcode)


@pytest.mark.parametrize(
    ("payload", "opcode", "code"),
    [
        (b'{"t":"ping","n":\xff}', aiohttp.WSMsgType.TEXT, CloseCode.NOT_TEXT),
        (
            b'{"t":"chat.post","id":"12345678","text":"\xff\xfe"}',
            aiohttp.WSMsgType.TEXT,
            CloseCode.NOT_TEXT,
        ),
        (b"x" * (limits.MESSAGE_BYTES + 1), aiohttp.WSMsgType.TEXT, CloseCode.TOO_BIG),
        (b"x" * (limits.MESSAGE_BYTES * 40), aiohttp.WSMsgType.BINARY, CloseCode.TOO_BIG),
    ],
    ids=["bad utf-8", "bad utf-8 in a text", "too big", "much too big"],
)
async def test_bad_bytes(
    world: World, payload: bytes, opcode: aiohttp.WSMsgType, code: CloseCode
) -> None:
    talk = await world.talk()
    await _send_raw(talk.mine, payload, opcode)
    assert await talk.mine.closed() in (code, 1006)  # an aborted send may hide the code
    await say(talk.theirs, "still here")


async def test_a_binary_message_closes_only_where_there_is_no_channel(world: World) -> None:
    talk = await world.talk()
    visitor = await world.visitor()
    await visitor.enter((await talk.representative.make_key(talk.desk)).key)
    chat, _ = await visitor.connect()
    desk = await talk.representative.desk()
    early = await talk.customer.raw("/ws/customer", page=False)
    for socket in (chat, desk, early):
        await _send_raw(socket, b"\x01\x02", aiohttp.WSMsgType.BINARY)
        assert await socket.closed() == CloseCode.WRONG_KIND
    for socket in (talk.mine, talk.theirs):
        await _send_raw(socket, b"\x01\x02", aiohttp.WSMsgType.BINARY)
        await say(socket, "still here")


HELLOS: list[tuple[Callable[[], Hello], CloseCode]] = [
    (lambda: Hello(version=PROTOCOL + 1, token=TOKEN), CloseCode.VERSION),
    (lambda: Hello(version=PROTOCOL), CloseCode.UNAUTHENTICATED),
    (lambda: Hello(version=PROTOCOL, token=TOKEN), CloseCode.UNAUTHENTICATED),
    (lambda: Hello(version=PROTOCOL, ticket=TOKEN), CloseCode.UNAUTHENTICATED),
]


@pytest.mark.parametrize(("hello", "code"), HELLOS, ids=range(len(HELLOS)))
@pytest.mark.parametrize("path", ["/ws/customer", "/ws/chat", "/ws/console"])
async def test_a_hello_without_proof(
    world: World, path: str, hello: Callable[[], Hello], code: CloseCode
) -> None:
    customer = await world.customer()
    socket = await customer.open(path, hello(), page=path != "/ws/customer")
    assert await socket.closed() == code


@pytest.mark.parametrize("path", ["/ws/customer", "/ws/chat", "/ws/console"])
async def test_nothing_comes_before_hello(world: World, path: str) -> None:
    socket = await (await world.customer()).raw(path, page=path != "/ws/customer")
    await socket.socket.send_str('{"t":"ping","n":1}')
    assert await socket.closed() == CloseCode.OUT_OF_ORDER


async def test_a_ticket_opens_one_socket_of_its_kind(world: World) -> None:
    ada = await world.representative("ada")
    ticket = await ada.ticket(Door.DESK)
    wrong = await ada.open("/ws/chat", Hello(version=PROTOCOL, ticket=ticket), page=True)
    assert await wrong.closed() == CloseCode.UNAUTHENTICATED
    again = await ada.open("/ws/console", Hello(version=PROTOCOL, ticket=ticket), page=True)
    assert await again.closed() == CloseCode.UNAUTHENTICATED


async def test_a_representative_enters_no_session_of_others(world: World) -> None:
    talk = await world.talk()
    linus = await world.representative("linus")
    ticket = await linus.ticket(Door.SESSION, talk.session)
    hello = Hello(version=PROTOCOL, ticket=ticket, session=talk.session)
    socket = await linus.open("/ws/console", hello, page=True)
    assert await socket.closed() == CloseCode.GONE
    unknown = "0" * 32
    ticket = await linus.ticket(Door.SESSION, unknown)
    hello = Hello(version=PROTOCOL, ticket=ticket, session=unknown)
    assert await (await linus.open("/ws/console", hello, page=True)).closed() == CloseCode.GONE


async def test_desk_and_session_requests_keep_to_their_doors(world: World) -> None:
    talk = await world.talk()
    await talk.theirs.ask(SessionAccept(id=client_id(), session=talk.session))
    assert await talk.theirs.closed() == CloseCode.WRONG_ROLE
    await talk.desk.ask(ChatPost(id=client_id(), text="at the wrong door"))
    assert await talk.desk.closed() == CloseCode.WRONG_ROLE
    await talk.mine.ask(NotePost(id=client_id(), text="from the customer"))
    assert await talk.mine.closed() == CloseCode.WRONG_ROLE


def origins(real: str) -> list[str | None]:
    """Origins that are not ours, one misunderstanding each."""
    port = real.rsplit(":", 1)[1]
    return [
        None,
        "",
        "null",
        real + "/",
        real + ".",
        real.upper(),
        real.replace("https", "http"),
        real.replace("localhost", "localhost."),
        real.replace("localhost", "127.0.0.1"),
        real.replace("localhost", "evil.localhost"),
        real.replace("localhost", "localhost.evil.example"),
        real.replace("localhost", "xlocalhost"),
        real.replace("localhost", "\uff4cocalhost").encode("utf-8").decode("latin-1"),
        real.replace(f":{port}", ""),
        real.replace(port, "1"),
        f"https://user@localhost:{port}",
        "https://evil.example",
    ]


async def test_only_our_own_origin_opens_a_pages_socket(world: World) -> None:
    ada = await world.representative("ada")
    for path in ("/ws/chat", "/ws/console"):
        for origin in origins(world.origin):
            headers = {} if origin is None else {"Origin": origin}
            with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                await ada.http.ws_connect(world.origin + path, headers=headers)
            assert refused.value.status == 403, origin


@pytest.mark.parametrize("header", ["Origin", "Cookie"])
async def test_the_native_door_refuses_browsers(world: World, header: str) -> None:
    customer = await world.customer()
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await customer.http.ws_connect(
            f"{world.origin}/ws/customer", headers={header: world.origin}
        )
    assert refused.value.status == 403
