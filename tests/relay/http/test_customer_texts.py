"""What customers see, as administrators read, save and try it."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from relay.app import Relay
from relay.domain.texts import TextName
from relay.http import cookies
from tests.relay.http.administrator import sign_in
from tests.relay.site import PASSWORD, Answer, Visitor, visiting

RLO = "\u202e"


@pytest.fixture
async def admin(visitor: Visitor) -> Visitor:
    """Root's browser."""
    await sign_in(visitor)
    return visitor


@pytest.fixture
async def other(relay: Relay, admin: Visitor) -> AsyncIterator[Visitor]:
    """The same person in another browser."""
    async with visiting(relay) as one:
        await one.post("/api/login", {"name": "root", "password": PASSWORD})
        yield one


async def state(visitor: Visitor) -> Any:
    return (await visitor.get("/api/texts")).json()


def text(known: Any, name: str = "greeting", language: str = "en") -> Any:
    key = (name, language)
    return next(one for one in known["texts"] if (one["name"], one["language"]) == key)


def wish(words: str | None, version: int = 0, name: str = "greeting") -> dict[str, object]:
    return {"name": name, "language": "en", "text": words, "version": version}


async def save(visitor: Visitor, *texts: dict[str, object], **more: object) -> Answer:
    return await visitor.post("/api/texts", {"texts": texts} | more)


async def test_everything_is_there_from_the_beginning(admin: Visitor) -> None:
    known = await state(admin)
    assert [one["name"] for one in known["texts"][::2]] == [str(name) for name in TextName]
    assert {one["language"] for one in known["texts"]} == {"en", "de"}
    assert all(one["text"] is None and one["version"] == 0 for one in known["texts"])
    assert text(known)["macros"] == ["ISSUE", "KEY", "POSITION", "REP", "SITE", "WAIT"]
    assert text(known, "agreement_chat")["macros"] == ["ISSUE", "KEY", "REP", "SITE"]
    assert known["rules"]["holdEveryS"] == 90
    assert known["examples"]["de"]["WAIT"].endswith("Minuten")
    assert known["canRecord"] is False


async def test_what_is_saved_holds_at_once(relay: Relay, admin: Visitor) -> None:
    known = await state(admin)
    rules = known["rules"] | {"greeting": False, "holdEveryS": 45}
    answer = await save(admin, wish(" Hello\r\n%SITE%  "), before=known["rules"], rules=rules)
    saved = answer.json()
    assert (text(saved)["text"], text(saved)["by"]) == ("Hello\n%SITE%", "Root")
    assert saved["rules"] == rules == (await state(admin))["rules"]
    content = relay.hub.content
    assert content.words(TextName.GREETING, "en") == "Hello\n%SITE%"
    assert (content.settings.greeting, content.settings.hold_every_s) == (False, 45)
    assert content.words(TextName.GREETING, "de") == text(known, language="de")["default"]


async def test_versions_are_kept_and_the_default_is_never_lost(
    relay: Relay, admin: Visitor
) -> None:
    version = 0
    for words in ("One", "Two", None, "One"):
        saved = (await save(admin, wish(words, version))).json()
        version = text(saved)["version"]
    found = (await admin.get("/api/texts/greeting.en")).json()["versions"]
    assert [one["text"] for one in found] == ["One", None, "Two", "One"]
    assert {one["by"] for one in found} == {"Root"}
    await save(admin, wish(None, version))
    usual = text(await state(admin))["default"]
    assert relay.hub.content.words(TextName.GREETING, "en") == usual
    for path in ("greeting.fr", "nothing.en", "greeting", "greeting.en.en"):
        assert (await admin.get(f"/api/texts/{path}")).status == 404


async def test_the_second_of_two_is_told_and_both_texts_are_kept(
    admin: Visitor, other: Visitor
) -> None:
    assert (await save(other, wish("Theirs"))).status == 200
    answer = await save(admin, wish("Mine"), wish("Hold", name="hold"))
    assert (answer.status, answer.code, answer.json()["field"]) == (409, "conflict", "greeting.en")
    known = await state(admin)
    assert (text(known)["text"], text(known, "hold")["text"]) == ("Theirs", None)
    assert (await save(admin, wish("Mine", text(known)["version"]))).status == 200


