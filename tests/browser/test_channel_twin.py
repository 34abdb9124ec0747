"""The page writes and reads the channel exactly as the client and the relay do."""

import struct

from hypothesis import given
from hypothesis import strategies as st

from protocol import limits
from protocol.channel import HEADER, Flag, Header, Joiner, Kind, parts, peek
from protocol.errors import RemoteProtocolError
from protocol.screen import Codec, CursorHead, PictureHead, cursor_head, picture_head
from tests.browser.twin import Twin

MOST = limits.CHANNEL_PART_BYTES
U32 = st.integers(0, 2**32 - 1)
HEADERS = st.builds(
    Header,
    kind=st.sampled_from(Kind),
    flags=st.sampled_from([Flag(0), Flag.KEY, Flag.DROPPABLE, Flag.KEY | Flag.FIRST, Flag.LAST]),
    sender=st.integers(0, 255),
    epoch=U32,
    share=U32,
    seq=U32,
    time_us=st.integers(0, 2**53 - 1),
)
PAYLOADS = st.binary(max_size=40) | st.sampled_from(
    [bytes(size) for size in (MOST - 1, MOST, MOST + 1, 2 * MOST, 2 * MOST + 1)]
)


def plain(header: Header) -> dict[str, int]:
    """As the page names its fields."""
    fields = {name: int(value) for name, value in header._asdict().items()}
    fields["timeUs"] = fields.pop("time_us")
    return fields


def joined(joiner: Joiner, message: bytes) -> object:
    """What the page's joiner answers."""
    try:
        whole = joiner.add(message)
    except RemoteProtocolError:
        return None
    return whole and {**plain(whole[0]), "payload": whole[1].hex()}


@given(header=HEADERS, payload=PAYLOADS)
def test_messages_are_written_alike(twin: Twin, header: Header, payload: bytes) -> None:
    wanted = [part.hex() for part in parts(header, payload)]
    assert twin("channelParts", plain(header), payload.hex()) == wanted


@given(
    messages=st.lists(
        st.builds(
            lambda kind, flags, sender, seq, piece: (
                Header(kind, flags, sender, 1, 1, seq, 5).pack() + piece
            ),
            kind=st.sampled_from([Kind.FRAME, Kind.CURSOR]),
            flags=st.sampled_from([Flag.FIRST, Flag(0), Flag.LAST, Flag.FIRST | Flag.LAST]),
            sender=st.integers(0, 1),
            seq=st.integers(1, 2),
            piece=st.binary(max_size=12),
        )
        | st.binary(max_size=30),
        max_size=12,
    )
)
def test_any_parts_are_joined_alike(twin: Twin, messages: list[bytes]) -> None:
    joiner = Joiner(20)
    wanted = [joined(joiner, message) for message in messages]
    assert twin("channelJoined", [message.hex() for message in messages], 20) == wanted


@given(message=st.binary(max_size=HEADER.size + 2), version=st.integers(0, 2))
def test_any_bytes_are_read_alike(twin: Twin, message: bytes, version: int) -> None:
    damaged = bytes([version]) + message
    try:
        peek(damaged)
        readable = True
    except RemoteProtocolError:
        readable = False
    whole = joined(Joiner(), damaged)
    assert twin("channelJoined", [damaged.hex()], MOST) == [whole]
    assert readable or whole is None


def test_a_message_over_its_limit_is_none(twin: Twin) -> None:
    header = Header(Kind.FRAME, Flag.FIRST | Flag.LAST, 0, 1, 1, 1, 0).pack()
    assert twin("channelJoined", [(header + bytes(limits.CHANNEL_PAYLOAD_BYTES + 1)).hex()], 2 * MOST) == [None]


@given(payload=st.binary(max_size=12))
def test_the_head_of_a_picture_is_read_alike(twin: Twin, payload: bytes) -> None:
    try:
        head = picture_head(payload)
    except (struct.error, ValueError):
        assert twin("picture", payload.hex()) == {"thrown": "RangeError"}
        return
    found = twin("picture", payload.hex())
    if found != {"thrown": "RangeError"}:  # larger than a page can show
        assert found == {**_ints(head), "data": payload[6:].hex()}


def test_a_picture_of_a_common_size_is_taken_and_a_monstrous_one_is_not(twin: Twin) -> None:
    for size in ((1920, 1080), (1, 1), (15360, 2160)):
        head = PictureHead(Codec.JPEG, 3, *size)
        assert twin("picture", head.pack().hex()) == {**_ints(head), "data": ""}
    for size in ((65535, 65535), (0, 5), (5, 0), (16385, 1)):
        head = PictureHead(Codec.VP9_444, 3, *size)
        assert twin("picture", head.pack().hex()) == {"thrown": "RangeError"}


@given(
    place=st.tuples(*[st.integers(-(2**15), 2**15 - 1)] * 2),
    size=st.tuples(*[st.integers(0, 3)] * 2),
    serial=U32,
    cut=st.integers(0, 2),
)
def test_a_cursor_is_read_alike(
    twin: Twin, place: tuple[int, int], size: tuple[int, int], serial: int, cut: int
) -> None:
    payload = CursorHead(1, *place, *size, 1, 2, serial).pack() + bytes(size[0] * size[1] * 4)
    damaged = payload[: len(payload) - cut]
    if cut:
        assert twin("cursor", damaged.hex()) == {"thrown": "RangeError"}
        return
    head = cursor_head(damaged)
    found = twin("cursor", damaged.hex())
    assert (found["x"], found["y"], found["serial"]) == (head.x, head.y, head.serial)
    assert (found["width"], found["height"], found["hotX"], found["hotY"]) == (*size, 1, 2)
    assert found["visible"] is True


def _ints(head: PictureHead) -> dict[str, int]:
    return {name: int(value) for name, value in head._asdict().items()}
