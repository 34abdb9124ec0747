"""What a customer meets before and after the talk, with the real relay over TLS."""

import json
from contextlib import AsyncExitStack

import msgspec
import sqlalchemy as sa

from client.session import inputs as given
from client.session.machines import Page
from client.session.state import ClientState, LinkState, Stage, Verdict
from protocol import joincodes
from protocol.facts import CustomerMoved, EndReason, QuestionAnswered, SessionEnded
from protocol.machines import SessionState
from protocol.queues import QueueKind, QueueWish
from protocol.requests import ChatPost, CodeMake, LetIn, PresenceSet, SessionEnd, SessionTransfer
from protocol.roles import Presence
from protocol.signals import CodeMade, DeskState
from protocol.steps import QuestionKind, Reply, Step, SurveyReply
from relay.domain.content import SurveyItem
from relay.domain.texts import TextName
from relay.storage.schema import survey, survey_answer
from tests.client.net.person import Person, person
from tests.client.net.test_link import accepted, authority
from tests.client.net.wire import wire_to
from tests.conftest import World, insert
from tests.peers import Representative, Socket, Visitor, client_id

REPLIES = (SurveyReply(question="how", number=5),)


def last(state: ClientState) -> object:
    """The newest fact the client knows."""
    return state.snapshot.log[-1] if state.snapshot else None


def reply_of(state: ClientState) -> Reply | None:
    log = state.snapshot.log if state.snapshot else ()
    return next((fact.reply for fact in log if isinstance(fact, QuestionAnswered)), None)


async def came_in(world: World, somebody: Person) -> tuple[Representative, Socket]:
    """Have `somebody` use a fresh key; the representative and the desk's socket."""
    ada = await world.representative("ada")
    desk = await ada.desk()
    somebody.join((await ada.make_key(desk)).key)
    return ada, desk


def stage(state: ClientState) -> Stage | None:
    return state.survey.stage if state.survey else None


async def knocked(desk: Socket) -> None:
    """Wait until the desk shows that somebody asks to be let in."""
    while not any(entry.knocks for entry in (await desk.hear(DeskState)).queue):
        pass


async def asking(world: World) -> None:
    """A site with a survey of one question."""
    how = SurveyItem(id="how", kind=QuestionKind.STARS, text={"en": "How was it?"})
    row = {"enabled": True, "questions": msgspec.json.encode((how,)).decode(), "at": 0}
    await insert(world.relay.database, survey, row)
    await world.relay.hub.content_changed()


async def kept(world: World) -> list[object]:
    """The answers that the relay has stored."""
    async with world.relay.database.read() as connection:
        rows = (await connection.execute(sa.select(survey_answer.c.answers))).scalars()
        return [json.loads(one) for one in rows]


async def code_of(mine: Socket) -> str:
    """A join code for the session of a browser."""
    await mine.ask(CodeMake(id=client_id()))
    return (await mine.hear(CodeMade)).code


async def browsing(world: World) -> tuple[Representative, Socket, Visitor, Socket]:
    """A customer in the web chat."""
    ada = await world.representative("ada")
    desk = await ada.desk()
    visitor = await world.visitor()
    await visitor.enter((await ada.make_key(desk)).key)
    mine, _ = await visitor.connect()
    return ada, desk, visitor, mine


async def test_the_agreement_stands_before_the_queue(world: World) -> None:
    await world.configure(agreement_client=True)
    await world.word(TextName.AGREEMENT_CLIENT, "Do you *agree*?")
    async with person(world.origin, authority(world)) as grace:
        await came_in(world, grace)
        await grace.until(lambda state: bool(state.left))
        assert grace.state.page is Page.PREPARING
        assert grace.state.snapshot
        assert grace.state.snapshot.question
        assert grace.state.snapshot.question.text == "Do you *agree*?"
        assert 115 <= (grace.state.left or 0) <= 120
        grace.take(given.StepAnswered(client_id(), Step.AGREEMENT, yes=True))
        await grace.until(lambda state: state.page is Page.WAITING)
        assert reply_of(grace.state) is Reply.YES


