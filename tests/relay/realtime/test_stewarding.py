"""What the relay does by itself for those who wait: notices, orphans, handing over."""

import pytest

from protocol.errors import ErrorCode
from protocol.facts import (
    EndReason,
    NoticeOver,
    NoticeTold,
    SessionAccepted,
    SessionEnded,
)
from protocol.requests import NoticeMine, NoticeSend, PresenceSet, SessionEnd
from protocol.roles import Presence
from protocol.signals import (
    DeskState,
    HoldMessage,
    QueuePlace,
    Refused,
    SurveyOffered,
    Welcome,
)
from relay.domain.texts import TextName
from relay.storage.schema import survey
from tests.conftest import World, insert
from tests.peers import Customer, Representative, Socket, client_id, say


async def waiting(world: World) -> tuple[Representative, Socket, Customer, Socket]:
    """A customer in the general queue."""
    ada = await world.representative("ada")
    desk = await world.stack.enter_async_context(await ada.desk())
    customer = await world.customer()
    await customer.join((await ada.make_key(desk, own=False)).key)
    mine, _ = await customer.connect()
    return ada, desk, customer, mine


async def told(mine: Socket, notice: str) -> NoticeTold:
    """The fact that shows `notice`, from the welcome or from now on."""
    (welcome,) = [one for one in mine.heard if isinstance(one, Welcome)]
    known = welcome.snapshot.notices if welcome.snapshot else ()
    for one in known:
        if one.notice == notice:
            return one
    while (fact := await mine.hear(NoticeTold)).notice != notice:
        pass
    return fact


async def test_the_greeting_names_place_and_wait(world: World) -> None:
    await world.word(TextName.GREETING, "%SITE%: %POSITION%, %WAIT%, %KEY%")
    _, _, _, mine = await waiting(world)
    place = await mine.hear(QueuePlace)
    site, position, wait, key = place.greeting.replace(": ", ", ").split(", ")
    assert (site, position, wait) == ("Support", "1", "not known yet")
    assert len(key) == len("1234-5678")


async def test_a_greeting_that_is_switched_off_is_empty(world: World) -> None:
    await world.configure(greeting=False)
    _, _, _, mine = await waiting(world)
    assert (await mine.hear(QueuePlace)).greeting == ""


async def test_who_waits_hears_every_ninety_seconds(world: World) -> None:
    await world.word(TextName.HOLD, "Number %POSITION%")
    _, _, _, mine = await waiting(world)
    await mine.hear(QueuePlace)
    for _ in range(3):
        world.later(91)
        assert (await mine.hear(HoldMessage)).text == "Number 1"


async def test_nobody_on_duty_ends_the_wait(world: World) -> None:
    _, desk, _, mine = await waiting(world)
    await mine.hear(QueuePlace)
    await desk.ask(PresenceSet(presence=Presence.AWAY))
    while (await mine.hear(QueuePlace)).on_duty:
        pass
    world.later(16)
    ended = await mine.hear(SessionEnded)
    assert (ended.reason, ended.by) == (EndReason.ORPHANED, "")
    assert ended.text


async def test_a_page_that_is_reloaded_orphans_nobody(world: World) -> None:
    ada, desk, customer, mine = await waiting(world)
    await mine.hear(QueuePlace)
    await desk.close()
    while (await mine.hear(QueuePlace)).on_duty:
        pass
    world.later(10)
    desk = await ada.desk()
    world.later(300)
    await ada.accept(desk, customer.joined.session)
    await mine.hear(SessionAccepted)


async def test_a_wait_over_the_limit_ends(world: World) -> None:
    await world.configure(orphaned_after_s=600, hold_every_s=0)
    _, _, _, mine = await waiting(world)
    await mine.hear(QueuePlace)
    world.later(601)
    assert (await mine.hear(SessionEnded)).reason is EndReason.ORPHANED


async def test_an_active_notice_is_shown_and_taken_away(world: World) -> None:
    notice = await world.notice("Printing is *down*.")
    _, _, _, mine = await waiting(world)
    fact = await told(mine, notice)
    assert (fact.text, fact.by) == ("Printing is *down*.", "")
    ends = world.clock.now_ms() + 60_000
    later = await world.notice("Only a minute", ends_at=ends)
    await told(mine, later)
    world.later(61)
    assert (await mine.hear(NoticeOver)).notice == later