async def test_the_second_of_two_who_switch_the_same_is_told(
    admin: Visitor, other: Visitor
) -> None:
    before = (await state(admin))["rules"]
    theirs = before | {"holdEveryS": 45, "greeting": False}
    assert (await save(other, before=before, rules=theirs)).status == 200
    answer = await save(admin, before=before, rules=before | {"holdEveryS": 60})
    assert (answer.status, answer.code, answer.json()["field"]) == (409, "conflict", "holdEveryS")
    answer = await save(admin, before=before, rules=before | {"lostLast": False})
    assert answer.json()["rules"] == theirs | {"lostLast": False}


@pytest.mark.parametrize(
    ("words", "detail"),
    [
        ("Hi\n%NAME%", "macro_unknown:2:1:NAME"),
        ("x" * 4001, "long:1:4001:4000"),
        (f"ab{RLO}c", "turn:1:3:"),
        ("ab\x07c", "control:1:3:"),
        ("  ", "empty:1:1:"),
    ],
)
async def test_a_wrong_text_is_refused_with_its_place(
    admin: Visitor, words: str, detail: str
) -> None:
    for path in ("/api/texts", "/api/trial"):
        body = {"texts": [wish(words)]} | ({"language": "en"} if path.endswith("trial") else {})
        answer = await admin.post(path, body)
        told = answer.json()
        assert (answer.status, told["code"]) == (400, "bad_input")
        assert (told["field"], told["detail"]) == ("greeting.en", detail)
    assert text(await state(admin))["version"] == 0


async def test_a_macro_that_is_not_known_yet_is_refused(admin: Visitor) -> None:
    answer = await save(admin, wish("Wait %WAIT%", name="agreement_chat"))
    assert answer.json()["detail"] == "macro_misplaced:1:6:WAIT"
    answer = await save(admin, wish("Two\nlines", name="agreement_title"))
    assert answer.json()["detail"] == "lines:1:4:"


@pytest.mark.parametrize(
    ("change", "detail"),
    [
        ({"agreementLimitS": 5}, "range:10:3600"),
        ({"holdEveryS": 1}, "range:30:3600"),
        ({"orphanedAfterS": 0}, "range:10:3600"),
        ({"orphanedUrl": "http://help.example"}, "url_https"),
        ({"orphanedUrl": "javascript:alert(1)"}, "url_https"),
        ({"orphanedUrl": "https://a@b.example"}, "url_account"),
        ({"orphanedUrl": "https://x y"}, "url_shape"),
    ],
)
async def test_a_wrong_setting_is_refused_by_name(
    admin: Visitor, change: dict[str, object], detail: str
) -> None:
    rules = (await state(admin))["rules"]
    answer = await save(admin, before=rules, rules=rules | change)
    told = answer.json()
    assert (answer.status, told["field"], told["detail"]) == (400, *change, detail)
    assert (await state(admin))["rules"] == rules


@pytest.mark.parametrize(
    "body",
    [
        {"texts": [wish("x", name="nothing")]},
        {"texts": [wish("x") | {"language": "fr"}]},
        {"texts": [wish("x"), wish("y")]},
        {"texts": [wish("x", -1)]},
        {"texts": [wish("x" * 20_000)]},
        {"texts": "x"},
        {"rules": {}},
        {"nonsense": 1},
    ],
)
async def test_what_no_page_sends_is_refused(admin: Visitor, body: dict[str, object]) -> None:
    assert (await admin.post("/api/texts", body)).status == 400


async def test_rules_come_with_what_they_began_from(admin: Visitor) -> None:
    rules = (await state(admin))["rules"]
    assert (await save(admin, rules=rules)).json()["field"] == "before"
    assert (await save(admin, before=rules)).json()["field"] == "before"


async def test_a_trial_is_a_session_through_drafts_that_nobody_else_meets(
    relay: Relay, admin: Visitor
) -> None:
    rules = (await state(admin))["rules"] | {"agreementChat": True}
    drafts = [wish("Draft of %SITE%", name="agreement_chat"), wish(None)]
    body = {"language": "en", "rules": rules, "texts": drafts}
    answer = await admin.post("/api/trial", body)
    assert answer.json() == {"path": "/chat"}
    (cookie,) = answer.set_cookies()
    assert cookie.startswith(f"{cookies.CHAT}=")
    assert all(part in cookie for part in ("Secure", "HttpOnly", "SameSite=Strict"))
    assert (await admin.get("/chat")).status == 200
    assert relay.hub.content.settings.agreement_chat is False
    assert text(await state(admin), "agreement_chat")["text"] is None
    assert (await admin.post("/api/trial", {"language": "fr"})).json()["field"] == "language"
