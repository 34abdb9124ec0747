"""Portals as they are served: looks, texts, notices, ways, and the form without a key."""

import html
import json

from protocol import limits
from relay.app import Relay
from relay.domain.content import SiteSettings
from relay.domain.orphans import PATIENCE_MS
from relay.http.joining import REQUESTS, REQUESTS_WINDOW_S
from relay.storage.schema import fact, participant, session
from tests.relay import furnished
from tests.relay.furnished import STAY, post_form, rows
from tests.relay.site import ManualClock, Visitor

GERMAN = {"Accept-Language": "de-AT,de;q=0.9"}
WINDOWS = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"}


async def opened(relay: Relay) -> dict[str, object]:
    """The first fact of the only session."""
    (row,) = await rows(relay, fact)
    return dict(json.loads(row.body))


async def test_a_site_without_issues_has_only_the_key_field(visitor: Visitor) -> None:
    page = await visitor.get("/")
    assert 'id="join"' in page.text
    assert 'id="start"' not in page.text


async def test_a_portal_has_its_own_name_colour_issues_and_address(visitor: Visitor) -> None:
    printer = await furnished.issue(visitor.relay, "Printer", place=1)
    await furnished.issue(visitor.relay, "Invoice", place=0)
    north = await furnished.portal(
        visitor.relay, "north", name="North", accent="#0a7a55", issues=json.dumps([printer])
    )
    page = (await visitor.get("/p/north")).text
    assert f'href="/look/{north}.css?v=0a7a55"' in page
    assert 'action="/p/north/start"' in page
    assert "Printer" in page
    assert "Invoice" not in page
    main = (await visitor.get("/")).text
    assert main.index("Invoice") < main.index("Printer")
    assert "/look/" not in main
    assert (await visitor.get("/p/south")).status == 404
    for path in ("/p/north/join", "/p/north/start"):
        assert (await visitor.get(path)).headers["Location"] == "/p/north"
    state = (await visitor.get("/api/portal?at=north")).json()
    assert state["organisation"] == "North"
    assert [one["name"] for one in state["issues"]] == ["Printer"]


async def test_a_portal_speaks_the_readers_language(visitor: Visitor) -> None:
    await furnished.issue(visitor.relay, "Printer", german="Drucker")
    await furnished.notice(visitor.relay, {"en": "Mail is *slow*", "de": "E-Mail ist *langsam*"})
    page = await visitor.get("/", headers=GERMAN)
    assert page.headers["Content-Language"] == "de"
    assert "Drucker" in page.text
    assert "E-Mail ist <strong>langsam</strong>" in page.text


async def test_notices_come_and_go_by_the_clock(visitor: Visitor, clock: ManualClock) -> None:
    now = clock.now_ms()
    soon = {"starts_at": now + 60_000, "ends_at": now + 120_000}
    await furnished.notice(visitor.relay, {"en": "Planned work"}, **soon)
    shown = []
    for _ in range(3):
        state = (await visitor.get("/api/portal")).json()
        shown.append([one["text"] for one in state["notices"]])
        assert ("Planned work" in (await visitor.get("/")).text) is bool(shown[-1])
        clock.advance(60)
    assert shown == [[], ["Planned work"], []]


async def test_a_notice_about_one_system_is_shown_to_that_one(visitor: Visitor) -> None:
    await furnished.notice(visitor.relay, {"en": "Update stuck"}, systems='["windows"]')
    assert "Update stuck" in (await visitor.get("/", headers=WINDOWS)).text
    assert "Update stuck" not in (await visitor.get("/")).text


async def test_markup_of_notices_is_all_there_is(visitor: Visitor) -> None:
    text = '<script>x</script> https://a.example/"onclick=1 https://a@b.example'
    await furnished.notice(visitor.relay, {"en": text})
    page = (await visitor.get("/")).text
    assert "<script>x" not in page
    assert 'href="https://a.example/"' in page
    assert 'rel="noopener noreferrer"' in page
    assert "(b.example)" in page


async def test_a_request_opens_a_session_in_the_queue_of_its_issue(visitor: Visitor) -> None:
    relay = visitor.relay
    team = await furnished.team(relay, "Printing")
    issue = await furnished.issue(relay, "Printer", team, german="Drucker")
    portal = await furnished.portal(relay, "north")
    await furnished.settings(relay, STAY)
    words = "It <b>hums</b>\r\nsince \u202eMonday\r\n"
    answer = await post_form(
        visitor, "/p/north/start", GERMAN | WINDOWS, issue=issue, name=" Grace ", words=words
    )
    assert (answer.status, answer.headers["Location"]) == (303, "/chat")
    assert answer.set_cookies()[0].startswith("__Host-chat=")
    (row,) = await rows(relay, session)
    assert (row.queue_team_id, row.portal_id, row.issue_id) == (team, portal, issue)
    told = await opened(relay)
    assert told["words"] == "It <b>hums</b>\nsince Monday"
    assert (told["issue"], told["language"]) == ("Drucker", "de")
    (person,) = await rows(relay, participant)
    assert (person.name, person.system, person.door) == ("Grace", "Windows", "chat")


async def test_a_form_that_is_not_right_says_where_and_keeps_everything(visitor: Visitor) -> None:
    relay = visitor.relay
    await furnished.issue(relay, "Printer")
    name, words = "n" * (limits.NAME_CHARS + 1), "<i>" + "w" * limits.WORDS_CHARS
    answer = await post_form(visitor, "/start", issue="none", name=name, words=words)
    assert answer.status == 400
    assert html.escape(words) in answer.text
    assert name in answer.text
    assert "Please choose what you need help with." in answer.text
    assert "Too long by 3: at most 1000" in answer.text
    assert "Too long by 1: at most 80" in answer.text
    assert await rows(relay, session) == []


async def test_nobody_on_duty_is_told_at_once_and_the_form_is_kept(
    visitor: Visitor, clock: ManualClock
) -> None:
    relay = visitor.relay
    issue = await furnished.issue(relay, "Printer")
    await furnished.settings(
        relay, SiteSettings(orphaned_url="https://help.example.org/contact?a=1&b=2")
    )
    clock.advance(PATIENCE_MS / 1000)
    answer = await post_form(visitor, "/start", issue=issue, name="Grace", words="It hums")
    assert answer.status == 409
    assert "nobody is free to help you" in answer.text
    assert 'href="https://help.example.org/contact?a=1&amp;b=2"' in answer.text
    assert "Go on at help.example.org" in answer.text
    assert all(one in answer.text for one in ("It hums", 'value="Grace"', " selected>Printer"))
    assert await rows(relay, session) == []


async def test_where_sites_wait_for_somebody_nobody_is_sent_away(
    visitor: Visitor, clock: ManualClock
) -> None:
    issue = await furnished.issue(visitor.relay, "Printer")
    await furnished.settings(visitor.relay, STAY)
    clock.advance(PATIENCE_MS / 1000)
    assert (await post_form(visitor, "/start", issue=issue)).status == 303


async def test_requests_are_limited_by_address(visitor: Visitor, clock: ManualClock) -> None:
    issue = await furnished.issue(visitor.relay, "Printer")
    await furnished.settings(visitor.relay, STAY)
    for _ in range(REQUESTS):
        assert (await post_form(visitor, "/start", issue=issue)).status == 303
    refused = await post_form(visitor, "/start", issue=issue, words="Still here")
    assert refused.status == 429
    assert "Still here" in refused.text
    clock.advance(REQUESTS_WINDOW_S)
    assert (await post_form(visitor, "/start", issue=issue)).status == 303
