"""Before the queue: what is asked, who may answer, and what no answer means."""

import pytest

from protocol.errors import CloseCode, ErrorCode
from protocol.facts import EndReason, QuestionAnswered, QuestionAsked, SessionEnded, SessionQueued
from protocol.machines import SessionState
from protocol.queues import QueueCause
from protocol.requests import ChatPost, SessionAccept, StepAnswer
from protocol.signals import DeskState, QueuePlace, Refused
from protocol.steps import Reply, Step
from relay.app import running
from relay.domain.texts import TextName
from tests.conftest import World
from tests.peers import Customer, Representative, Socket, client_id


async def prepared(world: World) -> tuple[Representative, Socket, Customer, Socket]:
    """A customer with an agreement in front of them."""
    await world.configure(agreement_client=True)
    ada = await world.representative("ada")
    desk = await ada.desk()
    customer = await world.customer()
    await customer.join((await ada.make_key(desk, own=False)).key)
    mine, welcome = await customer.connect()
    assert welcome.snapshot is not None
    assert welcome.snapshot.state is SessionState.PREPARING
    return ada, desk, customer, mine


def answer(yes: bool) -> StepAnswer:
    return StepAnswer(id=client_id(), step=Step.AGREEMENT, yes=yes)


async def test_who_accepts_the_agreement_waits_in_the_queue(world: World) -> None:
    await world.word(TextName.AGREEMENT_CLIENT, "Dear customer of %SITE%, do you *agree*?")
    ada, desk, customer, mine = await prepared(world)
    asked = await mine.hear(QuestionAsked)
    assert (asked.step, asked.limit_s) == (Step.AGREEMENT, 120)
    assert asked.text == "Dear customer of Support, do you *agree*?"
    await mine.ask(answer(yes=True))
    assert (await mine.hear(QuestionAnswered)).reply is Reply.YES
    assert (await mine.hear(SessionQueued)).cause is QueueCause.ENTRY
    assert (await mine.hear(QueuePlace)).position == 1
    await ada.accept(desk, customer.joined.session)


async def test_nobody_is_taken_or_heard_before_the_answer(world: World) -> None:
    _, desk, customer, mine = await prepared(world)
    await mine.ask(ChatPost(id=client_id(), text="hello?"))
    assert (await mine.hear(Refused)).code is ErrorCode.NOT_NOW
    while not (state := await desk.hear(DeskState)).queue:
        pass
    assert state.queue[0].preparing
    await desk.ask(SessionAccept(id=client_id(), session=customer.joined.session))
    assert (await desk.hear(Refused)).code is ErrorCode.NOT_NOW


async def test_who_declines_is_sent_on_politely(world: World) -> None:
    await world.word(TextName.DECLINED, "As you wish.")
    _, _, _, mine = await prepared(world)
    await mine.hear(QuestionAsked)
    await mine.ask(answer(yes=False))
    ended = await mine.hear(SessionEnded)
    assert (ended.reason, ended.text) == (EndReason.DECLINED, "As you wish.")
    assert await mine.closed() == CloseCode.GONE


async def test_no_answer_in_time_is_a_no(world: World) -> None:
    _, _, _, mine = await prepared(world)
    await mine.hear(QuestionAsked)
    world.later(119)
    await mine.ask(ChatPost(id=client_id(), text="still reading"))
    assert (await mine.hear(Refused)).code is ErrorCode.NOT_NOW
    world.later(2)
    assert (await mine.hear(QuestionAnswered)).reply is Reply.NONE
    assert (await mine.hear(SessionEnded)).reason is EndReason.UNANSWERED


async def test_the_time_runs_on_while_the_relay_does_not(world: World) -> None:
    _, _, customer, mine = await prepared(world)
    await mine.hear(QuestionAsked)
    await world.relay.close()
    world.later(121)
    async with running(world.relay.config, world.clock):
        again, welcome = await customer.connect()
        assert welcome.snapshot is not None
        assert welcome.snapshot.question is not None
        assert (await again.hear(SessionEnded)).reason is EndReason.UNANSWERED


async def test_nothing_is_asked_while_nobody_is_there_to_read(world: World) -> None:
    await world.configure(agreement_client=True)
    ada = await world.representative("ada")
    desk = await ada.desk()
    customer = await world.customer()
    await customer.join((await ada.make_key(desk)).key)
    world.later(300)
    mine, _ = await customer.connect()
    asked = await mine.hear(QuestionAsked)
    assert asked.at >= world.clock.now_ms() - 60_000


@pytest.mark.parametrize("step", [Step.RECORDING])
async def test_what_was_not_asked_cannot_be_answered(world: World, step: Step) -> None:
    _, _, _, mine = await prepared(world)
    await mine.hear(QuestionAsked)
    await mine.ask(StepAnswer(id=client_id(), step=step, yes=True))
    assert (await mine.hear(Refused)).code is ErrorCode.NOT_NOW


async def test_an_answer_given_twice_counts_once(world: World) -> None:
    _, _, customer, mine = await prepared(world)
    await mine.hear(QuestionAsked)
    request = answer(yes=True)
    await mine.ask(request)
    await mine.ask(request)
    await mine.hear(SessionQueued)
    again, welcome = await customer.connect()
    assert welcome.snapshot is not None
    assert [one.reply for one in welcome.snapshot.answers] == [Reply.YES]
    await again.close()


async def test_without_a_switch_nothing_is_asked(world: World) -> None:
    await world.configure(agreement_chat=True)
    ada = await world.representative("ada")
    desk = await ada.desk()
    customer = await world.customer()
    await customer.join((await ada.make_key(desk)).key)
    _, welcome = await customer.connect()
    assert welcome.snapshot is not None
    assert welcome.snapshot.state is SessionState.WAITING
