"""Portals over HTTP: addresses, colours, logos; and how everybody loads their looks."""

from typing import Any

import pytest

from protocol.site_api import LOGO_BYTES
from relay.domain.accounts import Account
from tests.relay.http.administrator import sign_in
from tests.relay.pictures import JPEG, WEBP_LOSSY, png
from tests.relay.site import Answer, Visitor

FOR_EVER = "public, max-age=31536000, immutable"


@pytest.fixture
async def admin(visitor: Visitor) -> Account:
    return await sign_in(visitor)


def portal(**changes: object) -> dict[str, object]:
    wish = {"slug": "shop", "name": "Acme Shop", "accent": "#E30613", "way": None, "issues": None}
    return wish | changes


async def rows(visitor: Visitor) -> Any:
    return (await visitor.get("/api/portals")).json()["portals"]


async def upload(visitor: Visitor, content: bytes, path: str = "main") -> Answer:
    headers = {"Origin": visitor.relay.origin, "Content-Type": "application/octet-stream"}
    return await visitor.ask("POST", f"/api/portals/{path}/logo", data=content, headers=headers)


async def test_a_portal_is_made_changed_and_deleted(visitor: Visitor, admin: Account) -> None:
    made = (await visitor.post("/api/portals", portal())).json()["id"]
    main, shop = await rows(visitor)
    assert (main["id"], main["slug"]) == ("main", "")
    assert (shop["id"], shop["slug"], shop["accent"]) == (made, "shop", "#e30613")
    assert visitor.relay.hub.content.portals[made].slug == "shop"
    wish = portal(slug="store", name="", issues=[], version=shop["version"])
    assert (await visitor.post(f"/api/portals/{made}", wish)).status == 204
    assert (await visitor.post(f"/api/portals/{made}", wish)).code == "conflict"
    assert (await rows(visitor))[1]["issues"] == []
    assert (await visitor.post(f"/api/portals/{made}/delete", {})).status == 204
    assert [one["id"] for one in await rows(visitor)] == ["main"]


async def test_the_main_portal_keeps_its_place(visitor: Visitor, admin: Account) -> None:
    (main,) = await rows(visitor)
    wish = portal(slug="", version=main["version"])
    assert (await visitor.post("/api/portals/main", wish | {"slug": "away"})).status == 409
    assert (await visitor.post("/api/portals/main", wish)).status == 204
    assert (await visitor.post("/api/portals/main/delete", {})).json()["detail"] == "main_portal"
    assert visitor.relay.hub.content.portals["main"].name == "Acme Shop"


@pytest.mark.parametrize(
    ("changes", "code", "field", "detail"),
    [
        ({"slug": ""}, "bad_input", "slug", "slug_shape"),
        ({"slug": "Shop"}, "bad_input", "slug", "slug_shape"),
        ({"slug": "../admin"}, "bad_input", "slug", "slug_shape"),
        ({"slug": "admin"}, "bad_input", "slug", "slug_reserved"),
        ({"name": "x" * 81}, "bad_input", "name", "long:1:81:80"),
        ({"name": "a\u202eb"}, "bad_input", "name", "turn:1:2:"),
        ({"accent": "red"}, "bad_input", "accent", ""),
        ({"accent": "#12345;"}, "bad_input", "accent", ""),
        ({"issues": ["../x"]}, "bad_input", "issues", ""),
    ],
)
async def test_what_does_not_fit_is_refused_with_its_place(
    visitor: Visitor,
    admin: Account,
    changes: dict[str, object],
    code: str,
    field: str,
    detail: str,
) -> None:
    told = (await visitor.post("/api/portals", portal(**changes))).json()
    assert (told["code"], told["field"], told["detail"]) == (code, field, detail)
    assert len(await rows(visitor)) == 1


async def test_an_address_is_given_once(visitor: Visitor, admin: Account) -> None:
    await visitor.post("/api/portals", portal())
    refused = await visitor.post("/api/portals", portal(name="Other"))
    assert (refused.code, refused.json()["field"]) == ("name_taken", "slug")


async def test_a_colour_is_judged_before_it_is_saved(visitor: Visitor, admin: Account) -> None:
    good = (await visitor.get("/api/accent?colour=%231f6feb")).json()
    assert (good["light"]["asChosen"], good["nearest"]) == (True, "#1F6FEB")
    bad = (await visitor.get("/api/accent?colour=%23ffd400")).json()
    assert not bad["light"]["asChosen"]
    again = (await visitor.get(f"/api/accent?colour=%23{bad['nearest'][1:]}")).json()
    assert again["light"]["asChosen"]
    own = (await visitor.get("/api/accent?colour=")).json()
    assert own["dark"]["accent"] == "#5AA2FF"
    for wrong in ("red", "%23fff", "%231f6feb;}"):
        assert (await visitor.get(f"/api/accent?colour={wrong}")).json()["detail"] == "colour"


@pytest.mark.parametrize(
    ("content", "kind"),
    [(png(3, 2), "image/png"), (JPEG, "image/jpeg"), (WEBP_LOSSY, "image/webp")],
)
async def test_a_logo_is_served_as_it_came_and_can_do_nothing(
    visitor: Visitor, admin: Account, content: bytes, kind: str
) -> None:
    assert (await upload(visitor, content)).status == 204
    address = (await rows(visitor))[0]["logo"]
    answer = await visitor.get(address)
    assert (answer.status, answer.body) == (200, content)
    assert answer.headers["Content-Type"] == kind
    assert answer.headers["Cache-Control"] == FOR_EVER
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    old = await visitor.get(f"{address.partition('?')[0]}?v=older")
    assert old.headers["Cache-Control"] == "no-cache"
    assert (await visitor.post("/api/portals/main/logo/delete", {})).status == 204
    assert (await rows(visitor))[0]["logo"] == ""
    assert (await visitor.get(address)).status == 404


@pytest.mark.parametrize(
    ("content", "status", "detail"),
    [
        (b"", 400, "logo_kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='ran()'/>", 400, "logo_svg"),
        (b"<!doctype html><script>ran()</script>", 400, "logo_kind"),
        (png(3, 2)[:-9], 400, "logo_damaged"),
        (png(1025, 1), 400, "logo_pixels"),
        (png(3, 2) + bytes(LOGO_BYTES), 413, "logo_large"),
    ],
)
async def test_what_is_no_logo_is_refused_with_a_reason(
    visitor: Visitor, admin: Account, content: bytes, status: int, detail: str
) -> None:
    refused = await upload(visitor, content)
    assert (refused.status, refused.json()["detail"]) == (status, detail)
    assert (await rows(visitor))[0]["logo"] == ""


async def test_a_logo_of_nothing_is_refused(visitor: Visitor, admin: Account) -> None:
    assert (await upload(visitor, png(1, 1), "nothing")).code == "not_found"


async def test_the_colours_are_a_stylesheet_for_everybody(visitor: Visitor, admin: Account) -> None:
    made = (await visitor.post("/api/portals", portal())).json()["id"]
    answer = await visitor.get(f"/look/{made}.css?v=e30613")
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert answer.headers["Cache-Control"] == FOR_EVER
    assert "--accent: #E30613;" in answer.text
    assert "prefers-color-scheme: dark" in answer.text
    older = await visitor.get(f"/look/{made}.css?v=000000")
    assert older.headers["Cache-Control"] == "no-cache"
    plain = await visitor.get("/look/main.css")
    assert (plain.status, plain.text) == (200, "")
    for nothing in ("/look/other.css", "/look/..%2fmain.css", "/look/other/logo", "/look/main"):
        assert (await visitor.get(nothing)).status == 404, nothing
