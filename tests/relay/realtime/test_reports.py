"""What the customer's program found, over real sockets: at the desk and in the session."""

import json

from protocol import limits
from protocol.errors import CloseCode, ErrorCode
from protocol.signals import Ack, DeskState, QueueEntry, Refused
from protocol.working import Checks, Hurdle
from protocol.working_facts import CustomerReported
from protocol.working_requests import CustomerReport
from tests.conftest import World
from tests.peers import Socket, carried_out, client_id

CHECKS = Checks(
    system="Debian 12",
    version="1.0",
    language="de",
    monitors=("1920x1080",),
    sees=True,
    controls=True,
    problems=(Hurdle.CLOCK,),
)


def report(checks: Checks = CHECKS) -> CustomerReport:
    return CustomerReport(id=client_id(), checks=checks)


async def entry_with(desk: Socket, checks: Checks | None) -> QueueEntry:
    """Wait until the only customer in the queue is known like that."""
    while True:
        state = await desk.hear(DeskState)
        if state.queue and state.queue[0].checks == checks:
            return state.queue[0]


async def test_a_report_stands_at_the_desk_and_in_the_session_of_who_takes_them(
    world: World,
) -> None:
    ada = await world.representative("ada")
    desk = await ada.desk()
    customer = await world.customer()
    joined = await customer.join((await ada.make_key(desk)).key)
    mine, _ = await customer.connect()
    await entry_with(desk, None)
    assert isinstance(await carried_out(mine, report()), Ack)
    told = [one.checks for one in mine.facts if isinstance(one, CustomerReported)]
    assert told == [CHECKS], "the customer's own log has it, too"
    await entry_with(desk, CHECKS)
    await ada.accept(desk, joined.session)
    theirs, welcome = await ada.session(joined.session)
    assert welcome.snapshot is not None
    assert welcome.snapshot.checks == CHECKS
    elevated = Checks(sees=True, problems=(Hurdle.ELEVATED,))
    await carried_out(mine, report(elevated))
    assert (await theirs.hear(CustomerReported)).checks == elevated
    _, again = await customer.connect()
    assert again.snapshot is not None
    assert again.snapshot.checks == elevated


async def test_too_many_reports_are_refused_and_cost_nothing_else(world: World) -> None:
    talk = await world.talk()
    answers = [await carried_out(talk.mine, report()) for _ in range(limits.REPORTS + 1)]
    assert all(isinstance(one, Ack) for one in answers[:-1])
    last = answers[-1]
    assert isinstance(last, Refused)
    assert last.code is ErrorCode.TOO_OFTEN
    world.later(limits.REPORTS_WINDOW_S)
    assert isinstance(await carried_out(talk.mine, report()), Ack)


async def test_a_finding_that_nobody_knows_ends_the_connection(world: World) -> None:
    talk = await world.talk()
    checks = {"problems": ["gremlins"]}
    wrong = {"t": "customer.report", "id": client_id(), "checks": checks}
    await talk.mine.socket.send_str(json.dumps(wrong))
    assert await talk.mine.closed() == CloseCode.MALFORMED


async def test_a_page_cannot_report(world: World) -> None:
    talk = await world.talk()
    await talk.theirs.ask(report())
    assert await talk.theirs.closed() == CloseCode.WRONG_ROLE