async def test_declining_ends_with_the_organisations_word(world: World) -> None:
    await world.configure(agreement_client=True)
    await world.word(TextName.DECLINED, "See you another time.")
    async with person(world.origin, authority(world)) as grace:
        await came_in(world, grace)
        await grace.until(lambda state: bool(state.left))
        grace.take(given.StepAnswered(client_id(), Step.AGREEMENT, yes=False))
        assert grace.state.page is Page.ENDED
        await grace.until(lambda state: state.link is LinkState.CLOSED)
        ended = last(grace.state)
        assert isinstance(ended, SessionEnded)
        assert (ended.reason, ended.text) == (EndReason.DECLINED, "See you another time.")
        assert grace.state.verdict is None


async def test_declining_on_a_cut_wire_is_told_with_the_next(world: World) -> None:
    await world.configure(agreement_client=True)
    async with wire_to(world.relay.port) as wire:
        origin = f"https://localhost:{wire.port}"
        async with person(origin, authority(world)) as grace:
            await came_in(world, grace)
            await grace.until(lambda state: bool(state.left))
            wire.cut()
            await grace.until(lambda state: state.link is LinkState.LOST)
            grace.take(given.StepAnswered(client_id(), Step.AGREEMENT, yes=False))
            assert grace.state.page is Page.ENDED
            wire.mend()
            await grace.until(lambda state: state.link is LinkState.CLOSED)
            assert reply_of(grace.state) is Reply.NO


async def test_no_answer_in_time_ends_it_too(world: World) -> None:
    await world.configure(agreement_client=True)
    async with person(world.origin, authority(world)) as grace:
        await came_in(world, grace)
        await grace.until(lambda state: bool(state.left))
        world.later(121)
        await grace.until(lambda state: state.link is LinkState.CLOSED)
        ended = last(grace.state)
        assert isinstance(ended, SessionEnded)
        assert ended.reason is EndReason.UNANSWERED


async def test_a_transfer_leads_through_another_queue(world: World) -> None:
    async with person(world.origin, authority(world)) as grace:
        _, theirs = await accepted(world, grace)
        billing = await world.team("Billing")
        wish = QueueWish(kind=QueueKind.TEAM, id=billing)
        await theirs.ask(SessionTransfer(id=client_id(), queue=wish))
        await grace.until(lambda state: state.page is Page.WAITING and state.place is not None)
        assert grace.state.snapshot
        assert grace.state.snapshot.queue.name == "Billing"


async def test_leaving_by_a_notice_keeps_no_survey(world: World) -> None:
    await asking(world)
    notice = await world.notice("Printers are *down*.")
    async with person(world.origin, authority(world)) as grace:
        await came_in(world, grace)
        await grace.until(lambda state: bool(state.snapshot and state.snapshot.notices))
        grace.take(given.MineChosen(notice))
        grace.take(given.MineAnswered(True, client_id()))
        await grace.until(lambda state: state.link is LinkState.CLOSED)
        assert (grace.state.noted, grace.state.survey) == (notice, None)
        assert grace.state.page is Page.ENDED


async def test_when_nobody_is_there_it_says_where_to_go_on(world: World) -> None:
    await world.configure(orphaned_url="https://help.example/later")
    ada = await world.representative("ada")
    desk = await ada.desk()
    key = (await ada.make_key(desk, own=False)).key
    await desk.ask(PresenceSet(presence=Presence.AWAY))
    async with person(world.origin, authority(world)) as grace:
        grace.join(key)
        await grace.until(lambda state: state.page is Page.WAITING)
        world.later(60)
        await grace.until(lambda state: state.link is LinkState.CLOSED)
        ended = last(grace.state)
        assert isinstance(ended, SessionEnded)
        assert (ended.reason, ended.url) == (EndReason.ORPHANED, "https://help.example/later")


async def test_the_survey_arrives_after_the_end_and_is_answered(world: World) -> None:
    await asking(world)
    async with person(world.origin, authority(world)) as grace:
        _, theirs = await accepted(world, grace)
        await theirs.ask(SessionEnd(id=client_id()))
        await grace.until(lambda state: state.survey is not None)
        assert grace.state.link is LinkState.CLOSED
        grace.take(given.SurveySent(REPLIES))
        await grace.until(lambda state: stage(state) is Stage.SENT)
        assert len(await kept(world)) == 1


