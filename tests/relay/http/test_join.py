"""Session keys from the outside: client, portal, link; wrong ones, used ones, too many."""

import asyncio
from pathlib import Path

import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from protocol import keys, limits
from protocol.identity import hello_to_sign, to_bytes
from protocol.queues import QueueKind
from relay.app import Relay
from relay.domain.content import MAIN_PORTAL, SiteSettings
from relay.domain.waiting import QueueKey
from relay.storage.portals import Logo, PortalStore
from relay.storage.schema import participant, session, session_key
from tests.relay import furnished
from tests.relay.pictures import png
from tests.relay.site import (
    Answer,
    ManualClock,
    Visitor,
    relay_at,
    representative,
    visiting,
)

NONCE = "n" * 22


async def key_for(relay: Relay, *, own: bool = False) -> str:
    found = await relay.parts.accounts.by_name("ada")
    account = found[0] if found else await representative(relay)
    queue = QueueKey(QueueKind.PERSONAL, account.id) if own else QueueKey()
    key, _ = await relay.parts.keys.make(account.id, queue, relay.parts.clock.now_ms())
    return key


async def join(visitor: Visitor, key: str, **more: str) -> Answer:
    """As the native client does it: no Origin, no cookie."""
    return await visitor.ask("POST", "/api/join", json={"key": key} | more)


async def join_by_page(visitor: Visitor, key: str, name: str = "") -> Answer:
    form = {"key": key, "name": name}
    return await visitor.ask("POST", "/join", data=form, headers={"Origin": visitor.relay.origin})


async def count(relay: Relay, table: sa.Table) -> int:
    async with relay.database.read() as connection:
        return int(
            (await connection.execute(sa.select(sa.func.count()).select_from(table))).scalar_one()
        )


def unused_key(key: str) -> str:
    """Another right key than `key`."""
    digits = f"{(int(key[:7]) + 1) % 10**7:07d}"
    return digits + keys.check_digit(digits)


async def test_the_client_joins_and_can_prove_the_relay(visitor: Visitor) -> None:
    key = await key_for(visitor.relay)
    answer = await join(visitor, keys.shown(key), name=" Grace \n Hopper ", nonce=NONCE)
    joined = answer.json()
    assert answer.status == 200
    assert joined["organisation"] == "Support"
    assert joined["identity"] == visitor.relay.identity.public_text
    Ed25519PublicKey.from_public_bytes(to_bytes(joined["identity"])).verify(
        to_bytes(joined["signature"]), hello_to_sign(visitor.relay.origin, NONCE)
    )
    async with visitor.relay.database.read() as connection:
        row = (await connection.execute(sa.select(participant))).one()
    assert (row.id, row.session_id, row.name) == (
        joined["participant"],
        joined["session"],
        "Grace Hopper",
    )
    assert joined["token"] not in repr(row)


async def test_the_portal_leads_to_the_chat(visitor: Visitor) -> None:
    key = await key_for(visitor.relay)
    assert (await visitor.get("/chat")).headers["Location"] == "/"
    answer = await join_by_page(visitor, f" {key[:4]} {key[4:]} ", "Grace")
    assert (answer.status, answer.headers["Location"]) == (303, "/chat")
    (cookie,) = answer.set_cookies()
    assert cookie.startswith("__Host-chat=")
    assert set(cookie.split("; ")[1:]) == {"HttpOnly", "Path=/", "SameSite=Strict", "Secure"}
    assert (await visitor.get("/chat")).status == 200
    ticket = await visitor.post("/api/ticket", {"door": "chat"})
    assert len(ticket.json()["ticket"]) == 43


async def test_looking_at_a_link_does_not_use_the_key(visitor: Visitor) -> None:
    key = await key_for(visitor.relay)
    for _ in range(3):
        assert keys.shown(key) in (await visitor.get(f"/join/{key}")).text
    assert (await join_by_page(visitor, key)).status == 303


