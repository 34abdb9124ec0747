"""Text to message and back, for each direction. The only place that encodes or decodes."""

from typing import TypeVar

import msgspec

from protocol import limits
from protocol.errors import CloseCode, RemoteProtocolError
from protocol.facts import AnyFact, Fact
from protocol.requests import ALLOWED, AnyRequest, Request
from protocol.roles import Door
from protocol.signals import AnySignal, Signal

_T = TypeVar("_T")

_ENCODER = msgspec.json.Encoder()
_REQUESTS: msgspec.json.Decoder[AnyRequest] = msgspec.json.Decoder(AnyRequest)
_FACTS: msgspec.json.Decoder[AnyFact] = msgspec.json.Decoder(AnyFact)
_EVENTS: msgspec.json.Decoder[AnyFact | AnySignal] = msgspec.json.Decoder(AnyFact | AnySignal)


def encode(message: Request | Fact | Signal) -> bytes:
    """The message as compact UTF-8 JSON."""
    return _ENCODER.encode(message)


def decode_request(data: bytes, door: Door) -> AnyRequest:
    """The request in `data`, if `door` understands it.

    Raises `RemoteProtocolError`: TOO_BIG, NOT_TEXT (no JSON), MALFORMED (does not fit its
    schema) or WRONG_ROLE (a good request, but not for this door).
    """
    request = _decode(_REQUESTS, data, limits.MESSAGE_BYTES)
    if type(request) not in ALLOWED[door]:
        raise RemoteProtocolError(
            CloseCode.WRONG_ROLE, f"{request.__struct_config__.tag} is not for the {door} door"
        )
    return request


def decode_event(data: bytes) -> AnyFact | AnySignal:
    """The fact or signal in `data`. Raises `RemoteProtocolError` as `decode_request` does."""
    return _decode(_EVENTS, data, limits.EVENT_BYTES)


def decode_stored_fact(data: bytes) -> AnyFact:
    """A fact as the relay stored it. Raises `msgspec.ValidationError` on a damaged row."""
    return _FACTS.decode(data)


def _decode(decoder: "msgspec.json.Decoder[_T]", data: bytes, most: int) -> _T:
    if len(data) > most:
        raise RemoteProtocolError(CloseCode.TOO_BIG, f"message of {len(data)} bytes")
    try:
        return decoder.decode(data)
    except msgspec.ValidationError as error:
        raise RemoteProtocolError(CloseCode.MALFORMED, str(error)) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise RemoteProtocolError(CloseCode.NOT_TEXT, "message is not JSON") from None
