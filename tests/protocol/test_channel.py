"""The clear header before every opaque payload."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol import channel, limits
from protocol.channel import MAY_SEND, Flag, Header, Kind
from protocol.errors import CloseCode, RemoteProtocolError
from protocol.roles import Role

U8, U32, U64 = st.integers(0, 2**8 - 1), st.integers(0, 2**32 - 1), st.integers(0, 2**64 - 1)
FLAGS = st.integers(0, 15).map(Flag)
HEADERS = st.builds(Header, st.sampled_from(Kind), FLAGS, U8, U32, U32, U32, U64)

GOLDEN = Header(Kind.INPUT, Flag.FIRST | Flag.LAST, 2, 0x01020304, 5, 6, 0x0A0B0C0D0E0F1011)
GOLDEN_BYTES = bytes.fromhex("01040c02 01020304 00000005 00000006 0a0b0c0d0e0f1011")


def refusal(message: bytes) -> CloseCode:
    """The code that the socket of a peer that sent `message` ends with."""
    with pytest.raises(RemoteProtocolError) as broken:
        channel.peek(message)
    return broken.value.close


def test_the_layout_is_the_golden_one() -> None:
    assert GOLDEN.pack() == GOLDEN_BYTES
    assert len(GOLDEN_BYTES) == 24


@given(header=HEADERS, payload=st.binary(max_size=64))
def test_a_header_survives_the_journey_whatever_follows_it(header: Header, payload: bytes) -> None:
    assert channel.peek(header.pack() + payload) == header


@pytest.mark.parametrize("kind", range(256))
def test_every_kind_is_known_or_malformed(kind: int) -> None:
    message = bytearray(GOLDEN_BYTES)
    message[1] = kind
    if kind in set(Kind):
        assert channel.peek(bytes(message)).kind is Kind(kind)
    else:
        assert refusal(bytes(message)) is CloseCode.MALFORMED


@pytest.mark.parametrize("flags", range(256))
def test_every_combination_of_flags_is_known_or_malformed(flags: int) -> None:
    message = bytearray(GOLDEN_BYTES)
    message[2] = flags
    if flags < 16:
        assert channel.peek(bytes(message)).flags == Flag(flags)
    else:
        assert refusal(bytes(message)) is CloseCode.MALFORMED


@pytest.mark.parametrize("version", [0, 2, 255])
def test_another_version_is_malformed(version: int) -> None:
    assert refusal(bytes([version]) + GOLDEN_BYTES[1:]) is CloseCode.MALFORMED


@pytest.mark.parametrize("length", range(24))
def test_every_length_below_a_header_is_malformed(length: int) -> None:
    assert refusal(GOLDEN_BYTES[:length]) is CloseCode.MALFORMED


def test_the_largest_payload_passes_and_one_byte_more_does_not() -> None:
    largest = GOLDEN_BYTES + bytes(limits.CHANNEL_PAYLOAD_BYTES)
    assert channel.peek(largest) == GOLDEN
    assert refusal(largest + b"\0") is CloseCode.TOO_BIG


@given(message=st.binary(max_size=40))
def test_noise_is_a_header_or_refused_and_nothing_else(message: bytes) -> None:
    try:
        header = channel.peek(message)
    except RemoteProtocolError as broken:
        assert broken.close in {CloseCode.MALFORMED, CloseCode.TOO_BIG}
    else:
        assert header.pack() == message[:24]


def test_pictures_come_from_the_customer_input_from_the_representative_text_from_both() -> None:
    senders = {kind: {role for role in Role if kind in MAY_SEND[role]} for kind in Kind}
    assert senders == {
        Kind.FRAME: {Role.CUSTOMER},
        Kind.CURSOR: {Role.CUSTOMER},
        Kind.SCREEN: {Role.CUSTOMER},
        Kind.BEAT: {Role.CUSTOMER},
        Kind.ACKNOWLEDGEMENT: {Role.REPRESENTATIVE},
        Kind.INPUT: {Role.REPRESENTATIVE},
        Kind.WISH: {Role.REPRESENTATIVE},
        Kind.CLIPBOARD: {Role.CUSTOMER, Role.REPRESENTATIVE},
    }
