"""Notices over HTTP: written, sent, closed; whom that tells, and what is left afterwards."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from protocol import limits
from relay.app import Relay
from relay.domain.accounts import Account
from relay.domain.notices import KEPT_MS
from relay.domain.waiting import QueueKey
from relay.storage.notices import NoticeStore
from tests.relay.http.administrator import sign_in
from tests.relay.mailbox import Mailbox, mail_server
from tests.relay.site import ManualClock, Visitor, relay_at, visiting
from tests.relay.storage.site_rows import open_session

HOUR = 3_600_000


@pytest.fixture
async def box() -> AsyncIterator[Mailbox]:
    async with mail_server() as running:
        yield running


@pytest.fixture
async def relay(tmp_path: Path, clock: ManualClock, box: Mailbox) -> AsyncIterator[Relay]:
    """A relay that sends mail."""
    changes = {
        "organisation": "Acme",
        "smtp_host": "127.0.0.1",
        "smtp_port": box.port,
        "smtp_security": "none",
        "smtp_from": "help@example.org",
    }
    async with relay_at(tmp_path / "data", clock, changes) as running:
        yield running


@pytest.fixture
async def admin(visitor: Visitor) -> Account:
    return await sign_in(visitor)


def notice(**changes: object) -> dict[str, object]:
    return {
        "name": "Mail is down",
        "texts": {"en": "Mail is *down*. We work on it.", "de": "E-Mail geht nicht."},
        "startsAt": None,
        "endsAt": None,
        "automatic": True,
        "portals": [],
        "issues": [],
        "systems": [],
        "words": [],
    } | changes


async def rows(visitor: Visitor) -> Any:
    return (await visitor.get("/api/notices")).json()["notices"]


async def made(visitor: Visitor, **changes: object) -> str:
    return str((await visitor.post("/api/notices", notice(**changes))).json()["id"])


async def asked(
    relay: Relay, notice_id: str, number: int, email: str, language: str = "en"
) -> None:
    """A customer left because of the notice."""
    await open_session(relay.database, number)
    now = relay.parts.clock.now_ms()
    await NoticeStore(relay.database).saved(number, notice_id, email, language, now)


async def test_a_notice_is_written_and_changed(visitor: Visitor, admin: Account) -> None:
    now = visitor.relay.parts.clock.now_ms()
    wish = notice(words=[" Outlook ", "OUTLOOK", "", "Outlook"], systems=["windows"])
    notice_id = (await visitor.post("/api/notices", wish)).json()["id"]
    (row,) = await rows(visitor)
    assert (row["id"], row["state"], row["startsAt"]) == (notice_id, "active", now)
    assert (row["words"], row["systems"]) == (["Outlook"], ["windows"])
    assert (row["saved"], row["toTell"], row["deletedAt"]) == (0, 0, None)
    assert visitor.relay.hub.content.notices[notice_id].texts["de"] == "E-Mail geht nicht."
    later = notice(startsAt=now + HOUR, endsAt=now + 2 * HOUR, version=row["version"])
    assert (await visitor.post(f"/api/notices/{notice_id}", later)).status == 204
    assert (await visitor.post(f"/api/notices/{notice_id}", later)).code == "conflict"
    (row,) = await rows(visitor)
    assert (row["state"], row["endsAt"]) == ("planned", now + 2 * HOUR)


async def test_time_alone_starts_ends_and_deletes_it(
    visitor: Visitor, admin: Account, clock: ManualClock
) -> None:
    now = clock.now_ms()
    notice_id = await made(visitor, startsAt=now + HOUR, endsAt=now + 2 * HOUR)
    states = []
    for _ in range(3):
        (row,) = await rows(visitor)
        states.append(row["state"])
        clock.advance(HOUR / 1000)
    assert states == ["planned", "active", "over"]
    assert row["deletedAt"] == now + 2 * HOUR + KEPT_MS
    clock.advance(KEPT_MS / 1000)
    await sign_in(visitor, "eve")  # the login of before has ended, too
    assert await rows(visitor) == []
    await visitor.relay.parts.follow_up.round()
    assert notice_id not in visitor.relay.hub.content.notices
    assert await NoticeStore(visitor.relay.database).everything() == []


@pytest.mark.parametrize(
    ("changes", "code", "field", "detail"),
    [
        ({"name": ""}, "bad_input", "name", "empty:1:1:"),
        ({"texts": {}}, "bad_input", "texts.en", "empty:1:1:"),
        ({"texts": {"en": "x" * 1021}}, "bad_input", "texts.en", "long:1:1021:1020"),
        ({"texts": {"de": "a\nb\u202ec"}}, "bad_input", "texts.de", "turn:2:2:"),
        ({"texts": {"en": "a\x00"}}, "bad_input", "texts.en", "control:1:2:"),
        ({"texts": {"fr": "Panne"}}, "bad_input", "texts", ""),
        ({"texts": {"en": "x" * 8001}}, "bad_input", "texts", ""),
        ({"endsAt": 1}, "bad_input", "endsAt", "ends_past"),
        ({"startsAt": 2**50, "endsAt": 2**49}, "bad_input", "startsAt", ""),
        ({"startsAt": 4 * 10**12, "endsAt": 4 * 10**12}, "bad_input", "endsAt", "ends_early"),
        ({"systems": ["beos"]}, "bad_input", "systems", ""),
        ({"words": ["x"] * 21}, "bad_input", "words", ""),
        ({"words": ["x" * 61]}, "bad_input", "words", "long:1:61:60"),
        ({"portals": ["../x"]}, "bad_input", "portals", ""),
    ],
)  # fmt: skip
async def test_what_does_not_fit_is_refused_with_its_place(
    visitor: Visitor,
    admin: Account,
    changes: dict[str, object],
    code: str,
    field: str,
    detail: str,
) -> None:
    told = (await visitor.post("/api/notices", notice(**changes))).json()
    assert (told["code"], told["field"], told["detail"]) == (code, field, detail)
    assert await rows(visitor) == []


async def test_percent_signs_are_no_macros_here(visitor: Visitor, admin: Account) -> None:
    texts = {"en": "50 % of mail is late. %WAIT% %NOTHING%"}
    await made(visitor, texts=texts)
    assert (await rows(visitor))[0]["texts"] == texts


async def test_a_portal_takes_only_so_many(visitor: Visitor, admin: Account) -> None:
    for n in range(limits.NOTICES):
        await made(visitor, name=f"n{n}")
    refused = await visitor.post("/api/notices", notice())
    assert (refused.code, refused.json()["detail"]) == ("not_now", "crowded:main")
    shop = {"slug": "shop", "name": "", "accent": "", "way": None, "issues": None}
    shop_id = (await visitor.post("/api/portals", shop)).json()["id"]
    refused = await visitor.post("/api/notices", notice(portals=[shop_id]))
    assert refused.json()["detail"] == f"crowded:{shop_id}"
    first = (await rows(visitor))[0]["id"]
    await visitor.post(f"/api/notices/{first}/close", {})
    assert (await visitor.post("/api/notices", notice())).status == 200


async def test_only_what_is_shown_now_can_be_sent(visitor: Visitor, admin: Account) -> None:
    wish = {"waiting": True, "running": True}
    active = await made(visitor)
    assert (await visitor.post(f"/api/notices/{active}/send", wish)).json() == {"sessions": 0}
    planned = await made(visitor, startsAt=visitor.relay.parts.clock.now_ms() + HOUR)
    refused = await visitor.post(f"/api/notices/{planned}/send", wish)
    assert refused.json()["detail"] == "notice_not_active"
    assert (await visitor.post("/api/notices/nothing/send", wish)).code == "not_found"


async def test_sending_reaches_those_who_wait_and_nobody_twice(
    visitor: Visitor, admin: Account
) -> None:
    parts = visitor.relay.parts
    notice_id = await made(visitor, automatic=False, systems=["ios"])
    key, _ = await parts.keys.make(admin.id, QueueKey(), parts.clock.now_ms())
    async with visiting(visitor.relay) as grace:
        headers = {"Origin": visitor.relay.origin}
        await grace.ask("POST", "/join", data={"key": key, "name": "Grace"}, headers=headers)
    for wish, sessions in (
        ({"waiting": False, "running": True}, 0),
        ({"waiting": True, "running": False}, 1),
        ({"waiting": True, "running": True}, 0),
    ):
        sent = await visitor.post(f"/api/notices/{notice_id}/send", wish)
        assert sent.json() == {"sessions": sessions}


async def test_closing_tells_who_asked_and_forgets_where(
    visitor: Visitor, admin: Account, box: Mailbox
) -> None:
    relay = visitor.relay
    notice_id = await made(visitor)
    await asked(relay, notice_id, 1, "grace@example.org")
    await asked(relay, notice_id, 2, "linus@example.org", "de")
    await asked(relay, notice_id, 3, "")
    (row,) = await rows(visitor)
    assert (row["saved"], row["toTell"], row["told"]) == (3, 2, 0)
    answer = await visitor.post(f"/api/notices/{notice_id}/close", {})
    assert answer.json() == {"people": 2}
    await box.wait_for(2)
    english, german = sorted(box.messages, key=lambda one: one["To"])
    assert english["Subject"] == "It is solved (Acme)"
    assert german["Subject"] == "Es ist gelöst (Acme)"
    assert "Mail is *down*. We work on it." in english.get_content()
    assert "E-Mail geht nicht." in german.get_content()
    assert relay.origin in german.get_content()
    await relay.parts.follow_up.stop()
    (row,) = await rows(visitor)
    assert (row["saved"], row["toTell"], row["told"]) == (3, 0, 2)
    assert row["state"] == "over"


@pytest.mark.expect_log("mail.failed")
async def test_a_mail_server_that_is_away_is_tried_again(
    visitor: Visitor, admin: Account, box: Mailbox, clock: ManualClock
) -> None:
    relay, follow_up = visitor.relay, visitor.relay.parts.follow_up
    notice_id = await made(visitor)
    await asked(relay, notice_id, 1, "grace@example.org")
    await asked(relay, notice_id, 2, "gone@example.org")
    box.refuses = {"grace@example.org": "451 later", "gone@example.org": "550 nobody"}
    await NoticeStore(relay.database).close(notice_id, clock.now_ms())
    await follow_up.round()
    assert box.messages == []
    box.refuses.pop("grace@example.org")
    await follow_up.round()
    assert box.messages == [], "it is left alone for a while"
    clock.advance(61)
    await follow_up.round()
    assert box.recipients == ["grace@example.org"]
    (row,) = await rows(visitor)
    assert (row["toTell"], row["told"]) == (0, 2), "nobody is tried for ever"


async def test_no_address_is_logged(
    visitor: Visitor, admin: Account, box: Mailbox, clock: ManualClock
) -> None:
    relay = visitor.relay
    notice_id = await made(visitor)
    for number, name in enumerate(("grace", "gone", "full"), 1):
        await asked(relay, notice_id, number, f"{name}@example.org")
    box.refuses = {"gone@example.org": "550 gone@example.org?", "full@example.org": "452 full@"}
    with structlog.testing.capture_logs() as lines:
        await NoticeStore(relay.database).close(notice_id, clock.now_ms())
        await relay.parts.follow_up.round()
    assert {"mail.sent", "mail.refused", "mail.failed"} <= {one["event"] for one in lines}
    assert "@" not in str(lines)


async def test_what_only_ended_is_told_when_it_is_deleted(
    visitor: Visitor, admin: Account, box: Mailbox, clock: ManualClock
) -> None:
    relay = visitor.relay
    notice_id = await made(visitor, endsAt=clock.now_ms() + HOUR)
    await asked(relay, notice_id, 1, "grace@example.org")
    clock.advance(HOUR / 1000)
    await relay.parts.follow_up.round()
    assert box.messages == [], "somebody may still say that it is solved"
    clock.advance(KEPT_MS / 1000)
    await relay.parts.follow_up.round()
    (message,) = box.messages
    assert message["Subject"] == "It should be over (Acme)"
    assert await NoticeStore(relay.database).everything() == []


async def test_the_page_for_those_without_mail(
    visitor: Visitor, admin: Account, clock: ManualClock
) -> None:
    notice_id = await made(visitor, name="Internal name")
    async with visiting(visitor.relay) as anybody:
        path = f"/notice/{notice_id}"
        opened = await anybody.get(path)
        assert opened.status == 200
        assert "We are still working on it" in opened.text
        for secret in ("Internal name", "Mail is"):
            assert secret not in opened.text
        clock.advance(60)
        await visitor.post(f"/api/notices/{notice_id}/close", {})
        german = await anybody.get(path, headers={"Accept-Language": "de"})
        assert "Es ist gelöst" in german.text
        assert 'datetime="20' in german.text
        clock.advance(KEPT_MS / 1000)
        gone = await anybody.get(path)
        assert gone.status == 404
        assert "There is nothing to tell any longer" in gone.text
        assert (await anybody.get("/notice/nothing")).status == 404


async def test_the_page_of_what_only_ended(
    visitor: Visitor, admin: Account, clock: ManualClock
) -> None:
    notice_id = await made(visitor, endsAt=clock.now_ms() + HOUR)
    clock.advance(HOUR / 1000)
    assert "It should be over" in (await visitor.get(f"/notice/{notice_id}")).text


async def test_a_relay_with_mail_says_so(visitor: Visitor, admin: Account) -> None:
    assert (await visitor.get("/api/notices")).json()["mail"] is True
    assert visitor.relay.hub.content.mail
