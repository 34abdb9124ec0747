"""The program is fetched under a name with a join code; a key becomes one by a post alone."""

import asyncio
import hashlib
import html
import os
import re
from pathlib import Path

import pytest

from protocol import joincodes, keys, limits
from protocol.roles import Door, Way
from relay.domain.content import SiteSettings
from relay.domain.waiting import QueueKey
from relay.realtime.entry import Entry
from relay.release import store_of
from relay.storage.schema import participant, session_key
from relay.storage.schema import session as session_table
from tests.locks import locked
from tests.peers import breaks_off
from tests.relay import furnished
from tests.relay.domain.test_programs import AGENTS
from tests.relay.furnished import post_form, rows
from tests.relay.releases import FOLDER, LINUX, MACOS, WINDOWS, hand_out
from tests.relay.site import ManualClock, Visitor, representative

CONTENT = os.urandom(1_000_003)
SUM = hashlib.sha256(CONTENT).hexdigest()
CODE = joincodes.shown("K7PQ2M9XAB" + joincodes.check("K7PQ2M9XAB"))
LINUX_FILE = f"/download/{CODE}/{LINUX}"


@pytest.fixture
def handed(visitor: Visitor, tmp_path: Path) -> Visitor:
    """A relay that hands out Linux' file and folder."""
    hand_out(visitor.relay, tmp_path / "dist", LINUX, CONTENT)
    hand_out(visitor.relay, tmp_path / "dist", FOLDER, b"folder")
    return visitor


async def waiting_code(visitor: Visitor) -> str:
    """A code of somebody who waits for their program."""
    await furnished.settings(visitor.relay, SiteSettings(orphaned_at_once=False))
    entry = Entry(queue=QueueKey(), door=Door.CLIENT, language="en", token_hash=None)
    opened = await visitor.relay.hub.open_session(entry)
    code, _ = await visitor.relay.hub.entrance.make_code(opened.session)
    return joincodes.shown(code)


async def step(visitor: Visitor, code: str) -> str:
    answer = await visitor.get(f"/api/program/{code}")
    assert answer.status == 200
    return str(answer.json()["step"])


async def key_to(visitor: Visitor, way: Way) -> str:
    """A key to the general queue, as shown."""
    relay = visitor.relay
    await furnished.settings(relay, SiteSettings(way=way, orphaned_at_once=False))
    ada = await representative(relay)
    key, _ = await relay.parts.keys.make(ada.id, QueueKey(), relay.parts.clock.now_ms())
    return keys.shown(key)


async def test_the_whole_file_comes_under_a_name_with_the_code(handed: Visitor) -> None:
    answer = await handed.get(LINUX_FILE)
    assert (answer.status, answer.body) == (200, CONTENT)
    headers = answer.headers
    assert headers["Content-Length"] == str(len(CONTENT))
    assert headers["Content-Type"] == "application/octet-stream"
    assert headers["Content-Disposition"].startswith(f'attachment; filename="Support-{CODE}";')
    assert (headers["ETag"], headers["Accept-Ranges"]) == (f'"{SUM}"', "bytes")
    assert (headers["X-Content-Type-Options"], headers["Cache-Control"]) == ("nosniff", "no-store")
    folder = await handed.get(f"/download/{CODE}/{FOLDER}")
    assert f'filename="Support-{CODE}.tar.xz"' in folder.headers["Content-Disposition"]


async def test_only_the_length_is_told_to_who_asks_for_the_head(handed: Visitor) -> None:
    code = await waiting_code(handed)
    answer = await handed.ask("HEAD", f"/download/{code}/{LINUX}")
    assert (answer.status, answer.body) == (200, b"")
    assert answer.headers["Content-Length"] == str(len(CONTENT))
    assert await step(handed, code) == "waiting"


@pytest.mark.parametrize(
    ("asked", "start", "after"),
    [("bytes=0-9", 0, 10), ("bytes=300000-", 300_000, None), ("bytes=-5", -5, None)],
)
async def test_a_range_is_a_part(
    handed: Visitor, asked: str, start: int, after: int | None
) -> None:
    for more in ({}, {"If-Range": f'"{SUM}"'}):
        answer = await handed.get(LINUX_FILE, headers={"Range": asked} | more)
        part = CONTENT[start:after]
        assert (answer.status, answer.body) == (206, part)
        begins = start % len(CONTENT)
        wanted = f"bytes {begins}-{begins + len(part) - 1}/{len(CONTENT)}"
        assert answer.headers["Content-Range"] == wanted
        assert answer.headers["Content-Length"] == str(len(part))


async def test_a_range_of_another_file_is_the_whole_of_this_one(handed: Visitor) -> None:
    headers = {"Range": "bytes=0-9", "If-Range": '"other"'}
    answer = await handed.get(LINUX_FILE, headers=headers)
    assert (answer.status, len(answer.body)) == (200, len(CONTENT))


