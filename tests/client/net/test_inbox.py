"""What comes in on the channel, and what becomes of it when it is not right."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client.gate import Gate
from client.net.inbox import Drop, Inbox
from client.session.permit import NOTHING_ALLOWED, Permit
from protocol import limits
from protocol.channel import Flag, Header, Kind, parts

PERMIT = Permit(epoch=4, share=2, viewers=frozenset({1, 3}))
WHOLE = Flag.FIRST | Flag.LAST
WISH = Header(Kind.WISH, WHOLE, 1, 4, 2, 1, 0)


class Scene:
    def __init__(self, permit: Permit = PERMIT) -> None:
        self.gate = Gate()
        self.gate.allow(permit)
        self.heard: list[tuple[Header, bytes]] = []
        self.inbox = Inbox(self.gate, lambda *message: self.heard.append(message))

    def take(self, header: Header, payload: bytes = b"x") -> Counter[Drop]:
        for part in parts(header, payload):
            self.inbox.take(part)
        return self.inbox.dropped


@pytest.mark.parametrize("kind", [Kind.WISH, Kind.INPUT, Kind.ACKNOWLEDGEMENT])
@pytest.mark.parametrize("sender", [1, 3])
def test_what_belongs_to_the_share_is_heard(kind: Kind, sender: int) -> None:
    scene = Scene()
    header = WISH._replace(kind=kind, sender=sender)
    assert not scene.take(header, b"words")
    assert scene.heard == [(header, b"words")]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"epoch": 3}, Drop.OTHER_EPOCH),
        ({"epoch": 5}, Drop.OTHER_EPOCH),
        ({"epoch": 0}, Drop.OTHER_EPOCH),
        ({"share": 1}, Drop.OTHER_EPOCH),
        ({"sender": 0}, Drop.STRANGER),
        ({"sender": 2}, Drop.STRANGER),
        ({"sender": 255}, Drop.STRANGER),
        *(({"kind": kind}, Drop.NOT_THEIRS) for kind in (Kind.FRAME, Kind.CURSOR, Kind.SCREEN)),
        ({"kind": Kind.BEAT}, Drop.NOT_THEIRS),
    ],
)
def test_anything_else_is_dropped_and_counted(changed: dict[str, Any], why: Drop) -> None:
    scene = Scene()
    assert scene.take(WISH._replace(**changed)) == {why: 1}
    assert not scene.heard


def test_nothing_is_heard_while_nothing_is_shared() -> None:
    scene = Scene(NOTHING_ALLOWED)
    for epoch in (0, 4):
        scene.take(WISH._replace(epoch=epoch))
    assert scene.inbox.dropped == {Drop.NO_SHARE: 2}


def test_a_message_whose_end_comes_after_the_share_is_not_heard() -> None:
    scene = Scene()
    first, *rest = parts(WISH, bytes(2 * limits.CHANNEL_PAYLOAD_BYTES))
    scene.inbox.take(first)
    scene.gate.shut()
    for part in rest:
        scene.inbox.take(part)
    assert scene.inbox.dropped == {Drop.NO_SHARE: 1}
    assert not scene.heard


@given(st.binary(max_size=200))
def test_no_bytes_at_all_do_harm(data: bytes) -> None:
    scene = Scene()
    scene.inbox.take(data)
    assert all(
        (header.epoch, header.share) == (4, 2) and header.sender in (1, 3)
        for header, _ in scene.heard
    )


@pytest.mark.parametrize("size", [0, 1, 23, 24 + limits.CHANNEL_PAYLOAD_BYTES + 1])
def test_truncated_and_oversized_messages_are_counted(size: int) -> None:
    scene = Scene()
    scene.inbox.take(b"\1" * size)
    assert scene.inbox.dropped == {Drop.MALFORMED: 1}
