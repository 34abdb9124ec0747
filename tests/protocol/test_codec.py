"""Every message there and back; and what becomes of those that are not right."""

import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol import codec, limits
from protocol.errors import FINAL_CLOSES, CloseCode, RemoteProtocolError
from protocol.facts import Fact
from protocol.requests import ALLOWED, ChatPost, Request
from protocol.roles import Door
from protocol.signals import Signal
from scripts.generate import vocabulary
from tests.protocol.messages import BY_NAME, any_of, any_request

GOLDEN: dict[str, dict[str, object]] = json.loads(
    Path(__file__).with_name("golden.json").read_text("utf-8")
)
DOOR_OF = {cls: next(d for d in Door if cls in ALLOWED[d]) for cls in vocabulary.REQUESTS}


def refusal(data: bytes, door: Door = Door.CLIENT) -> CloseCode:
    """The code that the socket of a peer that sent `data` ends with."""
    with pytest.raises(RemoteProtocolError) as broken:
        codec.decode_request(data, door)
    return broken.value.close


@pytest.mark.parametrize("name", sorted(BY_NAME))
@given(data=st.data())
def test_every_struct_survives_the_journey(name: str, data: st.DataObject) -> None:
    message = data.draw(any_of(BY_NAME[name]))
    assert msgspec.json.decode(msgspec.json.encode(message), type=BY_NAME[name]) == message


@given(request_=any_request())
def test_a_request_arrives_through_its_own_door(request_: Request) -> None:
    sent = codec.encode(request_)
    assert codec.decode_request(sent, DOOR_OF[type(request_)]) == request_


@pytest.mark.parametrize("cls", [*vocabulary.FACTS, *vocabulary.SIGNALS])
@given(data=st.data())
def test_what_the_relay_says_arrives(cls: type[msgspec.Struct], data: st.DataObject) -> None:
    event = data.draw(any_of(cls))
    assert isinstance(event, Fact | Signal)
    assert codec.decode_event(codec.encode(event)) == event


def test_every_struct_has_a_golden_example_and_no_example_is_left_over() -> None:
    assert GOLDEN.keys() == BY_NAME.keys()


@pytest.mark.parametrize("name", sorted(GOLDEN))
def test_the_wire_form_is_the_golden_one(name: str) -> None:
    message = msgspec.convert(GOLDEN[name], BY_NAME[name])
    assert json.loads(msgspec.json.encode(message)) == GOLDEN[name]


@pytest.mark.parametrize("name", sorted(GOLDEN))
def test_a_golden_example_uses_every_field(name: str) -> None:
    info = msgspec.inspect.type_info(BY_NAME[name])
    assert isinstance(info, msgspec.inspect.StructType)
    fields = {field.encode_name for field in info.fields}
    assert GOLDEN[name].keys() - {"t"} == fields


@given(request_=any_request(), door=st.sampled_from(Door))
def test_a_good_request_at_the_wrong_door_is_told_from_a_bad_one(
    request_: Request, door: Door
) -> None:
    sent = codec.encode(request_)
    if type(request_) in ALLOWED[door]:
        assert codec.decode_request(sent, door) == request_
    else:
        assert refusal(sent, door) is CloseCode.WRONG_ROLE


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "[]",
        "null",
        '"chat.post"',
        '{"t":"chat.shout","id":"line-0001","text":"hi"}',
        '{"t":"chat.post","text":"no id"}',
        '{"t":"chat.post","id":"short","text":"hi"}',
        '{"t":"chat.post","id":"line 0001","text":"hi"}',
        '{"t":"chat.post","id":"line-0001\\n","text":"hi"}',
        '{"t":"chat.post","id":"line-0001","text":""}',
        '{"t":"chat.post","id":"line-0001","text":" \\n "}',
        '{"t":"chat.post","id":"line-0001","text":7}',
        '{"t":"chat.post","id":"line-0001","text":"hi","by":"somebody else"}',
        '{"t":"chat.seen","seq":-1}',
        '{"t":"chat.seen","seq":1.5}',
        '{"t":"chat.seen","seq":9007199254740993}',
        '{"t":"hello","version":1,"token":"too short"}',
        '{"t":"hello","version":1,"session":"../../etc/passwd"}',
    ],
)
def test_json_that_fits_no_schema_is_malformed(text: str) -> None:
    assert refusal(text.encode()) is CloseCode.MALFORMED


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b"{",
        b'{"t":"ping","n":1}x',
        b"\xff\xfe",
        b'{"t":"chat.post","id":"line-0001","text":"\xc3\x28"}',
    ],
    ids=["nothing", "a word", "half", "too much", "no UTF-8", "bad UTF-8 inside"],
)
def test_what_is_no_json_is_told_as_such(data: bytes) -> None:
    assert refusal(data) is CloseCode.NOT_TEXT


@pytest.mark.parametrize("head", [b"", b'{"t":', b'{"t":"ping","n":', b'{"t":"ping","x":'])
def test_a_nest_without_bottom_harms_nobody(head: bytes) -> None:
    assert refusal(head + b"[" * 60_000) in {CloseCode.MALFORMED, CloseCode.NOT_TEXT}
    with pytest.raises(RemoteProtocolError):
        codec.decode_event(b'{"t":"pong","n":1,"x":' + b"[" * 60_000)


def test_the_largest_message_is_read_and_one_byte_more_is_not() -> None:
    head, tail = b'{"t":"ping","n":1', b"}"
    largest = head + b" " * (limits.MESSAGE_BYTES - len(head) - len(tail)) + tail
    assert codec.encode(codec.decode_request(largest, Door.CLIENT)) == b'{"t":"ping","n":1}'
    assert refusal(largest + b" ") is CloseCode.TOO_BIG


def test_the_longest_line_fits_a_message_whatever_its_characters() -> None:
    for char in ("x", "ü", "🖨", "\x01"):
        post = ChatPost(id="line-0001", text="x" + char * (limits.CHAT_CHARS - 1))
        assert codec.decode_request(codec.encode(post), Door.CHAT) == post


@given(data=st.binary(max_size=200), door=st.sampled_from(Door))
def test_noise_never_raises_anything_else(data: bytes, door: Door) -> None:
    assert refusal(data, door) in FINAL_CLOSES


@given(request_=any_request(), data=st.data())
def test_a_damaged_request_is_read_or_refused_and_nothing_else(
    request_: Request, data: st.DataObject
) -> None:
    sent = bytearray(codec.encode(request_))
    at = data.draw(st.integers(0, len(sent) - 1))
    sent[at] = data.draw(st.integers(0, 255))
    try:
        codec.decode_request(bytes(sent), DOOR_OF[type(request_)])
    except RemoteProtocolError as broken:
        assert broken.close in FINAL_CLOSES


def test_an_older_page_reads_what_a_newer_relay_adds() -> None:
    newer = b'{"t":"pong","n":7,"measuredAt":12}'
    assert codec.encode(codec.decode_event(newer)) == b'{"t":"pong","n":7}'


def test_a_stored_fact_is_read_again_and_a_damaged_row_is_told() -> None:
    row = json.dumps(GOLDEN["ChatPosted"]).encode()
    assert json.loads(codec.encode(codec.decode_stored_fact(row))) == GOLDEN["ChatPosted"]
    with pytest.raises(msgspec.ValidationError):
        codec.decode_stored_fact(json.dumps(GOLDEN["Pong"]).encode())
