"""`protocol.js` and `protocol_more.js`: the constants and tables of the protocol for the pages.

What a conversation does not need stands in the second, so that the web chat need not load it.
"""

import json
import struct
from collections.abc import Mapping

from protocol import PROTOCOL, VERSION, channel, inputs, joincodes, keys, markup, picture, screen
from protocol.errors import FINAL_CLOSES, CloseCode, ErrorCode
from protocol.file_machine import FILE_REQUESTS, TransferState, step_file
from protocol.files import Side
from protocol.machines import SESSION_REQUESTS, SessionState, step
from protocol.roles import Role
from protocol.share_machine import (
    GRANT_REQUESTS,
    SHARE_REQUESTS,
    GrantState,
    ShareState,
    step_grant,
    step_share,
)
from scripts.generate import vocabulary

SPOKEN = frozenset(
    {
        "CHAT_CHARS",
        "EMAIL_CHARS",
        "HEARTBEAT_S",
        "LOG_LINES",
        "RECONNECT_FIRST_S",
        "RECONNECT_GROWTH",
        "RECONNECT_MOST_S",
        "SURVEY_TEXT_CHARS",
        "TYPING_S",
    }
)
"""The limits that a page with a conversation keeps to."""

HEEDED = (
    CloseCode.UNAUTHENTICATED,
    CloseCode.REPLACED,
    CloseCode.MOVED,
    CloseCode.GONE,
    CloseCode.VERSION,
)
"""The close codes that such a page has words for."""


def constants() -> dict[str, dict[str, int | float]]:
    """The tables that hold nothing but numbers, by the name `typescript.CONSTANTS` gives them."""
    return {
        "limits": {limit.name: limit.value for limit in vocabulary.all_limits()},
        "spoken": {
            limit.name: limit.value for limit in vocabulary.all_limits() if limit.name in SPOKEN
        },
        "closes": {close.name: close.value for close in CloseCode},
        "heeded": {close.name: close.value for close in HEEDED},
        "offsets": dict(offsets()),
        "kinds": {kind.name: kind.value for kind in channel.Kind},
        "flags": {flag.name or "": flag.value for flag in channel.Flag},
    }


def offsets() -> dict[str, int]:
    """Where each field of the channel header starts, in bytes."""
    order, codes = channel.HEADER.format[:1], channel.HEADER.format[1:]
    names = ["VERSION", *(name.upper() for name in channel.Header._fields)]
    starts = [struct.calcsize(order + codes[:at]) for at in range(len(codes))]
    return dict(zip(names, starts, strict=True))


def legal(*roles: Role) -> dict[str, dict[str, list[str]]]:
    """Tags of the requests that SESSION allows, by state and role."""
    return {
        state.value: {
            role.value: [
                vocabulary.tag(request)
                for request in SESSION_REQUESTS
                if request in vocabulary.REQUESTS
                if step(state, request, role) is not None
            ]
            for role in roles
        }
        for state in SessionState
    }


def sharing() -> dict[str, dict[str, dict[str, list[str]]]]:
    """Tags of the requests that SHARE and GRANT allow, by machine, state and role."""
    return {
        "share": {
            state.value: {
                role.value: [
                    vocabulary.tag(request)
                    for request in SHARE_REQUESTS
                    if request in vocabulary.REQUESTS
                    if step_share(state, request, role) is not None
                ]
                for role in Role
            }
            for state in ShareState
        },
        "grant": {
            state.value: {
                role.value: [
                    vocabulary.tag(request)
                    for request in GRANT_REQUESTS
                    if request in vocabulary.REQUESTS
                    if step_grant(state, request, role) is not None
                ]
                for role in Role
            }
            for state in GrantState
        },
    }


def transfers() -> dict[str, dict[str, list[str]]]:
    """Tags of the requests that TRANSFER allows, by state and side."""
    return {
        state.value: {
            side.value: [
                vocabulary.tag(request)
                for request in FILE_REQUESTS
                if request in vocabulary.REQUESTS
                if step_file(state, request, side) is not None
            ]
            for side in Side
            if side is not Side.RELAY
        }
        for state in TransferState
    }


def module() -> str:
    """The file that every page with a conversation loads."""
    numbers = constants()
    return _exports(
        {
            "VERSION": VERSION,
            "PROTOCOL": PROTOCOL,
            "LIMITS": numbers["spoken"],
            "CLOSE": numbers["heeded"],
            "FINAL_CLOSES": sorted(FINAL_CLOSES),
            "LEGAL": {"session": legal(Role.CUSTOMER)},
            "KEY_DIGITS": keys.DIGITS,
            "MARKUP": {"PATTERN": markup.PATTERN, "LINK_TAIL": markup.LINK_TAIL},
        }
    )


def more() -> str:
    """The other file."""
    numbers = constants()
    header = {
        "VERSION": channel.HEADER_VERSION,
        "SIZE": channel.HEADER.size,
        "OFFSET": numbers["offsets"],
        "KIND": numbers["kinds"],
        "FLAG": numbers["flags"],
    }
    return _exports(
        {
            "LIMITS": numbers["limits"],
            "CLOSE": numbers["closes"],
            "LEGAL": {"session": legal(*Role)},
            "ERROR_CODES": vocabulary.enum_values(ErrorCode),
            "DAMM": keys.DAMM,
            "JOIN_CODE": {"ALPHABET": joincodes.ALPHABET, "CHARS": joincodes.CHARS},
            "CHANNEL": header,
            "SHARING": sharing(),
            "TRANSFER": transfers(),
            "SCREEN": {
                "CODEC": {codec.name: codec.value for codec in picture.Codec},
                "CODEC_STRINGS": {
                    codec.name: text for codec, text in picture.CODEC_STRINGS.items()
                },
                "PIECE": {piece.name: piece.value for piece in picture.Piece},
                "PICTURE_BYTES": picture.PICTURE_HEAD_BYTES,
                "PIECE_BYTES": picture.PIECE_HEAD_BYTES,
                "STREAM_BYTES": picture.STREAM_HEAD_BYTES,
                "AREA_BYTES": picture.AREA_BYTES,
                "CURSOR_BYTES": screen.CURSOR_HEAD_BYTES,
                "WHEEL_NOTCH": inputs.WHEEL_NOTCH,
            },
        }
    )


def _exports(values: Mapping[str, object]) -> str:
    exports = [f"export const {name} = {_value(value)};\n" for name, value in values.items()]
    return "\n".join(["const is = Object.freeze;\n", *exports])


def _value(value: object) -> str:
    """A frozen literal, all the way down: a page cannot change what both ends agreed on."""
    match value:
        case Mapping():
            rows = "".join(f"{name}: {_value(inner)},\n" for name, inner in value.items())
            return "is({\n" + _indented(rows) + "})"
        case list() | tuple():
            items = [_value(item) for item in value]
            line = f"is([{', '.join(items)}])"
            if len(line) <= 80:
                return line
            return "is([\n" + _indented("".join(f"{i},\n" for i in items)) + "])"
    return json.dumps(value, ensure_ascii=False)


def _indented(text: str) -> str:
    return "".join(f"  {line}\n" for line in text.splitlines())