async def test_answers_that_do_not_get_through_can_be_sent_again(world: World) -> None:
    await asking(world)
    async with wire_to(world.relay.port) as wire:
        origin = f"https://localhost:{wire.port}"
        async with person(origin, authority(world)) as grace:
            _, theirs = await accepted(world, grace)
            await theirs.ask(SessionEnd(id=client_id()))
            await grace.until(lambda state: state.survey is not None)
            wire.cut()
            grace.take(given.SurveySent(REPLIES))
            await grace.until(lambda state: stage(state) is Stage.FAILED)
            wire.mend()
            grace.take(given.SurveySent(REPLIES))
            await grace.until(lambda state: stage(state) is Stage.SENT)
            assert len(await kept(world)) == 1


async def test_answers_that_do_not_fit_are_refused_with_a_reason(world: World) -> None:
    await asking(world)
    async with person(world.origin, authority(world)) as grace:
        _, theirs = await accepted(world, grace)
        await theirs.ask(SessionEnd(id=client_id()))
        await grace.until(lambda state: state.survey is not None)
        grace.take(given.SurveySent((SurveyReply(question="unknown", number=5),)))
        await grace.until(lambda state: stage(state) is Stage.FAILED)
        assert grace.state.survey
        assert grace.state.survey.code is not None


async def test_the_window_may_go_while_answers_are_under_way(world: World) -> None:
    await asking(world)
    async with wire_to(world.relay.port) as wire:
        origin = f"https://localhost:{wire.port}"
        async with person(origin, authority(world)) as grace:
            _, theirs = await accepted(world, grace)
            await theirs.ask(SessionEnd(id=client_id()))
            await grace.until(lambda state: state.survey is not None)
            wire.hold()
            grace.take(given.SurveySent(REPLIES))
            grace.take(given.CloseWanted())
            assert grace.quit


async def test_a_code_takes_the_session_over_as_it_is(world: World) -> None:
    notice = await world.notice("Printers are down.")
    _, _, _, mine = await browsing(world)
    await mine.ask(ChatPost(id=client_id(), text="my printer is silent"))
    code = await code_of(mine)
    async with person(world.origin, authority(world)) as grace:
        grace.join(joincodes.shown(code))
        await grace.until(lambda state: state.page is Page.WAITING and state.place is not None)
        await grace.until(lambda state: bool(state.snapshot and state.snapshot.notices))
        assert grace.chat == ["my printer is silent"]
        assert grace.state.snapshot
        assert [one.notice for one in grace.state.snapshot.notices] == [notice]
        assert any(isinstance(fact, CustomerMoved) for fact in grace.state.snapshot.log)
        grace.say("and now it smells")
        await grace.until(lambda _: grace.chat[-1] == "and now it smells")


async def test_a_code_takes_an_open_question_over_too(world: World) -> None:
    await world.configure(agreement_chat=True, agreement_client=True)
    _, _, _, mine = await browsing(world)
    code = await code_of(mine)
    async with person(world.origin, authority(world)) as grace:
        grace.join(code)
        await grace.until(lambda state: bool(state.left))
        assert grace.state.page is Page.PREPARING
        grace.take(given.StepAnswered(client_id(), Step.AGREEMENT, yes=True))
        await grace.until(lambda state: state.page is Page.WAITING)
        assert reply_of(grace.state) is Reply.YES


async def test_a_used_code_waits_until_somebody_lets_it_in(world: World) -> None:
    _, desk, _, mine = await browsing(world)
    code = await code_of(mine)
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(person(world.origin, authority(world)))
        second = await stack.enter_async_context(person(world.origin, authority(world)))
        first.join(code)
        await first.until(lambda state: state.page is Page.WAITING)
        second.join(code)
        await second.until(lambda state: state.page is Page.KNOCKING)
        await knocked(desk)
        assert first.state.snapshot
        await desk.ask(LetIn(id=client_id(), session=first.state.snapshot.session))
        await second.until(lambda state: state.page is Page.WAITING)
        await first.until(lambda state: state.link is LinkState.CLOSED)
        assert (first.state.page, first.state.verdict) == (Page.ENDED, Verdict.REPLACED)
        assert second.state.snapshot
        assert second.state.snapshot.state is SessionState.WAITING
