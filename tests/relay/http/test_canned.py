"""Canned messages over HTTP: whose they are, what is accepted, what is refused with its place."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from relay.app import Relay
from relay.domain.accounts import Account
from tests.relay.furnished import team
from tests.relay.http.administrator import sign_in
from tests.relay.site import PASSWORD, Visitor, representative, visiting


@pytest.fixture
async def admin(visitor: Visitor) -> Account:
    return await sign_in(visitor)


@pytest.fixture
async def ada(relay: Relay) -> AsyncIterator[Visitor]:
    """A representative with a browser of her own."""
    await representative(relay)
    async with visiting(relay) as browser:
        await browser.post("/api/login", {"name": "ada", "password": PASSWORD})
        yield browser


def own(**changes: object) -> dict[str, object]:
    return {"path": "Printers/No paper", "texts": {"en": "Hello %CUSTOMER%"}} | changes


def shared(**changes: object) -> dict[str, object]:
    return own(team=None) | changes


async def usable(visitor: Visitor) -> Any:
    return (await visitor.get("/api/canned")).json()


async def test_ones_own_message_is_made_changed_and_deleted(ada: Visitor) -> None:
    wish = own(path=" Printers / No   paper / ", texts={"en": " Hello  \n", "de": " "})
    made = (await ada.post("/api/canned", wish)).json()["id"]
    (row,) = (await usable(ada))["own"]
    assert (row["id"], row["path"], row["texts"]) == (made, "Printers/No paper", {"en": "Hello"})
    change = own(path="Paper", version=row["version"])
    assert (await ada.post(f"/api/canned/{made}", change)).status == 204
    assert (await ada.post(f"/api/canned/{made}", change)).code == "conflict"
    assert [one["path"] for one in (await usable(ada))["own"]] == ["Paper"]
    assert (await ada.post(f"/api/canned/{made}/delete", {})).status == 204
    assert (await usable(ada))["own"] == []
    assert (await ada.post(f"/api/canned/{made}/delete", {})).code == "not_found"


async def test_nobody_else_sees_or_changes_ones_own(
    visitor: Visitor, admin: Account, ada: Visitor
) -> None:
    made = (await ada.post("/api/canned", own())).json()["id"]
    (row,) = (await usable(ada))["own"]
    assert (await usable(visitor))["own"] == []
    assert (await visitor.get("/api/shared-canned")).json()["messages"] == []
    for base in ("canned", "shared-canned"):
        wish = own(version=row["version"]) | ({"team": None} if base == "shared-canned" else {})
        assert (await visitor.post(f"/api/{base}/{made}", wish)).code == "not_found"
        assert (await visitor.post(f"/api/{base}/{made}/delete", {})).code == "not_found"
    assert (await usable(ada))["own"] == [row]


async def test_shared_ones_reach_those_they_are_for(
    visitor: Visitor, admin: Account, ada: Visitor
) -> None:
    known = await visitor.relay.parts.accounts.by_name("ada")
    assert known
    hers = await team(visitor.relay, "Billing", known[0].id)
    others = await team(visitor.relay, "Shipping")
    for number, whose in enumerate((None, hers, others)):
        wish = shared(path=f"m{number}", team=whose)
        assert (await visitor.post("/api/shared-canned", wish)).status == 200
    found = await usable(ada)
    assert [(one["path"], one["team"]) for one in found["shared"]] == [("m0", None), ("m1", hers)]
    assert found["teams"] == [{"id": hers, "name": "Billing"}]
    assert (await ada.get("/api/shared-canned")).code == "forbidden"
    assert (await ada.post("/api/shared-canned", shared())).code == "forbidden"


@pytest.mark.parametrize(
    ("wish", "code", "field", "detail"),
    [
        (own(path=""), "bad_input", "path", "empty:1:1:"),
        (own(path=" / / "), "bad_input", "path", "empty:1:1:"),
        (own(path="a/b/c/d/e"), "bad_input", "path", "deep:1:1:4"),
        (own(path="x" * 161), "bad_input", "path", "long:1:161:160"),
        (own(path="a\u202eb"), "bad_input", "path", "turn:1:2:"),
        (own(path="a\nb"), "bad_input", "path", "lines:1:2:"),
        (own(texts={}), "bad_input", "texts.en", "empty:1:1:"),
        (own(texts={"en": " "}), "bad_input", "texts.en", "empty:1:1:"),
        (own(texts={"fr": "Bonjour"}), "bad_input", "texts", ""),
        (own(texts={"de": "x" * 2001}), "bad_input", "texts.de", "long:1:2001:2000"),
        (own(texts={"en": "a\nb %NOBODY%"}), "bad_input", "texts.en", "macro_unknown:2:3:NOBODY"),
        (own(texts={"en": "%WAIT%"}), "bad_input", "texts.en", "macro_misplaced:1:1:WAIT"),
        (own(texts={"en": "a\x07"}), "bad_input", "texts.en", "control:1:2:"),
        (own(moon=1), "bad_input", "moon", ""),
        (own(team=None), "bad_input", "team", ""),
    ],
)
async def test_what_does_not_fit_is_refused_with_its_place(
    ada: Visitor, wish: dict[str, object], code: str, field: str, detail: str
) -> None:
    told = (await ada.post("/api/canned", wish)).json()
    assert (told["code"], told["field"], told["detail"]) == (code, field, detail)
    assert (await usable(ada))["own"] == []


async def test_names_and_teams_are_checked(visitor: Visitor, admin: Account) -> None:
    assert (await visitor.post("/api/shared-canned", shared())).status == 200
    taken = await visitor.post("/api/shared-canned", shared(path="printers/NO paper"))
    assert (taken.code, taken.json()["field"]) == ("name_taken", "path")
    nowhere = await visitor.post("/api/shared-canned", shared(path="x", team="nobody"))
    assert nowhere.code == "not_found"


async def test_the_most_there_may_be_is_told(ada: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("protocol.limits.CANNED_OWN", 1)
    await ada.post("/api/canned", own())
    refused = await ada.post("/api/canned", own(path="Other"))
    assert (refused.code, refused.json()["detail"]) == ("not_now", "too_many:1")
