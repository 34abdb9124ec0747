"""Photos of representatives: sent by themselves, shown to everybody they help."""

import hashlib

import pytest

from protocol import limits
from relay.domain.accounts import Account
from relay.http.looks import FOR_EVER
from tests.relay.pictures import JPEG, WEBP_LOSSY, png
from tests.relay.site import PASSWORD, Answer, Visitor, representative, visiting

LOGIN = {"name": "ada", "password": PASSWORD}


@pytest.fixture
async def ada(visitor: Visitor) -> Account:
    account = await representative(visitor.relay)
    await visitor.post("/api/login", LOGIN)
    return account


async def upload(visitor: Visitor, content: bytes) -> Answer:
    headers = {"Origin": visitor.relay.origin, "Content-Type": "image/png"}
    return await visitor.ask("POST", "/api/account/photo", data=content, headers=headers)


async def own(visitor: Visitor) -> str:
    found = (await visitor.get("/api/account")).json()["photo"]
    assert isinstance(found, str)
    return found


@pytest.mark.parametrize(
    ("content", "kind"),
    [(png(3, 2), "image/png"), (JPEG, "image/jpeg"), (WEBP_LOSSY, "image/webp")],
)
async def test_a_photo_is_served_by_its_sum_and_can_do_nothing(
    visitor: Visitor, ada: Account, content: bytes, kind: str
) -> None:
    assert await own(visitor) == ""
    assert (await upload(visitor, content)).status == 204
    sha256 = await own(visitor)
    assert sha256 == hashlib.sha256(content).hexdigest()
    async with visiting(visitor.relay) as stranger:
        answer = await stranger.get(f"/photos/{sha256}")
    assert (answer.status, answer.body) == (200, content)
    assert answer.headers["Content-Type"] == kind
    assert answer.headers["Cache-Control"] == FOR_EVER
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


async def test_a_new_one_replaces_it_and_removing_it_leaves_none(
    visitor: Visitor, ada: Account
) -> None:
    await upload(visitor, JPEG)
    before = await own(visitor)
    assert (await upload(visitor, png(4, 4))).status == 204
    assert (await visitor.get(f"/photos/{before}")).status == 404
    after = await own(visitor)
    assert after != before
    assert (await visitor.post("/api/account/photo/delete", {})).status == 204
    assert await own(visitor) == ""
    assert (await visitor.get(f"/photos/{after}")).status == 404


@pytest.mark.parametrize(
    ("content", "status", "detail"),
    [
        (b"", 400, "logo_kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='ran()'/>", 400, "logo_svg"),
        (png(3, 2)[:-9], 400, "logo_damaged"),
        (png(limits.PHOTO_PIXELS + 1, 1), 400, "logo_pixels"),
        (png(3, 2) + bytes(limits.PHOTO_BYTES), 413, "logo_large"),
    ],
)
async def test_what_is_no_photo_is_refused_and_the_old_one_stays(
    visitor: Visitor, ada: Account, content: bytes, status: int, detail: str
) -> None:
    await upload(visitor, JPEG)
    before = await own(visitor)
    refused = await upload(visitor, content)
    assert (refused.status, refused.json()["field"], refused.json()["detail"]) == (
        status,
        "photo",
        detail,
    )
    assert await own(visitor) == before


@pytest.mark.parametrize("name", ["x", "0" * 63, "0" * 64, "A" * 64, "..%2fmain.css"])
async def test_nothing_else_is_a_photo(visitor: Visitor, name: str) -> None:
    assert (await visitor.get(f"/photos/{name}")).status == 404