@pytest.mark.parametrize(
    "fields",
    [
        {"systems": '["windows"]'},
        {"words": '["scanner"]'},
        {"issues": '["other"]'},
        {"automatic": False},
        {"starts_at": 10**15},
    ],
)
async def test_a_notice_for_others_is_not_shown(world: World, fields: dict[str, object]) -> None:
    await world.notice("not for you", **fields)
    shown = await world.notice("for you", systems='["linux"]')
    _, _, customer, mine = await waiting(world)
    await told(mine, shown)
    last = await world.notice("the last one")
    await told(mine, last)
    _, welcome = await customer.connect()
    assert welcome.snapshot is not None
    assert [one.notice for one in welcome.snapshot.notices] == [shown, last]


async def test_who_leaves_by_a_notice_is_counted_and_asked_nothing(world: World) -> None:
    await with_survey(world)
    notice = await world.notice("Printing is down.")
    _, _, _, mine = await waiting(world)
    await told(mine, notice)
    await mine.ask(NoticeMine(id=client_id(), notice=notice, email="grace@example.org"))
    ended = await mine.hear(SessionEnded)
    assert ended.reason is EndReason.NOTICE
    assert ended.text
    await mine.closed()
    assert not any(isinstance(one, SurveyOffered) for one in mine.heard)


async def test_a_notice_is_sent_into_a_session_by_hand(world: World) -> None:
    talk = await world.talk()
    notice = await world.notice("By hand", automatic=False)
    while not (state := await talk.desk.hear(DeskState)).notices:
        pass
    assert [one.id for one in state.notices] == [notice]
    await talk.theirs.ask(NoticeSend(id=client_id(), notice=notice))
    assert (await talk.mine.hear(NoticeTold)).text == "By hand"
    await talk.theirs.ask(NoticeSend(id=client_id(), notice="nosuchnotice"))
    assert (await talk.theirs.hear(Refused)).code is ErrorCode.NOT_FOUND


async def test_a_notice_one_was_not_shown_ends_nothing(world: World) -> None:
    notice = await world.notice("By hand", automatic=False)
    _, _, _, mine = await waiting(world)
    await mine.ask(NoticeMine(id=client_id(), notice=notice))
    assert (await mine.hear(Refused)).code is ErrorCode.NOT_NOW


async def test_the_least_busy_member_gets_the_next_customer(world: World) -> None:
    people = [await world.representative(name) for name in ("ada", "linus")]
    desks = [await person.desk() for person in people]
    team = await world.team("Printers", "ada", "linus", least_busy=True)
    helpers = []
    for _ in range(4):
        customer = await world.customer()
        await customer.join((await people[0].make_key(desks[0], team=team)).key)
        mine, welcome = await customer.connect()
        assert welcome.snapshot is not None
        taken = [one for one in welcome.snapshot.log if isinstance(one, SessionAccepted)]
        helpers.append((taken[0] if taken else await mine.hear(SessionAccepted)).participant.name)
    assert sorted(helpers) == ["Ada", "Ada", "Linus", "Linus"]


async def with_survey(world: World) -> None:
    """The survey is on, with one question."""
    questions = '[{"id":"q1","kind":"stars","text":{"en":"How was it?"},"choices":[]}]'
    row = {"enabled": True, "questions": questions, "at": 0}
    await insert(world.relay.database, survey, row)
    await world.relay.hub.content_changed()


async def test_the_survey_comes_after_the_end_and_again_after_a_reload(world: World) -> None:
    await with_survey(world)
    talk = await world.talk()
    await say(talk.mine, "thank you")
    await talk.theirs.ask(SessionEnd(id=client_id()))
    await talk.mine.hear(SessionEnded)
    offered = await talk.mine.hear(SurveyOffered)
    assert [one.text for one in offered.questions] == ["How was it?"]
    await talk.mine.closed()
    again, _ = await talk.customer.connect()
    await again.hear(SurveyOffered)
