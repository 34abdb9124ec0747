"""Trials: the whole way of a customer through drafts, seen and remembered by nobody."""

import msgspec
import sqlalchemy as sa

from protocol.api import Joined
from protocol.facts import (
    ChatPosted,
    EndReason,
    QuestionAsked,
    SessionAccepted,
    SessionEnded,
    SessionQueued,
)
from protocol.machines import SessionState
from protocol.requests import SessionAccept, SessionEnd, StepAnswer
from protocol.signals import (
    DeskState,
    HoldMessage,
    QueuePlace,
    Refused,
    SurveyOffered,
    Welcome,
)
from protocol.steps import QuestionKind, Step
from relay.app import running
from relay.domain.content import Content, Survey, SurveyItem
from relay.domain.texts import TextName
from relay.domain.tokens import token_hash
from relay.storage.schema import hand_over
from tests.conftest import World
from tests.peers import Customer, Socket, client_id, say

TOKEN = "t" * 43


def drafts(world: World) -> Content:
    """What an administrator has on the screen and has not saved."""
    content = world.relay.hub.content
    question = SurveyItem(id="q1", kind=QuestionKind.STARS, text={"en": "Draft question"})
    return Content(
        words=content.words.drafted({(TextName.AGREEMENT_CHAT, "en"): "A draft for %SITE%"}),
        settings=msgspec.structs.replace(content.settings, agreement_chat=True),
        survey=Survey(id=1, enabled=True, questions=(question,)),
        portals=content.portals,
    )


async def trying(world: World) -> tuple[Customer, Socket, Welcome]:
    """An administrator in a trial."""
    opened = await world.relay.hub.entrance.start_trial(
        drafts(world), "en", token_hash(TOKEN), "Ada"
    )
    customer = await world.customer()
    customer.joined = Joined(
        session=opened.session,
        participant=opened.participant,
        token=TOKEN,
        organisation="",
        identity="",
        signature="",
    )
    socket, welcome = await customer.connect()
    return customer, socket, welcome


async def test_a_trial_goes_the_whole_way_by_itself(world: World) -> None:
    customer, mine, welcome = await trying(world)
    assert welcome.snapshot is not None
    assert welcome.snapshot.state is SessionState.PREPARING
    assert (await mine.hear(QuestionAsked)).text == "A draft for Support"
    await mine.ask(StepAnswer(id=client_id(), step=Step.AGREEMENT, yes=True))
    await mine.hear(SessionQueued)
    assert (await mine.hear(QueuePlace)).position == 3
    for position in (2, 1):
        world.later(6)
        assert (await mine.hear(QueuePlace)).position == position
        await mine.hear(HoldMessage)
    world.later(6)
    await mine.hear(SessionAccepted)
    await mine.hear(ChatPosted)
    await say(mine, "hello")
    await mine.ask(SessionEnd(id=client_id()))
    await mine.hear(SessionEnded)
    assert [one.text for one in (await mine.hear(SurveyOffered)).questions] == ["Draft question"]
    assert customer.joined.token == TOKEN


async def test_nobody_else_meets_a_trial(world: World) -> None:
    ada = await world.representative("ada")
    desk = await ada.desk()
    customer, mine, _ = await trying(world)
    await mine.ask(StepAnswer(id=client_id(), step=Step.AGREEMENT, yes=True))
    await mine.hear(QueuePlace)
    await desk.ask(SessionAccept(id=client_id(), session=customer.joined.session))
    assert isinstance(await desk.answer(), Refused)
    world.later(18)
    await mine.hear(SessionAccepted)
    states = [one for one in desk.heard if isinstance(one, DeskState)]
    assert all(state.queue == () and state.sessions == () for state in states)
    async with world.relay.database.read() as connection:
        assert await connection.scalar(sa.select(sa.func.count()).select_from(hand_over)) == 0


async def test_a_trial_does_not_outlive_its_relay(world: World) -> None:
    customer, mine, _ = await trying(world)
    await mine.hear(QuestionAsked)
    await world.relay.close()
    async with running(world.relay.config, world.clock):
        _, welcome = await customer.connect()
        assert welcome.snapshot is not None
        ended = welcome.snapshot.log[-1]
        assert isinstance(ended, SessionEnded)
        assert ended.reason is EndReason.CLOSED