async def test_whatever_stands_in_a_link_is_shown_as_digits(visitor: Visitor) -> None:
    page = await visitor.get("/join/%22%3E%3Cscript%3E12ab34")
    assert page.status == 200
    assert 'value="1234"' in page.text
    assert "<script>" not in page.text


async def test_a_key_for_the_own_queue_leads_there(visitor: Visitor) -> None:
    await join(visitor, await key_for(visitor.relay, own=True))
    await join(visitor, await key_for(visitor.relay, own=False))
    async with visitor.relay.database.read() as connection:
        queues = (await connection.execute(sa.select(session.c.queue_user_id))).scalars().all()
    assert sorted(one is None for one in queues) == [False, True]


async def test_each_refusal_says_as_much_as_helps(visitor: Visitor, clock: ManualClock) -> None:
    key = await key_for(visitor.relay)
    mistyped = key[:-1] + str((int(key[-1]) + 1) % 10)
    assert (await join(visitor, mistyped)).code == "key_mistyped"
    assert (await join(visitor, "1234")).code == "key_mistyped"
    assert (await join(visitor, unused_key(key))).code == "unknown_key"
    await join(visitor, key)
    assert (await join(visitor, key)).code == "key_used"
    late = await key_for(visitor.relay)
    clock.advance(limits.SESSION_KEY_S)
    assert (await join(visitor, late)).code == "key_expired"
    cancelled = await key_for(visitor.relay)
    found = await visitor.relay.parts.accounts.by_name("ada")
    assert found is not None
    await visitor.relay.parts.keys.cancel(found[0].id, cancelled)
    assert (await join(visitor, cancelled)).code == "key_expired"


async def test_the_page_tells_the_refusal_and_keeps_what_was_typed(visitor: Visitor) -> None:
    answer = await join_by_page(visitor, "1234-5679", "Grace <b>")
    assert answer.status == 400
    assert 'value="1234-5679"' in answer.text
    assert 'value="Grace &lt;b&gt;"' in answer.text
    assert "One digit seems to be wrong" in answer.text
    assert not answer.set_cookies()


async def test_wrong_keys_are_limited_and_mistyped_ones_are_not(
    visitor: Visitor, clock: ManualClock
) -> None:
    key = await key_for(visitor.relay)
    wrong = unused_key(key)
    for _ in range(limits.WRONG_KEYS * 2):
        assert (await join(visitor, "1234-5678")).code == "key_mistyped"
    for _ in range(limits.WRONG_KEYS):
        assert (await join(visitor, wrong)).code == "unknown_key"
    refused = await join(visitor, key)
    assert (refused.status, refused.code) == (429, "too_many_tries")
    assert 0 < int(refused.headers["Retry-After"]) <= limits.WRONG_KEYS_WINDOW_S
    assert "Retry-After" in (await join_by_page(visitor, key)).headers
    clock.advance(limits.WRONG_KEYS_WINDOW_S)
    assert (await join(visitor, key)).status == 200


async def test_guessing_at_once_gains_nothing(visitor: Visitor) -> None:
    await representative(visitor.relay)
    guesses = [keys.check_digit(f"{n:07d}") for n in range(40)]
    answers = await asyncio.gather(
        *(join(visitor, f"{n:07d}{digit}") for n, digit in enumerate(guesses))
    )
    assert sum(one.code == "unknown_key" for one in answers) == limits.WRONG_KEYS


async def test_a_key_used_by_many_at_once_admits_one(database_url: str, tmp_path: Path) -> None:
    async with relay_at(tmp_path / "data", changes={"database": database_url}) as relay:
        key = await key_for(relay)
        async with visiting(relay) as visitor:
            answers = await asyncio.gather(*(join(visitor, key) for _ in range(5)))
        assert sorted(one.status for one in answers) == [200, 410, 410, 410, 410]
        assert await count(relay, session) == 1


