"""Teams and issues over HTTP: what is accepted, what is refused with its place."""

from typing import Any

import pytest

from relay.domain.accounts import Account
from tests.relay.http.administrator import sign_in
from tests.relay.site import Visitor, representative
from tests.relay.storage.site_rows import open_session


@pytest.fixture
async def admin(visitor: Visitor) -> Account:
    return await sign_in(visitor)


def team(**changes: object) -> dict[str, object]:
    return {"name": "Billing", "members": [], "way": None, "leastBusy": False} | changes


def issue(**changes: object) -> dict[str, object]:
    return {"names": {"en": "Printer", "de": "Drucker"}, "team": None} | changes


async def state(visitor: Visitor) -> Any:
    return (await visitor.get("/api/teams")).json()


async def test_a_team_is_made_changed_and_deleted(visitor: Visitor, admin: Account) -> None:
    ada = await representative(visitor.relay)
    made = await visitor.post("/api/teams", team(members=[ada.id], way="chat", leastBusy=True))
    team_id = made.json()["id"]
    (row,) = (await state(visitor))["teams"]
    assert (row["name"], row["members"], row["way"]) == ("Billing", [ada.id], "chat")
    assert (row["leastBusy"], row["waiting"]) == (True, 0)
    assert visitor.relay.hub.content.teams[team_id].members == {ada.id}, "sessions know at once"
    wish = team(name="Money", version=row["version"])
    assert (await visitor.post(f"/api/teams/{team_id}", wish)).status == 204
    assert (await visitor.post(f"/api/teams/{team_id}", wish)).code == "conflict"
    assert visitor.relay.hub.content.teams[team_id].name == "Money"
    assert (await visitor.post(f"/api/teams/{team_id}/delete", {})).status == 204
    assert (await state(visitor))["teams"] == []
    assert visitor.relay.hub.content.teams == {}
    assert (await visitor.post(f"/api/teams/{team_id}/delete", {})).code == "not_found"


async def test_people_are_offered_who_can_take_customers(visitor: Visitor, admin: Account) -> None:
    ada, eve = await representative(visitor.relay), await representative(visitor.relay, "eve")
    await visitor.post("/api/teams", team(members=[ada.id]))
    await visitor.post(f"/api/people/{ada.id}/disable", {})
    await visitor.post(f"/api/people/{eve.id}/disable", {})
    known = await state(visitor)
    helps = {one["id"]: one["helps"] for one in known["people"]}
    assert helps == {admin.id: True, ada.id: False}, "who is in a team stays to be seen"
    assert known["teams"][0]["members"] == [ada.id]


async def test_a_team_with_waiting_customers_says_how_many(
    visitor: Visitor, admin: Account
) -> None:
    team_id = (await visitor.post("/api/teams", team())).json()["id"]
    await open_session(visitor.relay.database, 91, queue_team_id=team_id)
    assert (await state(visitor))["teams"][0]["waiting"] == 1
    refused = await visitor.post(f"/api/teams/{team_id}/delete", {})
    assert (refused.code, refused.json()["detail"]) == ("not_now", "team_busy:1")


async def test_issues_lead_to_teams_in_an_order(visitor: Visitor, admin: Account) -> None:
    team_id = (await visitor.post("/api/teams", team())).json()["id"]
    printer = (await visitor.post("/api/issues", issue(team=team_id))).json()["id"]
    login = (await visitor.post("/api/issues", issue(names={"de": "Anmeldung"}))).json()["id"]
    assert [one["id"] for one in (await state(visitor))["issues"]] == [printer, login]
    order = {"ids": [login, printer]}
    assert (await visitor.post("/api/issue-order", order)).status == 204
    assert list(visitor.relay.hub.content.issues) == [login, printer]
    assert (await visitor.post("/api/issue-order", {"ids": [login]})).code == "conflict"
    row = (await state(visitor))["issues"][1]
    wish = issue(names={"en": " Printers ", "de": ""}, version=row["version"])
    assert (await visitor.post(f"/api/issues/{printer}", wish)).status == 204
    kept = visitor.relay.hub.content.issues[printer]
    assert (kept.names, kept.team) == ({"en": "Printers"}, None)
    assert (await visitor.post(f"/api/issues/{login}/delete", {})).status == 204
    assert list(visitor.relay.hub.content.issues) == [printer]


@pytest.mark.parametrize(
    ("path", "wish", "code", "field", "detail"),
    [
        ("teams", team(name="  "), "bad_input", "name", "empty:1:1:"),
        ("teams", team(name="x" * 81), "bad_input", "name", "long:1:81:80"),
        ("teams", team(name="a\u202eb"), "bad_input", "name", "turn:1:2:"),
        ("teams", team(name="a\x07b"), "bad_input", "name", "control:1:2:"),
        ("teams", team(name="a\nb"), "bad_input", "name", "lines:1:2:"),
        ("teams", team(members=["nobody"]), "not_found", "", ""),
        ("teams", team(members=["../x"]), "bad_input", "members", ""),
        ("teams", team(way="carrier pigeon"), "bad_input", "way", ""),
        ("teams", team(moon=1), "bad_input", "moon", ""),
        ("issues", issue(names={}), "bad_input", "names.en", "empty:1:1:"),
        ("issues", issue(names={"en": " ", "de": ""}), "bad_input", "names.en", "empty:1:1:"),
        ("issues", issue(names={"de": "x" * 81}), "bad_input", "names.de", "long:1:81:80"),
        ("issues", issue(names={"fr": "Imprimante"}), "bad_input", "names", ""),
        ("issues", issue(names={"en": "a\u2066b"}), "bad_input", "names.en", "turn:1:2:"),
        ("issues", issue(team="nothing"), "not_found", "", ""),
    ],
)
async def test_what_does_not_fit_is_refused_with_its_place(
    visitor: Visitor,
    admin: Account,
    path: str,
    wish: dict[str, object],
    code: str,
    field: str,
    detail: str,
) -> None:
    before = await state(visitor)
    refused = await visitor.post(f"/api/{path}", wish)
    told = refused.json()
    assert (told["code"], told["field"], told["detail"]) == (code, field, detail)
    assert await state(visitor) == before
