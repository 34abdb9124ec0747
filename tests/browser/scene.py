"""A customer in the web chat, and a representative who speaks the protocol without a console."""

import json
from dataclasses import dataclass

import sqlalchemy as sa
from playwright.async_api import expect

from protocol.errors import CloseCode
from protocol.facts import SessionFact
from protocol.signals import DeskState
from relay.storage.schema import session as session_table
from relay.storage.schema import survey
from relay.storage.sessions import SessionStore
from tests.browser.window import Language, Scheme, Window, Windows
from tests.conftest import World, insert
from tests.peers import Representative, Socket


@dataclass(frozen=True)
class Scene:
    """`page` is the customer's window; `person` helps, with `desk` open."""

    world: World
    page: Window
    person: Representative
    desk: Socket

    async def session(self) -> str:
        """The id of the customer's session, as soon as the desk shows it."""
        while not (state := await self.desk.hear(DeskState)).queue:
            pass
        return state.queue[0].session

    async def accept(self) -> Socket:
        """The representative takes the customer: the socket of the session."""
        session = await self.session()
        await self.person.accept(self.desk, session)
        theirs, _ = await self.person.session(session)
        await self.at("active")
        return await self.keep(theirs)

    async def keep(self, socket: Socket) -> Socket:
        """The same socket, which is closed when the test ends."""
        return await self.world.stack.enter_async_context(socket)

    async def last(self) -> SessionFact:
        """The last thing that the relay has stored of the session."""
        wanted = sa.select(session_table.c.id)
        async with self.world.relay.database.read() as connection:
            session_id = (await connection.execute(wanted)).scalar_one()
        session = await SessionStore(self.world.relay.database).load(session_id)
        assert session
        return session.snapshot.log[-1]

    def drop(self) -> None:
        """Break the customer's connection."""
        (room,) = self.world.relay.hub.rooms.values()
        room.peers[room.session.customer.id].close(CloseCode.RESTART)

    async def at(self, stage: str) -> None:
        """Wait until the customer's page has come to `stage`."""
        await expect(self.page.page.locator(f"#chat[data-stage={stage}]")).to_be_visible()


async def scene(
    world: World,
    windows: Windows,
    language: Language = "en",
    *,
    width: int = 360,
    height: int = 740,
    scheme: Scheme = "light",
    name: str = "Grace",
) -> Scene:
    """Grace has come in with a key of Ada's, on a phone; her form is posted as the portal does."""
    person = await world.representative("ada")
    desk = await world.stack.enter_async_context(await person.desk())
    made = await person.make_key(desk)
    page = await windows.open(language, width=width, height=height, scheme=scheme)
    form: dict[str, str | float | bool] = {"key": made.key, "name": name}
    headers = {"Origin": world.origin, "Accept-Language": language}
    await page.page.context.request.post(f"{world.origin}/join", form=form, headers=headers)
    await page.page.goto(f"{world.origin}/chat")
    return Scene(world, page, person, desk)


QUESTIONS = [
    {"id": "how", "kind": "stars", "text": {"en": "How was it?"}},
    {
        "id": "solved",
        "kind": "choice",
        "text": {"en": "Is it solved?"},
        "choices": [{"en": "Yes"}, {"en": "No"}],
    },
    {"id": "words", "kind": "text", "text": {"en": "What was missing?"}},
]


async def ask_afterwards(world: World, questions: list[dict[str, object]] | None = None) -> None:
    """Switch a survey on."""
    asked = json.dumps(QUESTIONS if questions is None else questions)
    row = {"enabled": True, "questions": asked, "at": 0}
    await insert(world.relay.database, survey, row)
    await world.relay.hub.content_changed()
