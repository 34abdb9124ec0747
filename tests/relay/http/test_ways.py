"""The ways in: the web chat or the program, by a key, by a request, by a join code."""

import html

import pytest

from protocol import joincodes, keys, limits
from protocol.roles import Door, Way
from relay.app import Relay
from relay.domain.content import SiteSettings
from relay.domain.waiting import QueueKey
from relay.realtime.entry import Entry
from relay.storage.schema import participant, session, session_key
from tests.locks import locked
from tests.relay import furnished
from tests.relay.furnished import STAY, post_form, rows
from tests.relay.site import ManualClock, Visitor, representative, visiting


async def key_to(relay: Relay, way: Way) -> str:
    """A key to the general queue of a site with this way."""
    await furnished.settings(relay, SiteSettings(way=way))
    ada = await representative(relay)
    key, _ = await relay.parts.keys.make(ada.id, QueueKey(), relay.parts.clock.now_ms())
    return key


@pytest.mark.parametrize("wished", [{}, {"way": "chat"}, {"way": "client"}])
@pytest.mark.parametrize("way", list(Way))
async def test_the_way_is_the_teams_and_where_it_is_open_the_customers(
    visitor: Visitor, way: Way, wished: dict[str, str]
) -> None:
    relay = visitor.relay
    team = await furnished.team(relay, "Printing", way=way)
    issue = await furnished.issue(relay, "Printer", team)
    await furnished.settings(relay, STAY)
    answer = await post_form(visitor, "/start", issue=issue, **wished)
    to_program = way is Way.CLIENT or (way is Way.CHOICE and wished == {"way": "client"})
    (person,) = await rows(relay, participant)
    assert person.door == ("client" if to_program else "chat")
    assert answer.headers["Location"].startswith("/program/" if to_program else "/chat")
    assert bool(answer.set_cookies()) is not to_program
    if to_program:
        page = (await visitor.get(answer.headers["Location"])).text
        code = answer.headers["Location"].rpartition("/")[2]
        assert joincodes.is_right(joincodes.normalise(code))
        assert f">{code}</output>" in page
        joined = await visitor.ask("POST", "/api/join", json={"key": code, "system": "Debian 12"})
        assert joined.json()["participant"] == person.id


@pytest.mark.expect_log("storage.unavailable")
async def test_a_database_that_cannot_write_costs_neither_words_nor_key(visitor: Visitor) -> None:
    relay = visitor.relay
    key = await key_to(relay, Way.CHAT)
    issue = await furnished.issue(relay, "Printer")
    await furnished.settings(relay, STAY)
    async with locked(relay.database.url.database):
        asked = await post_form(visitor, "/start", issue=issue, words="Still here")
        typed = await post_form(visitor, "/join", key=key, name="Grace")
    for answer, kept in ((asked, "Still here"), (typed, f'value="{key}"')):
        assert answer.status == 503
        assert kept in answer.text
        assert "What you typed is still here" in html.unescape(answer.text)
    assert (await post_form(visitor, "/join", key=key)).headers["Location"] == "/chat"


@pytest.mark.parametrize("way", ["chat", "client"])
async def test_a_key_for_the_program_is_shown_and_not_used(visitor: Visitor, way: str) -> None:
    key = await key_to(visitor.relay, Way.CLIENT)
    answer = await post_form(visitor, "/join", key=key, way=way)
    assert answer.headers["Location"] == f"/program/{keys.shown(key)}"
    assert f">{keys.shown(key)}</output>" in (await visitor.get(f"/program/{key}")).text
    assert (await visitor.ask("POST", "/api/join", json={"key": key})).status == 200


async def test_a_key_for_the_web_chat_is_refused_to_the_program_and_not_used(
    visitor: Visitor,
) -> None:
    key = await key_to(visitor.relay, Way.CHAT)
    assert (await visitor.ask("POST", "/api/join", json={"key": key})).code == "key_for_chat"
    (row,) = await rows(visitor.relay, session_key)
    assert row.used_at is None
    assert (await post_form(visitor, "/join", key=key)).headers["Location"] == "/chat"