async def test_a_range_behind_the_end_cannot_be_had(handed: Visitor) -> None:
    answer = await handed.get(LINUX_FILE, headers={"Range": f"bytes={len(CONTENT)}-"})
    assert answer.status == 416
    assert answer.headers["Content-Range"] == f"bytes */{len(CONTENT)}"


async def test_many_fetch_at_the_same_time(handed: Visitor) -> None:
    answers = await asyncio.gather(*(handed.get(LINUX_FILE) for _ in range(8)))
    assert all(one.body == CONTENT for one in answers)


async def test_who_goes_away_in_the_middle_leaves_nothing_behind(handed: Visitor) -> None:
    async with handed.session.get(handed.relay.origin + LINUX_FILE) as answer:
        await answer.content.readexactly(1000)
        answer.close()
    assert (await handed.get(LINUX_FILE)).body == CONTENT


@pytest.mark.parametrize(
    "path",
    [
        f"/download/{CODE}/{WINDOWS}",
        f"/download/{CODE}/{LINUX}.json",
        f"/download/{CODE}/%2e%2e",
        f"/download/{CODE}/..%2f..%2frelay.db",
        f"/download/{CODE}/%2e%2e/relay.db",
        f"/download/{CODE}/..",
        f"/download/{CODE}/{LINUX}%00",
        f"/download/{CODE}/{LINUX.upper()}",
        f"/download/{CODE}/",
        f"/download/{CODE.lower()}/{LINUX}",
        f"/download/{CODE.replace('-', '')}/{LINUX}",
        f"/download/{CODE[:-1]}0/{LINUX}",
        f"/download/1234-5674/{LINUX}",
        f"/download/%2e%2e/{LINUX}",
        f"/download/{CODE}%22%0d%0aX:1/{LINUX}",
        f"/download//{LINUX}",
        f"/api/program/{CODE.lower()}",
        "/api/program/1234-5674",
        "/api/program/%2e%2e",
    ],
)
async def test_nothing_else_is_found(handed: Visitor, path: str) -> None:
    answer = await handed.get(path)
    assert (answer.status, answer.code) == (404, "not_found")


async def test_people_read_a_page_where_nothing_is_found(visitor: Visitor) -> None:
    answer = await visitor.get(LINUX_FILE, headers={"Accept": "text/html"})
    assert answer.status == 404
    assert answer.headers["Content-Type"].startswith("text/html")


async def test_a_relay_that_runs_notices_what_is_added_and_removed(
    handed: Visitor, tmp_path: Path
) -> None:
    hand_out(handed.relay, tmp_path / "dist", LINUX, b"newer")
    assert (await handed.get(LINUX_FILE)).body == b"newer"
    store_of(handed.relay.config).remove(LINUX)
    assert (await handed.get(LINUX_FILE)).status == 404
    page = await handed.get(f"/program/{CODE}", headers={"User-Agent": AGENTS["linux"]})
    assert "/download/" not in page.text


async def test_bytes_that_are_missing_are_cut_off_not_ended(handed: Visitor) -> None:
    folder = handed.relay.config.data_folder / "downloads"
    (folder / f"{LINUX}.{SUM[:16]}").write_bytes(CONTENT[:500_000])
    await breaks_off(handed.get(LINUX_FILE))


async def test_the_page_tells_how_far_one_is(handed: Visitor, clock: ManualClock) -> None:
    code, other = await waiting_code(handed), await waiting_code(handed)
    assert await step(handed, code) == "waiting"
    await handed.get(f"/download/{code}/{LINUX}", headers={"Range": "bytes=0-0"})
    assert await step(handed, code) == "fetched"
    assert await step(handed, other) == "waiting"
    assert (await handed.ask("POST", "/api/join", json={"key": code})).status == 200
    assert await step(handed, code) == "joined"
    clock.advance(limits.JOIN_CODE_S)
    assert [await step(handed, one) for one in (code, other)] == ["joined", "over"]


async def test_codes_cannot_be_guessed_there(handed: Visitor, clock: ManualClock) -> None:
    code = await waiting_code(handed)
    for _ in range(limits.WRONG_KEYS * 2):
        assert await step(handed, code) == "waiting"
    for _ in range(limits.WRONG_KEYS):
        assert await step(handed, CODE) == "over"
    for one in (CODE, code):
        answer = await handed.get(f"/api/program/{one}")
        assert (answer.status, answer.code) == (429, "too_many_tries")
    clock.advance(limits.WRONG_KEYS_WINDOW_S)
    assert await step(handed, code) == "waiting"


async def test_looking_at_a_key_never_uses_it(handed: Visitor) -> None:
    key = await key_to(handed, Way.CLIENT)
    for agent in AGENTS.values():
        page = await handed.get(f"/program/{key}", headers={"User-Agent": agent})
        assert page.status == 200
        assert "/download/" not in page.text
        assert page.headers["Referrer-Policy"] == "same-origin"
    (row,) = await rows(handed.relay, session_key)
    assert row.used_at is None
    answer = await handed.get("/program")
    assert (answer.status, answer.headers["Location"]) == (303, "/")


