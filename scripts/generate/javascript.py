"""`protocol.js`: the constants and tables of the protocol for the pages."""

import json
import struct
from collections.abc import Mapping

from protocol import PROTOCOL, VERSION, channel, keys, markup
from protocol.errors import FINAL_CLOSES, CloseCode, ErrorCode
from protocol.machines import SESSION_REQUESTS, SessionState, step
from protocol.roles import Role
from scripts.generate import vocabulary


def constants() -> dict[str, dict[str, int | float]]:
    """The tables that hold nothing but numbers, by the name `typescript.CONSTANTS` gives them."""
    return {
        "limits": {limit.name: limit.value for limit in vocabulary.all_limits()},
        "closes": {close.name: close.value for close in CloseCode},
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


def legal() -> dict[str, dict[str, list[str]]]:
    """Tags of the requests that SESSION allows, by state and role."""
    return {
        state.value: {
            role.value: [
                vocabulary.tag(request)
                for request in SESSION_REQUESTS
                if step(state, request, role) is not None
            ]
            for role in Role
        }
        for state in SessionState
    }


def module() -> str:
    """The whole file."""
    numbers = constants()
    header = {
        "VERSION": channel.HEADER_VERSION,
        "SIZE": channel.HEADER.size,
        "OFFSET": numbers["offsets"],
        "KIND": numbers["kinds"],
        "FLAG": numbers["flags"],
    }
    exports: dict[str, object] = {
        "VERSION": VERSION,
        "PROTOCOL": PROTOCOL,
        "LIMITS": numbers["limits"],
        "CLOSE": numbers["closes"],
        "FINAL_CLOSES": sorted(FINAL_CLOSES),
        "ERROR_CODES": vocabulary.enum_values(ErrorCode),
        "LEGAL": {"session": legal()},
        "KEY_DIGITS": keys.DIGITS,
        "DAMM": keys.DAMM,
        "MARKUP": {"PATTERN": markup.PATTERN, "LINK_TAIL": markup.LINK_TAIL},
        "CHANNEL": header,
    }
    return "\n".join(f"export const {name} = {_value(value)};\n" for name, value in exports.items())


def _value(value: object) -> str:
    """A frozen literal, all the way down: a page cannot change what both ends agreed on."""
    match value:
        case Mapping():
            rows = "".join(f"{name}: {_value(inner)},\n" for name, inner in value.items())
            return "Object.freeze({\n" + _indented(rows) + "})"
        case list() | tuple():
            items = [_value(item) for item in value]
            line = f"Object.freeze([{', '.join(items)}])"
            if len(line) <= 80:
                return line
            return "Object.freeze([\n" + _indented("".join(f"{i},\n" for i in items)) + "])"
    return json.dumps(value, ensure_ascii=False)


def _indented(text: str) -> str:
    return "".join(f"  {line}\n" for line in text.splitlines())
