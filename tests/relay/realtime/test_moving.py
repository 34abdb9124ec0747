"""From the web chat into the program, in the middle of a session, by a join code."""

import msgspec

from protocol import joincodes, limits
from protocol.api import Problem
from protocol.errors import CloseCode, ErrorCode
from protocol.facts import ChatPosted, ClientOffered, CustomerMoved, QuestionAsked
from protocol.machines import SessionState
from protocol.requests import ClientOffer, CodeMake, LetIn, SessionEnd
from protocol.roles import Door, Way
from protocol.signals import Ack, CodeMade, DeskState, QueuePlace, Refused
from tests.conftest import World
from tests.peers import Customer, Representative, Socket, Visitor, client_id, say


async def chatting(world: World) -> tuple[Representative, Socket, Visitor, Socket]:
    """A customer who waits in the web chat."""
    ada = await world.representative("ada")
    desk = await world.stack.enter_async_context(await ada.desk())
    visitor = await world.visitor()
    await visitor.enter((await ada.make_key(desk)).key)
    mine, _ = await visitor.connect()
    return ada, desk, visitor, mine


async def code_of(mine: Socket) -> str:
    """A new join code."""
    await mine.ask(CodeMake(id=client_id()))
    return (await mine.hear(CodeMade)).code


async def refused(customer: Customer, code: str) -> ErrorCode:
    """Why the program was not let in."""
    body = {"key": code, "system": "Debian 12"}
    async with customer.http.post(f"{customer.origin}/api/join", json=body) as answer:
        assert answer.status != 200
        return msgspec.json.decode(await answer.read(), type=Problem).code


async def test_chat_and_place_go_on_in_the_program(world: World) -> None:
    ada, desk, visitor, mine = await chatting(world)
    await say(mine, "written in the browser")
    code = await code_of(mine)
    assert joincodes.is_right(code)
    program = await world.customer()
    await program.join(joincodes.shown(code).lower())
    moved = await mine.hear(CustomerMoved)
    assert (moved.participant.door, moved.participant.system) == (Door.CLIENT, "Debian 12")
    assert await mine.closed() == CloseCode.MOVED
    there, welcome = await program.connect()
    assert welcome.snapshot is not None
    assert welcome.snapshot.state is SessionState.WAITING
    lines = [one.text for one in welcome.snapshot.log if isinstance(one, ChatPosted)]
    assert lines == ["written in the browser"]
    assert (await there.hear(QueuePlace)).position == 1
    await ada.accept(desk, program.joined.session)
    theirs, _ = await ada.session(program.joined.session)
    await say(there, "written in the program")
    await theirs.hear(ChatPosted)
    status, body = await visitor.ticket()
    problem = msgspec.json.decode(body, type=Problem)
    assert (status, problem.code, problem.detail) == (410, ErrorCode.ENDED, "moved")


async def test_an_open_question_is_answered_where_the_customer_is(world: World) -> None:
    await world.configure(agreement_chat=True)
    _, _, _, mine = await chatting(world)
    asked = await mine.hear(QuestionAsked)
    program = await world.customer()
    await program.join(await code_of(mine))
    _, welcome = await program.connect()
    assert welcome.snapshot is not None
    assert welcome.snapshot.question == asked


async def test_a_representative_asks_for_the_program_and_gets_no_code(world: World) -> None:
    ada, desk, _, mine = await chatting(world)
    while not (state := await desk.hear(DeskState)).queue:
        pass
    session = state.queue[0].session
    await ada.accept(desk, session)
    theirs, _ = await ada.session(session)
    await theirs.ask(ClientOffer(id=client_id()))
    await mine.hear(ClientOffered)
    program = await world.customer()
    await program.join(await code_of(mine))
    await theirs.hear(CustomerMoved)
    await theirs.ask(ClientOffer(id=client_id()))
    assert (await theirs.hear(Refused)).code is ErrorCode.NOT_NOW
    assert not any(isinstance(one, CodeMade) for one in theirs.heard)


async def test_a_code_used_twice_is_let_in_by_hand_only(world: World) -> None:
    _, desk, _, mine = await chatting(world)
    code = await code_of(mine)
    first, second = await world.customer(), await world.customer()
    await first.join(code)
    assert await refused(second, code) is ErrorCode.CODE_USED
    while not (state := await desk.hear(DeskState)).queue or not state.queue[0].knocks:
        pass
    await desk.ask(LetIn(id=client_id(), session=state.queue[0].session))
    assert isinstance(await desk.answer(), Ack)
    await second.join(code)
    there, _ = await second.connect()
    await say(there, "back again")
    assert await refused(first, code) is ErrorCode.CODE_USED
    async with first.http.ws_connect(f"{first.origin}/ws/customer") as old:
        hello = {"t": "hello", "version": 1, "token": first.joined.token}
        await old.send_json(hello)
        await old.receive()
        assert old.close_code == CloseCode.UNAUTHENTICATED


async def test_nobody_lets_into_sessions_of_others(world: World) -> None:
    _, desk, _, mine = await chatting(world)
    code = await code_of(mine)
    program = await world.customer()
    await program.join(code)
    linus = await world.representative("linus")
    other = await linus.desk()
    await other.ask(LetIn(id=client_id(), session=program.joined.session))
    assert (await other.hear(Refused)).code is ErrorCode.FORBIDDEN
    await desk.ask(LetIn(id=client_id(), session="0" * 32))
    assert (await desk.hear(Refused)).code is ErrorCode.UNKNOWN_SESSION


async def test_a_code_lives_a_quarter_of_an_hour_and_only_as_long_as_its_session(
    world: World,
) -> None:
    _, _, _, mine = await chatting(world)
    old = await code_of(mine)
    new = await code_of(mine)
    assert await refused(await world.customer(), old) is ErrorCode.CODE_UNKNOWN
    world.later(limits.JOIN_CODE_S + 1)
    assert await refused(await world.customer(), new) is ErrorCode.CODE_UNKNOWN
    last = await code_of(mine)
    await mine.ask(SessionEnd(id=client_id()))
    await mine.closed()
    assert await refused(await world.customer(), last) is ErrorCode.CODE_UNKNOWN


async def test_where_only_the_web_chat_is_wanted_nobody_is_sent_to_the_program(
    world: World,
) -> None:
    ada, desk, visitor, mine = await chatting(world)
    while not (state := await desk.hear(DeskState)).queue:
        pass
    session = state.queue[0].session
    async with visitor.http.get(f"{visitor.origin}/chat") as page:
        assert "data-program" in await page.text()
    await world.configure(way=Way.CHAT)
    await mine.ask(CodeMake(id=client_id()))
    assert (await mine.hear(Refused)).code is ErrorCode.FORBIDDEN
    await ada.accept(desk, session)
    theirs, _ = await ada.session(session)
    await theirs.ask(ClientOffer(id=client_id()))
    assert (await theirs.hear(Refused)).code is ErrorCode.FORBIDDEN
    async with visitor.http.get(f"{visitor.origin}/chat") as page:
        assert "data-program" not in await page.text()