@pytest.mark.expect_log("http.unexpected")
async def test_a_session_that_cannot_be_stored_does_not_cost_the_key(visitor: Visitor) -> None:
    key = await key_for(visitor.relay)
    fail = (
        "CREATE TRIGGER full BEFORE INSERT ON support_session BEGIN SELECT RAISE(ABORT, 'x'); END"
    )
    await run(visitor.relay, fail)
    assert (await join(visitor, key)).status >= 500
    await run(visitor.relay, "DROP TRIGGER full")
    assert (await join(visitor, key)).status == 200


async def run(relay: Relay, statement: str) -> None:
    await relay.database.write(lambda connection: connection.execute(sa.text(statement)))


async def test_the_database_holds_no_key(visitor: Visitor) -> None:
    key = await key_for(visitor.relay)
    async with visitor.relay.database.read() as connection:
        rows = (await connection.execute(sa.select(session_key))).all()
    assert rows
    assert key not in repr(rows)


async def test_the_clients_way_in_is_closed_to_browsers(visitor: Visitor) -> None:
    key = await key_for(visitor.relay)
    by_page = await visitor.post("/api/join", {"key": key})
    with_cookie = await visitor.ask(
        "POST", "/api/join", json={"key": key}, headers={"Cookie": "a=b"}
    )
    assert by_page.code == with_cookie.code == "forbidden"
    assert await count(visitor.relay, session) == 0


async def test_the_portal_lists_who_is_available(visitor: Visitor) -> None:
    expected = {"organisation": "Support", "representatives": [], "issues": [], "notices": []}
    assert (await visitor.get("/api/portal")).json() == expected | {"way": "choice"}


@pytest.mark.parametrize(
    "body",
    [b"", b"key", b"key=%ff&name=%00", b"=&" * 100, b"a" * 70_000, "key=ü".encode()],
)
async def test_a_broken_form_is_refused(visitor: Visitor, body: bytes) -> None:
    headers = {
        "Origin": visitor.relay.origin,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    answer = await visitor.ask("POST", "/join", data=body, headers=headers)
    assert answer.status in {400, 413}


async def test_the_relay_says_who_it_is_before_it_sees_a_key(visitor: Visitor) -> None:
    answer = await visitor.ask("GET", f"/api/identity?nonce={NONCE}")
    told = answer.json()
    Ed25519PublicKey.from_public_bytes(to_bytes(told["identity"])).verify(
        to_bytes(told["signature"]), hello_to_sign(visitor.relay.origin, NONCE)
    )
    assert told["oldestClient"] == ""


@pytest.mark.parametrize("query", ["", "?nonce=", "?nonce=short", f"?nonce={'%0a' * 22}"])
async def test_it_signs_nothing_but_nonces(visitor: Visitor, query: str) -> None:
    answer = await visitor.ask("GET", f"/api/identity{query}")
    assert (answer.status, answer.json()["code"]) == (400, "bad_input")


async def test_the_client_learns_of_the_watermark(visitor: Visitor) -> None:
    relay = visitor.relay
    assert (await join(visitor, await key_for(relay))).json()["watermark"] is None
    wishes = SiteSettings(watermark=True, watermark_percent=30, watermark_seen=False)
    await furnished.settings(relay, wishes)
    told = (await join(visitor, await key_for(relay))).json()["watermark"]
    assert told == {"text": "Support", "logo": "", "percent": 30, "seen": False}
    await furnished.settings(relay, SiteSettings(watermark=True, watermark_text=" Acme  Support "))
    told = (await join(visitor, await key_for(relay))).json()["watermark"]
    assert told["text"] == "Acme Support"


async def test_without_a_text_the_watermark_is_the_logo(visitor: Visitor) -> None:
    relay, logo = visitor.relay, Logo(png(40, 40), "image/png")
    await PortalStore(relay.database).put_logo(MAIN_PORTAL, logo)
    await furnished.settings(relay, SiteSettings(watermark=True))
    told = (await join(visitor, await key_for(relay))).json()["watermark"]
    answer = await visitor.get(told["logo"])
    assert (answer.status, answer.body) == (200, png(40, 40))
