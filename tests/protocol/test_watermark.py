"""What a relay may say of the watermark: a picture of its own, and nothing else to fetch."""

import msgspec
import pytest

from protocol.api import Watermark


def told(**said: object) -> Watermark:
    return msgspec.convert({"text": "Acme", "percent": 15, "seen": True} | said, Watermark)


@pytest.mark.parametrize("path", ["", "/look/main/logo", "/look/0a-b/logo?v=0123abcXYZ_-"])
def test_a_logo_of_the_relay_is_fetched(path: str) -> None:
    assert told(logo=path).logo == path


@pytest.mark.parametrize(
    "path",
    [
        "https://evil.example/look/main/logo",
        "//evil.example/look/main/logo",
        "@evil.example/look/main/logo",
        "/look/../api/join",
        "/look/main/logo/../../x",
        "/look/main/logo?v=1&x=2",
        "/look/main/logo#x",
        "/look/main/logo\n",
        "/look/main/logo?v=",
        "look/main/logo",
        "/files/main/logo",
    ],
)
def test_nothing_else_is(path: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        told(logo=path)


@pytest.mark.parametrize("said", [{"percent": 4}, {"percent": 81}, {"text": "x" * 81}])
def test_it_is_neither_opaque_nor_endless(said: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        told(**said)
