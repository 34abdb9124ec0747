"""Every deed of the customer around the shared screen, as a real relay takes it."""

from client.session import share_inputs as deed
from client.session.asking import prompt_of
from client.session.share_inputs import ShareAnswer
from client.session.share_machines import Mode
from client.session.state import LinkState
from protocol.facts import Fact
from protocol.share_facts import GrantGiven, GrantOver, ShareEnded, SharePaused, ShareStarted
from protocol.share_requests import GrantAsk, GrantReturn, ShareStop
from protocol.share_snapshot import held_by
from protocol.sharing import Grant, GrantEnd, PauseCause, Scope, ShareCause
from tests.client.mind import CHOSEN
from tests.client.net.person import Person, person
from tests.client.net.test_link import accepted, authority
from tests.client.net.wire import wire_to
from tests.conftest import World
from tests.peers import Socket, client_id


async def answer(
    grace: Person, theirs: Socket, grant: Grant, given: ShareAnswer = ShareAnswer.ALLOW
) -> None:
    """Have the representative ask, and the customer answer."""
    await theirs.ask(GrantAsk(id=client_id(), grant=grant, reason="To look."))
    await grace.until(lambda state: prompt_of(state) is not None)
    prompt = prompt_of(grace.state)
    assert prompt is not None
    grace.take(deed.ShareAnswered(client_id(), prompt.key, given))


async def shown(grace: Person, theirs: Socket, grant: Grant = Grant.VIEW) -> None:
    await answer(grace, theirs, grant)
    await theirs.hear(ShareStarted)
    await grace.until(lambda state: state.share.told)


def agrees(grace: Person) -> bool:
    """Whether the relay believes exactly what holds here."""
    snapshot, own = grace.state.snapshot, grace.state.share
    assert snapshot is not None
    sharing = snapshot.sharing
    same = {(one.to, one.grant) for one in own.held} == {
        (one.to, one.grant) for one in sharing.held
    }
    return same and own.mend_at is None and own.epoch == sharing.epoch


async def test_pause_choose_and_go_on(world: World) -> None:
    async with person(world.origin, authority(world)) as grace:
        _, theirs = await accepted(world, grace)
        await shown(grace, theirs)
        grace.take(deed.PauseWanted(client_id()))
        assert (await theirs.hear(SharePaused)).why is PauseCause.CUSTOMER
        grace.take(deed.ResumeWanted(client_id()))
        assert (await theirs.hear(ShareStarted)).epoch == 2
        grace.take(deed.ChangeWanted(client_id()))
        assert (await theirs.hear(SharePaused)).why is PauseCause.CHOOSING
        grace.take(deed.Picked(client_id(), CHOSEN))
        started = await theirs.hear(ShareStarted)
        assert (started.share, started.epoch, started.scope) == (1, 3, Scope.CHOSEN)
        await grace.until(lambda _: agrees(grace))
        assert grace.gate.permit.apps == CHOSEN.apps


async def test_chosen_from_the_start_with_control(world: World) -> None:
    async with person(world.origin, authority(world)) as grace:
        _, theirs = await accepted(world, grace)
        await answer(grace, theirs, Grant.CONTROL, ShareAnswer.CHOOSE)
        grace.take(deed.Picked(client_id(), CHOSEN, control=True, lasts_s=300))
        assert (await theirs.hear(ShareStarted)).scope is Scope.CHOSEN
        given = [one for one in theirs.facts if isinstance(one, GrantGiven)]
        assert [(one.grant, one.lasts_s) for one in given] == [
            (Grant.VIEW, 0), (Grant.CONTROL, 300),
        ]  # fmt: skip
        await grace.until(lambda _: agrees(grace))


async def test_view_only_and_no_are_told(world: World) -> None:
    async with person(world.origin, authority(world)) as grace:
        _, theirs = await accepted(world, grace)
        await answer(grace, theirs, Grant.CONTROL, ShareAnswer.DENY)
        assert (await theirs.hear(GrantOver)).why is GrantEnd.DENIED
        await answer(grace, theirs, Grant.CONTROL, ShareAnswer.VIEW_ONLY)
        assert (await theirs.hear(GrantOver)).grant is Grant.CONTROL
        await theirs.hear(ShareStarted)
        await grace.until(lambda _: agrees(grace))
        assert grace.gate.permit.viewers == {1}


async def test_more_time_and_taking_back(world: World) -> None:
    async with person(world.origin, authority(world)) as grace:
        _, theirs = await accepted(world, grace)
        await shown(grace, theirs, Grant.CONTROL)
        to = theirs.participant
        grace.take(deed.MoreTimeWanted(client_id(), to))
        longer = await theirs.hear(GrantGiven)
        assert (longer.grant, longer.lasts_s) == (Grant.CONTROL, 1800)
        grace.take(deed.TakeBackWanted(client_id(), to, Grant.CONTROL))
        over = await theirs.hear(GrantOver)
        assert (over.grant, over.why) == (Grant.CONTROL, GrantEnd.TAKEN)
        grace.take(deed.TakeBackWanted(client_id(), to, Grant.VIEW))
        assert (await theirs.hear(ShareEnded)).why is ShareCause.CUSTOMER
        await grace.until(lambda _: agrees(grace))


async def test_what_the_representative_gives_back_is_gone_here(world: World) -> None:
    async with person(world.origin, authority(world)) as grace:
        _, theirs = await accepted(world, grace)
        await shown(grace, theirs, Grant.CONTROL)
        await theirs.ask(GrantReturn(id=client_id(), grant=Grant.CONTROL))
        await grace.until(lambda state: not state.share.controllers)
        assert grace.gate.permit.controllers == {}
        await theirs.ask(ShareStop(id=client_id()))
        await grace.until(lambda state: state.share.mode is Mode.OFF)
        assert not grace.gate.permit.shows


async def test_share_again_after_a_lost_link(world: World) -> None:
    async with (
        wire_to(int(world.origin.rpartition(":")[2])) as wire,
        person(f"https://localhost:{wire.port}", authority(world)) as grace,
    ):
        _, theirs = await accepted(world, grace)
        await shown(grace, theirs, Grant.CONTROL)
        wire.cut()
        await grace.until(lambda state: state.share.mode is Mode.LOST)
        await theirs.hear(ShareEnded)
        wire.mend()
        await grace.until(lambda state: state.link is LinkState.ONLINE)
        grace.take(deed.AgainAnswered(client_id(), True))
        started = await theirs.hear(ShareStarted)
        assert (started.share, started.epoch) == (2, 2)
        await grace.until(lambda _: agrees(grace))
        snapshot = grace.state.snapshot
        assert snapshot is not None
        assert held_by(snapshot.sharing, theirs.participant, Grant.CONTROL) is None


async def test_end_is_one_fact_however_often_it_is_pressed(world: World) -> None:
    async with person(world.origin, authority(world)) as grace:
        _, theirs = await accepted(world, grace)
        await shown(grace, theirs)
        for _ in range(5):
            grace.take(deed.EndShareWanted())
        await theirs.hear(ShareEnded)
        grace.say("done")
        await grace.until(lambda _: grace.chat == ["done"])
        snapshot = grace.state.snapshot
        assert snapshot is not None
        ends: list[Fact] = [one for one in snapshot.log if isinstance(one, ShareEnded)]
        assert len(ends) == 1