async def test_customers_may_choose_the_program_with_their_key(visitor: Visitor) -> None:
    key = await key_to(visitor.relay, Way.CHOICE)
    page = (await visitor.get("/")).text
    assert page.index('value="chat"') < page.index('value="client"')
    answer = await post_form(visitor, "/join", key=key, way="client")
    assert answer.headers["Location"] == f"/program/{keys.shown(key)}"
    assert (await post_form(visitor, "/join", key=key, way="chat")).headers["Location"] == "/chat"


async def test_a_join_code_in_the_key_field_leads_to_the_program(visitor: Visitor) -> None:
    code = "K7PQ2M9XAB" + joincodes.check("K7PQ2M9XAB")
    answer = await post_form(visitor, "/join", key=code.lower())
    assert answer.headers["Location"] == f"/program/{joincodes.shown(code)}"
    wrong = await post_form(visitor, "/join", key="K7PQ2M9XAB00")
    assert wrong.status == 400
    assert "mistake in this code" in wrong.text


@pytest.mark.parametrize("path", ["/program/1234", "/program/%3Cscript%3E", "/program/%00"])
async def test_nothing_but_a_right_code_is_shown_for_the_program(
    visitor: Visitor, path: str
) -> None:
    answer = await visitor.get(path)
    assert (answer.status, answer.headers["Location"]) == (303, "/")


async def test_a_long_name_beside_a_key_is_refused_with_its_place(visitor: Visitor) -> None:
    key = await key_to(visitor.relay, Way.CHAT)
    answer = await post_form(visitor, "/join", key=key, name="n" * 90)
    assert answer.status == 400
    assert f'value="{key}"' in answer.text
    assert "Too long by 10" in answer.text
    assert (await post_form(visitor, "/join", key=key, name="Grace")).status == 303


async def test_the_chat_has_the_look_of_the_portal_its_customer_came_by(visitor: Visitor) -> None:
    relay = visitor.relay
    issue = await furnished.issue(relay, "Printer")
    north = await furnished.portal(relay, "north", name="North", accent="#0a7a55")
    await furnished.settings(relay, STAY)
    await post_form(visitor, "/p/north/start", issue=issue)
    page = (await visitor.get("/chat")).text
    assert f'href="/look/{north}.css?v=0a7a55"' in page
    assert 'data-organisation="North"' in page
    assert "data-moved" not in page


async def test_a_browser_whose_session_went_on_in_the_program_is_told_so(
    visitor: Visitor,
) -> None:
    relay = visitor.relay
    issue = await furnished.issue(relay, "Printer")
    await furnished.settings(relay, STAY)
    await post_form(visitor, "/start", issue=issue, name="Grace")
    (row,) = await rows(relay, session)
    code, _ = await relay.hub.entrance.make_code(row.id)
    async with visiting(relay) as program:
        joined = await program.ask("POST", "/api/join", json={"key": joincodes.shown(code)})
        assert joined.status == 200
        again = await program.ask("POST", "/api/join", json={"key": code})
        assert (again.status, again.code) == (410, "code_used")
    page = await visitor.get("/chat")
    assert page.status == 200
    assert 'data-moved="true"' in page.text
    ticket = await visitor.post("/api/ticket", {"door": "chat"})
    assert (ticket.status, ticket.code, ticket.json()["detail"]) == (410, "ended", "moved")


async def test_wrong_codes_count_as_wrong_keys_and_used_ones_do_not(
    visitor: Visitor, clock: ManualClock
) -> None:
    relay = visitor.relay
    entry = Entry(queue=QueueKey(), door=Door.CLIENT, language="en", token_hash=None)
    waiting = await relay.hub.open_session(entry)
    code, _ = await relay.hub.entrance.make_code(waiting.session)
    unknown = "AAAAAAAAAA" + joincodes.check("AAAAAAAAAA")

    async def join(typed: str) -> str:
        answer = await visitor.ask("POST", "/api/join", json={"key": typed})
        return "joined" if answer.status == 200 else answer.code

    assert await join(code) == "joined"
    for _ in range(limits.WRONG_KEYS * 2):
        assert await join(unknown[:-1] + "?") == "code_mistyped"
        assert await join(code) == "code_used"
    for _ in range(limits.WRONG_KEYS):
        assert await join(unknown) == "code_unknown"
    assert await join(unknown) == "too_many_tries"
    clock.advance(limits.WRONG_KEYS_WINDOW_S)
    assert await join(unknown) == "code_unknown"
