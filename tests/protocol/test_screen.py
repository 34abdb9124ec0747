"""What the channel carries: heads, news, wishes and input, there and back; and noise."""

import struct

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol import inputs, limits, screen
from protocol.errors import FINAL_CLOSES, CloseCode, RemoteProtocolError
from protocol.inputs import InputBatch, Move, Typed
from protocol.picture import Codec
from protocol.screen import CursorHead, Watch
from scripts.generate import vocabulary
from tests.protocol.messages import any_of

U8, U16, U32 = st.integers(0, 2**8 - 1), st.integers(0, 2**16 - 1), st.integers(0, 2**32 - 1)
I16 = st.integers(-(2**15), 2**15 - 1)
CURSORS = st.builds(CursorHead, U8, I16, I16, U16, U16, U16, U16, U32)
NOISE = st.binary(max_size=60)


@given(head=CURSORS, rest=NOISE)
def test_a_pointers_head_survives_the_journey(head: CursorHead, rest: bytes) -> None:
    assert screen.cursor_head(head.pack() + rest) == head
    assert len(head.pack()) == screen.CURSOR_HEAD_BYTES


def test_the_head_is_the_golden_one() -> None:
    cursor = CursorHead(1, -1, 2, 24, 16, 3, 4, 9)
    assert cursor.pack().hex() == "01ffff0002001800100003000400000009"


@given(data=NOISE)
def test_a_head_of_noise_is_read_or_refused_and_nothing_else(data: bytes) -> None:
    try:
        screen.cursor_head(data)
    except struct.error:
        assert len(data) < screen.CURSOR_HEAD_BYTES


@pytest.mark.parametrize("cls", vocabulary.NEWS)
@given(data=st.data())
def test_news_of_the_screen_arrive(cls: type[screen.ScreenMessage], data: st.DataObject) -> None:
    message = data.draw(any_of(cls))
    assert isinstance(message, screen.ScreenMessage)
    assert screen.decode_news(screen.encode(message)) == message


@pytest.mark.parametrize("cls", vocabulary.WISHES)
@given(data=st.data())
def test_wishes_arrive(cls: type[screen.WishMessage], data: st.DataObject) -> None:
    message = data.draw(any_of(cls))
    assert isinstance(message, screen.WishMessage)
    assert screen.decode_wish(screen.encode(message)) == message


@given(batch=any_of(InputBatch))
def test_batches_of_input_arrive(batch: msgspec.Struct) -> None:
    assert isinstance(batch, InputBatch)
    assert inputs.decode_batch(inputs.encode_batch(batch)) == batch


def test_an_older_viewer_reads_what_a_newer_client_adds_but_the_client_trusts_no_viewer() -> None:
    screen.decode_news(b'{"t":"input.resting","restMs":5,"hand":"left"}')
    for decode, data in (
        (screen.decode_wish, b'{"t":"unwatch","and":"send everything"}'),
        (inputs.decode_batch, b'{"frame":1,"events":[{"t":"release.all"}],"as":"root"}'),
    ):
        with pytest.raises(RemoteProtocolError) as broken:
            decode(data)
        assert broken.value.close is CloseCode.MALFORMED


BAD_BATCHES = [
    b"",
    b"[]",
    b"{",
    b"\xff\xfe",
    b'{"frame":1,"events":[]}',
    b'{"frame":-1,"events":[{"t":"release.all"}]}',
    b'{"frame":4294967296,"events":[{"t":"release.all"}]}',
    b'{"frame":1,"events":[{"t":"move","x":32768,"y":0}]}',
    b'{"frame":1,"events":[{"t":"move","x":0.5,"y":0}]}',
    b'{"frame":1,"events":[{"t":"move","x":1e400,"y":0}]}',
    b'{"frame":1,"events":[{"t":"press","button":"sixth","x":0,"y":0}]}',
    b'{"frame":1,"events":[{"t":"wheel","dx":0,"dy":6001,"x":0,"y":0}]}',
    b'{"frame":1,"events":[{"t":"key.down","code":"rm -rf /"}]}',
    b'{"frame":1,"events":[{"t":"key.down","code":"KeyA\n"}]}',
    b'{"frame":1,"events":[{"t":"typed","text":""}]}',
    b'{"frame":1,"events":[{"t":"special","special":"sysrq"}]}',
    b'{"frame":1,"events":' + b"[" * 8_000,
]


@pytest.mark.parametrize("data", BAD_BATCHES, ids=range(len(BAD_BATCHES)))
def test_bad_input_is_refused(data: bytes) -> None:
    with pytest.raises(RemoteProtocolError) as broken:
        inputs.decode_batch(data)
    assert broken.value.close is CloseCode.MALFORMED


def test_a_batch_has_no_more_events_and_a_text_no_more_characters_than_allowed() -> None:
    full = InputBatch(frame=1, events=(Move(x=1, y=1),) * limits.INPUT_EVENTS)
    assert inputs.decode_batch(inputs.encode_batch(full)) == full
    longest = InputBatch(frame=1, events=(Typed(text="🖨" * limits.INPUT_TEXT_CHARS),))
    assert inputs.decode_batch(inputs.encode_batch(longest)) == longest
    for batch in (
        InputBatch(frame=1, events=(*full.events, Move(x=1, y=1))),
        InputBatch(frame=1, events=(Typed(text="x" * (limits.INPUT_TEXT_CHARS + 1)),)),
    ):
        with pytest.raises(RemoteProtocolError):
            inputs.decode_batch(inputs.encode_batch(batch))


def test_what_is_longer_than_a_part_is_refused_before_it_is_read() -> None:
    blank = b" " * limits.CHANNEL_PAYLOAD_BYTES
    for decode, data in (
        (screen.decode_wish, screen.encode(Watch(codecs=(Codec.VP8,)))),
        (inputs.decode_batch, b'{"frame":1,"events":[{"t":"release.all"}]}'),
    ):
        assert decode(data)
        with pytest.raises(RemoteProtocolError) as broken:
            decode(data + blank)
        assert broken.value.close is CloseCode.TOO_BIG


@given(data=NOISE)
def test_noise_never_raises_anything_else(data: bytes) -> None:
    for decode in (screen.decode_news, screen.decode_wish, inputs.decode_batch):
        with pytest.raises(RemoteProtocolError) as broken:
            decode(data)
        assert broken.value.close in FINAL_CLOSES


@given(batch=any_of(InputBatch), data=st.data())
def test_a_damaged_batch_is_read_or_refused_and_nothing_else(
    batch: msgspec.Struct, data: st.DataObject
) -> None:
    sent = bytearray(msgspec.json.encode(batch))
    at = data.draw(st.integers(0, len(sent) - 1))
    sent[at] = data.draw(st.integers(0, 255))
    try:
        inputs.decode_batch(bytes(sent))
    except RemoteProtocolError as broken:
        assert broken.close in FINAL_CLOSES