async def test_the_button_exchanges_the_key_once(handed: Visitor) -> None:
    relay = handed.relay
    key = await key_to(handed, Way.CHOICE)
    north = await furnished.portal(relay, "north", name="North")
    page = (
        await handed.get(f"/p/north/program/{key}", headers={"User-Agent": AGENTS["linux"]})
    ).text
    assert 'action="/p/north/program"' in page
    answer = await post_form(handed, "/p/north/program", key=key, name="Grace", file=LINUX)
    assert answer.status == 303
    found = re.fullmatch(rf"/p/north/program/([0-9A-Z-]+)\?get={LINUX}", answer.headers["Location"])
    assert found
    assert not answer.set_cookies()
    (person,), (row,) = await rows(relay, participant), await rows(relay, session_table)
    assert (person.door, person.name, row.portal_id) == ("client", "Grace", north)
    assert person.token_hash is None
    again = await post_form(handed, "/p/north/program", key=key, file=LINUX)
    assert again.status == 410
    assert "has already been used" in again.text
    begun = (await handed.get(answer.headers["Location"])).text
    assert f'content="1;url=/download/{found[1]}/{LINUX}"' in begun
    joined = await handed.ask("POST", "/api/join", json={"key": found[1], "system": "Debian 12"})
    assert joined.json()["participant"] == person.id
    assert await step(handed, found[1]) == "joined"


@pytest.mark.parametrize("file", ["", WINDOWS, "../relay.db", "https://evil.example"])
async def test_a_file_that_is_not_there_begins_no_download(handed: Visitor, file: str) -> None:
    key = await key_to(handed, Way.CLIENT)
    location = (await post_form(handed, "/program", key=key, file=file)).headers["Location"]
    assert re.fullmatch(r"/program/[0-9A-Z-]{14}", location)
    assert "http-equiv" not in (await handed.get(f"{location}?get={file}")).text


async def test_a_key_for_the_web_chat_stays_unused(handed: Visitor) -> None:
    key = await key_to(handed, Way.CHAT)
    answer = await post_form(handed, "/program", key=key, file=LINUX)
    assert answer.status == 409
    assert "This key is for the web chat" in html.unescape(answer.text)
    (row,) = await rows(handed.relay, session_key)
    assert row.used_at is None


async def test_wrong_keys_are_told_and_counted(handed: Visitor) -> None:
    unknown = "1234567" + keys.check_digit("1234567")
    wrong = "1234567" + str((int(keys.check_digit("1234567")) + 1) % 10)
    assert (await post_form(handed, "/program", key=wrong)).status == 400
    assert (await post_form(handed, "/program", key="K7PQ2M9XAB00")).status == 400
    assert (await post_form(handed, "/program", key=unknown, name="n" * 90)).status == 400
    for _ in range(limits.WRONG_KEYS):
        assert (await post_form(handed, "/program", key=unknown)).status == 404
    assert (await post_form(handed, "/program", key=unknown)).status == 429


async def test_a_join_code_is_its_own(handed: Visitor) -> None:
    answer = await post_form(handed, "/program", key=CODE.lower(), file=LINUX)
    assert answer.headers["Location"] == f"/program/{CODE}?get={LINUX}"


@pytest.mark.expect_log("storage.unavailable")
async def test_a_database_that_cannot_write_costs_no_key(handed: Visitor) -> None:
    key = await key_to(handed, Way.CLIENT)
    async with locked(handed.relay.database.url.database):
        failed = await post_form(handed, "/program", key=key, file=LINUX)
    assert failed.status == 503
    assert (await post_form(handed, "/program", key=key, file=LINUX)).status == 303


async def test_a_name_from_the_portal_goes_along_behind_the_number_sign(handed: Visitor) -> None:
    key = await key_to(handed, Way.CLIENT)
    answer = await post_form(handed, "/join", key=key, name="Grace & Co")
    assert answer.headers["Location"] == f"/program/{key}#Grace%20%26%20Co"


async def test_size_and_sum_stand_on_the_page(handed: Visitor, tmp_path: Path) -> None:
    hand_out(handed.relay, tmp_path / "dist", MACOS, b"mac")
    page = (await handed.get(f"/program/{CODE}", headers={"User-Agent": AGENTS["linux"]})).text
    assert f"1.0\xa0MB · Support-{CODE}<" in page
    assert SUM in page
    assert f"chmod +x ~/Downloads/Support-{CODE} " in html.unescape(page)
    assert f'href="/download/{CODE}/{FOLDER}"' in page
    assert f'href="/download/{CODE}/{MACOS}"' in page
    german = {"User-Agent": AGENTS["linux"], "Accept-Language": "de"}
    assert "1,0\xa0MB" in (await handed.get(f"/program/{CODE}", headers=german)).text
