"""The page writes and reads the channel exactly as the client and the relay do."""

import struct
import zlib

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from client.capture.exact import exact
from protocol import limits
from protocol.channel import HEADER, Flag, Header, Joiner, Kind, parts, peek
from protocol.errors import RemoteProtocolError
from protocol.picture import (
    Codec,
    PictureHead,
    Piece,
    PieceHead,
    picture_head,
    pieces,
    stream_parts,
)
from protocol.screen import CursorHead, cursor_head
from tests.browser.twin import Twin

MOST = limits.CHANNEL_PAYLOAD_BYTES
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
    assert twin("channelJoined", [(header + bytes(MOST + 1)).hex()], 2 * MOST) == [None]


def told(payload: bytes) -> dict[str, object]:
    """As the page answers it."""
    found = [{**_ints(head), "data": data.hex()} for head, data in pieces(payload)]
    for one in found:
        del one["size"]
    return {**_ints(picture_head(payload)), "pieces": found}


@given(payload=st.binary(max_size=40))
def test_any_picture_is_read_alike(twin: Twin, payload: bytes) -> None:
    try:
        wanted = told(payload)
    except (struct.error, ValueError):
        assert twin("picture", payload.hex()) == {"thrown": "RangeError"}
        return
    found = twin("picture", payload.hex())
    assert found in (wanted, {"thrown": "RangeError"})  # larger than a page can show, or outside


@given(
    st.lists(st.tuples(st.sampled_from(Piece), st.binary(max_size=9)), max_size=6),
    st.tuples(st.integers(0, 30), st.integers(0, 20), st.integers(0, 12), st.integers(0, 12)),
)
def test_pieces_are_taken_in_their_order_and_inside_the_picture(
    twin: Twin, some: list[tuple[Piece, bytes]], area: tuple[int, int, int, int]
) -> None:
    x, y, width, height = area
    made = [PieceHead(kind, *area, len(data)).pack() + data for kind, data in some]
    payload = PictureHead(7, 40, 30).pack() + b"".join(made)
    kinds = [kind for kind, _ in some]
    good = width > 0 and height > 0 and x + width <= 40 and y + height <= 30
    good = good and kinds == sorted(kinds) and kinds.count(Piece.STREAM) <= 1
    wanted = told(payload) if good or not some else {"thrown": "RangeError"}
    assert twin("picture", payload.hex()) == wanted


def test_a_picture_of_a_common_size_is_taken_and_a_monstrous_one_is_not(twin: Twin) -> None:
    for size in ((1920, 1080), (1, 1), (15360, 2160)):
        head = PictureHead(3, *size)
        assert twin("picture", head.pack().hex()) == {**_ints(head), "pieces": []}
    for size in ((65535, 65535), (0, 5), (5, 0), (16385, 1)):
        head = PictureHead(3, *size)
        assert twin("picture", head.pack().hex()) == {"thrown": "RangeError"}


@given(data=st.binary(max_size=30))
def test_a_streams_part_is_read_alike(twin: Twin, data: bytes) -> None:
    found = twin("stream", data.hex(), 2**16, 2**16)
    try:
        head, areas, chunk = stream_parts(data)
    except (struct.error, ValueError):
        head, areas, chunk = None, [], b""
    if head is None or any(0 in area[2:] or area[0] + area[2] > 2**16 for area in areas):
        assert found == {"thrown": "RangeError"} or found["codec"] not in set(Codec)
        return
    if found != {"thrown": "RangeError"}:
        assert [list(area.values()) for area in found["areas"]] == [list(one) for one in areas]
        assert (found["codec"], found["key"], found["chunk"]) == (
            head.codec,
            head.key != 0,
            chunk.hex(),
        )


@given(
    colours=st.integers(1, 300),
    size=st.tuples(st.integers(1, 20), st.integers(1, 12)),
    photo=st.booleans(),
)
def test_pixels_are_unpacked_to_the_last_bit(
    twin: Twin, colours: int, size: tuple[int, int], photo: bool
) -> None:
    width, height = size
    random = np.random.default_rng(colours)
    table = random.integers(0, 256, (colours, 4)).astype(np.uint8)
    picture = table[random.integers(0, colours, (height, width))]
    data = exact(picture, photo=photo)
    plain = zlib.decompress(data[1:], -15)
    packed, size_told, found = twin("pixels", data.hex(), plain.hex(), width, height)
    assert (packed, size_told) == (data[1:].hex(), len(plain))
    seen = np.frombuffer(bytes.fromhex(found), np.uint8).reshape(height, width, 4)
    assert (seen[..., :3] == picture[..., 2::-1]).all()
    assert (seen[..., 3] == 255).all()


def test_a_colour_beyond_the_palette_is_refused(twin: Twin) -> None:
    plain = bytes(9) + b"\xff"
    assert twin("pixels", "0200", plain.hex(), 1, 1) == {"thrown": "RangeError"}


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


def _ints(head: PictureHead | PieceHead) -> dict[str, object]:
    return {name: int(value) for name, value in head._asdict().items()}
