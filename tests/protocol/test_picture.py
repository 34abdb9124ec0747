"""A frame's payload: heads and pieces, there and back; and noise."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol import picture
from protocol.picture import Codec, CopyHead, PictureHead, Piece, PieceHead, StreamHead

U8, U16 = st.integers(0, 2**8 - 1), st.integers(0, 2**16 - 1)
AREAS = st.tuples(U16, U16, U16, U16)
NOISE = st.binary(max_size=60)
DATA = st.binary(max_size=20)


@given(head=st.builds(PictureHead, U8, U16, U16), rest=NOISE)
def test_a_pictures_head_survives_the_journey(head: PictureHead, rest: bytes) -> None:
    assert picture.picture_head(head.pack() + rest) == head
    assert len(head.pack()) == picture.PICTURE_HEAD_BYTES


@given(parts=st.lists(st.tuples(st.sampled_from(Piece), AREAS, DATA), max_size=5))
def test_pieces_survive_the_journey(
    parts: list[tuple[Piece, tuple[int, int, int, int], bytes]],
) -> None:
    wanted = [(PieceHead(kind, *area, len(data)), data) for kind, area, data in parts]
    payload = PictureHead(1, 2, 3).pack() + b"".join(head.pack() + data for head, data in wanted)
    assert picture.pieces(payload) == wanted
    if wanted:
        with pytest.raises((struct.error, ValueError)):
            picture.pieces(payload + b"\1")
    if wanted and parts[-1][2]:
        with pytest.raises(ValueError, match="cut off"):
            picture.pieces(payload[:-1])


@given(
    head=st.builds(StreamHead, st.sampled_from(Codec), st.integers(0, 1), st.just(0)),
    areas=st.lists(AREAS, max_size=4),
    chunk=DATA,
)
def test_a_streams_part_survives_the_journey(
    head: StreamHead, areas: list[picture.Area], chunk: bytes
) -> None:
    counted = head._replace(areas=len(areas))
    data = counted.pack() + picture.pack_areas(areas) + chunk
    assert picture.stream_parts(data) == (counted, areas, chunk)
    if areas:
        short = data[: picture.STREAM_HEAD_BYTES + len(areas) * picture.AREA_BYTES - 1]
        with pytest.raises(ValueError, match="cut off"):
            picture.stream_parts(short)


@given(x=U16, y=U16)
def test_where_a_copy_comes_from_survives_the_journey(x: int, y: int) -> None:
    assert picture.copy_head(CopyHead(x, y).pack()) == (x, y)


def test_the_heads_are_the_golden_ones() -> None:
    assert PictureHead(3, 1920, 1080).pack().hex() == "0307800438"
    assert (
        PieceHead(Piece.PIXELS, 64, 128, 16, 32, 4711).pack().hex() == "04004000800010002000001267"
    )
    assert CopyHead(258, 3).pack().hex() == "01020003"
    assert StreamHead(Codec.VP8, 1, 2).pack().hex() == "03010002"


@given(data=NOISE)
def test_noise_is_read_or_refused_and_nothing_else(data: bytes) -> None:
    for read in (picture.picture_head, picture.pieces, picture.stream_parts, picture.copy_head):
        try:
            read(data)
        except (struct.error, ValueError):
            continue


@pytest.mark.parametrize("kind", [0, 7, 255])
def test_an_unknown_piece_is_refused(kind: int) -> None:
    payload = PictureHead(0, 1, 1).pack() + bytes([kind]) + bytes(12)
    with pytest.raises(ValueError, match=str(kind)):
        picture.pieces(payload)
