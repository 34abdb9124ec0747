"""The tables and diagrams between the markers of `protocol/README.md`."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

from msgspec.inspect import StructType

from protocol import channel
from protocol.errors import FINAL_CLOSES, CloseCode, ErrorCode
from protocol.facts import DeskFact, Topic
from protocol.file_machine import FILE_REQUESTS, TRANSFER, TransferState
from protocol.machines import SESSION, SESSION_REQUESTS, SessionState
from protocol.requests import ALLOWED
from protocol.roles import Door
from protocol.share_machine import (
    GRANT,
    GRANT_REQUESTS,
    SHARE,
    SHARE_REQUESTS,
    GrantState,
    ShareState,
)
from scripts.generate import javascript, vocabulary
from scripts.generate.typescript import type_of

_MARKER = re.compile(r"(<!-- begin (?P<name>[a-z-]+) -->\n).*?(<!-- end (?P=name) -->)", re.S)


def filled(readme: str) -> str:
    """The document with everything between its markers written anew.

    Raises `ValueError` when a marker names no section, or a section has no marker.
    """
    found = {match["name"] for match in _MARKER.finditer(readme)}
    if found != SECTIONS.keys():
        raise ValueError(f"markers and sections differ: {sorted(found ^ SECTIONS.keys())}")
    return _MARKER.sub(lambda match: f"{match[1]}\n{SECTIONS[match['name']]()}\n{match[3]}", readme)


def requests() -> str:
    """Every request, its fields, and the doors that understand it."""
    rows = [
        [
            f"`{info.tag}`",
            _fields(info),
            *("✓" if info.cls in ALLOWED[door] else "" for door in Door),
            vocabulary.first_sentence(info.cls),
        ]
        for info in vocabulary.struct_types(vocabulary.REQUESTS)
    ]
    return _table(["request", "fields", *Door, "meaning"], rows)


def facts() -> str:
    """Every fact with its topic."""
    rows = [
        [
            f"`{info.tag}`",
            Topic.DESK if issubclass(info.cls, DeskFact) else Topic.SESSION,
            _fields(info),
            vocabulary.first_sentence(info.cls),
        ]
        for info in vocabulary.struct_types(vocabulary.FACTS)
    ]
    return _table(["fact", "topic", "fields", "meaning"], rows)


def signals() -> str:
    """Every signal."""
    rows = [
        [f"`{info.tag}`", _fields(info), vocabulary.first_sentence(info.cls)]
        for info in vocabulary.struct_types(vocabulary.SIGNALS)
    ]
    return _table(["signal", "fields", "meaning"], rows)


def session_table() -> str:
    """The machine SESSION: who may ask for what, and where it leads."""
    return _machine(SESSION, SESSION_REQUESTS, SessionState)


def session_diagram() -> str:
    """The moves of SESSION from one state to another."""
    return _diagram(SESSION, SessionState, end=SessionState.ENDED)


def share_table() -> str:
    """The machine SHARE."""
    return _machine(SHARE, SHARE_REQUESTS, ShareState)


def share_diagram() -> str:
    """The moves of SHARE."""
    return _diagram(SHARE, ShareState)


def grant_table() -> str:
    """The machine GRANT."""
    return _machine(GRANT, GRANT_REQUESTS, GrantState)


def grant_diagram() -> str:
    """The moves of GRANT."""
    return _diagram(GRANT, GrantState)


def transfer_table() -> str:
    """The machine TRANSFER."""
    return _machine(TRANSFER, FILE_REQUESTS, TransferState)


def transfer_diagram() -> str:
    """The moves of TRANSFER."""
    return _diagram(TRANSFER, TransferState)


def close_codes() -> str:
    """Every close code, and whether the peer may come back by itself."""
    rows = [
        [str(close.value), f"`{close.name}`", "no" if close in FINAL_CLOSES else "yes"]
        for close in CloseCode
    ]
    return _table(["code", "name", "peer comes back by itself"], rows)


def error_codes() -> str:
    """Every reason for a refusal with its sentence."""
    texts = vocabulary.sentences("en")
    rows = [[f"`{code}`", texts[f"error.{code}"]] for code in ErrorCode]
    return _table(["code", "what the person reads (English)"], rows)


def limits() -> str:
    """Every number both ends agree on."""
    rows = [
        [f"`{limit.name}`", f"{limit.value:,}", limit.about] for limit in vocabulary.all_limits()
    ]
    return _table(["name", "value", "meaning"], rows)


def channel_header() -> str:
    """The 24 bytes before each opaque payload, the kinds with who may send them, the flags."""
    starts = javascript.offsets()
    ends = [*list(starts.values())[1:], channel.HEADER.size]
    fields = [
        [f"`{name.lower()}`", str(start), str(end - start)]
        for (name, start), end in zip(starts.items(), ends, strict=True)
    ]
    kinds = [
        [
            str(kind.value),
            f"`{kind.name}`",
            ", ".join(role for role, sendable in channel.MAY_SEND.items() if kind in sendable),
            CARRIED[kind],
        ]
        for kind in channel.Kind
    ]
    flags = [[str(flag.value), f"`{flag.name}`"] for flag in channel.Flag]
    return "\n\n".join(
        [
            _table(["field", "offset", "bytes"], fields),
            _table(["kind", "name", "sent by", "payload"], kinds),
            _table(["flag", "name"], flags),
        ]
    )


CARRIED = {
    channel.Kind.FRAME: "`PictureHead` and pieces",
    channel.Kind.CURSOR: "`CursorHead` and, for a new shape, its pixels",
    channel.Kind.ACKNOWLEDGEMENT: "none; `seq` is the frame that is drawn",
    channel.Kind.INPUT: "`InputBatch` as JSON",
    channel.Kind.SCREEN: "`ScreenNews` as JSON",
    channel.Kind.WISH: "`Wish` as JSON",
    channel.Kind.BEAT: "none; `seq` is the newest frame, which is still true",
    channel.Kind.CLIPBOARD: "text in UTF-8, at most 64 KiB",
}
"""What stands behind the header of each kind."""


SECTIONS: dict[str, Callable[[], str]] = {
    "requests": requests,
    "facts": facts,
    "signals": signals,
    "session-table": session_table,
    "session-diagram": session_diagram,
    "share-table": share_table,
    "share-diagram": share_diagram,
    "grant-table": grant_table,
    "grant-diagram": grant_diagram,
    "transfer-table": transfer_table,
    "transfer-diagram": transfer_diagram,
    "close-codes": close_codes,
    "error-codes": error_codes,
    "limits": limits,
    "channel-header": channel_header,
}


_Table = Mapping[tuple[Any, type, Any], Any]
"""(state, request, sender or side) -> next state, of any of the machines."""


def _machine(table: _Table, requests: Iterable[Any], states: type[StrEnum]) -> str:
    rows = [
        [f"`{vocabulary.tag(request)}`", *(_outcomes(table, state, request) for state in states)]
        for request in requests
    ]
    return _table(["request", *(f"in *{state}*" for state in states)], rows)


def _outcomes(table: _Table, state: StrEnum, request: type) -> str:
    outcomes = [
        f"{sender} → {after}" if after is not state else str(sender)
        for (before, asked, sender), after in table.items()
        if before is state and asked is request
    ]
    return ", ".join(outcomes) or "—"


def _diagram(table: _Table, states: type[StrEnum], end: StrEnum | None = None) -> str:
    moves = {
        (before, after, f"{vocabulary.tag(request)} by {sender}")
        for (before, request, sender), after in table.items()
        if before is not after
    }
    return "\n".join(
        [
            "```mermaid",
            "stateDiagram-v2",
            f"    [*] --> {next(iter(states))}",
            *(f"    {before} --> {after}: {label}" for before, after, label in sorted(moves)),
            *([f"    {end} --> [*]"] if end else []),
            "```",
        ]
    )


def _fields(info: StructType) -> str:
    shown = []
    for field in info.fields:
        mark = "?" if vocabulary.is_optional(info, field) else ""
        kind = type_of(field.type).replace("|", "\\|")
        shown.append(f"`{field.encode_name}{mark}: {kind}`")
    return "<br>".join(shown) or "—"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"
