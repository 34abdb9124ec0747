"""Where the time from a change to its pixel goes, from what can be noted outside. Pure."""

import bisect
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from protocol.channel import HEADER, Flag, Header, Kind, peek
from protocol.errors import RemoteProtocolError
from scripts.bench.report import middle
from scripts.bench.share.lag import appearances
from scripts.bench.share.results import Run

US = 1_000_000


class Notes(NamedTuple):
    """What a viewer's page noted, in order: when messages came, with their first 24 bytes; when a
    picture was decoded; when messages went out, with the same. Seconds of the monotonic clock."""

    came: Sequence[tuple[float, bytes]]
    ready: Sequence[float]
    told: Sequence[tuple[float, bytes]]


class Stages(NamedTuple):
    """Seconds of one step; None where it cannot be told.

    `client`: from painting until the picture was handed to the socket; `way`: until its last byte
    was in the page; `there`: both together; `decode`: until it was decoded; `draw`: until it was
    seen; `total`: all.
    """

    client: float | None
    way: float | None
    there: float | None
    decode: float | None
    draw: float | None
    total: float


class _Frame(NamedTuple):
    sent: float
    came: float


def of_channel(run: Run, notes: Notes) -> list[Stages]:
    """Of our channel, whose headers tell when a picture was handed over, and whose viewer says
    which one is drawn: for each step that was seen, of the picture that was drawn then."""
    frames = _frames(notes.came)
    drawn = [(at, head) for at, head in _headers(notes.told) if head.kind is Kind.ACKNOWLEDGEMENT]
    times = [at for at, _ in drawn]
    found = []
    for painted, seen in _steps(run):
        index = bisect.bisect_right(times, seen) - 1
        frame = frames.get(_name(drawn[index][1])) if index >= 0 else None
        if frame is None or frame.sent < painted:
            found.append(Stages(None, None, None, None, None, seen - painted))
            continue
        decode, draw = _shown(frame.came, seen, notes.ready)
        client, way = frame.sent - painted, frame.came - frame.sent
        found.append(Stages(client, way, client + way, decode, draw, seen - painted))
    return found


def of_messages(run: Run, notes: Notes) -> list[Stages]:
    """Of any page: the last message before the last picture that was decoded before a step was
    seen; where nothing was decoded apart, the last message before it was seen."""
    times = [at for at, _ in notes.came]
    found = []
    for painted, seen in _steps(run):
        decoded = _newest(notes.ready, painted, seen)
        came = _newest(times, painted, decoded or seen)
        if came is None:
            found.append(Stages(None, None, None, None, None, seen - painted))
            continue
        decode, draw = _shown(came, seen, notes.ready)
        found.append(Stages(None, None, came - painted, decode, draw, seen - painted))
    return found


def typical(found: Sequence[Stages]) -> Mapping[str, float]:
    """The median of each stage, where it could be told of any step, in seconds."""
    table = {}
    for name in Stages._fields:
        values = [getattr(one, name) for one in found]
        if known := [float(one) for one in values if one is not None]:
            table[name] = middle(known)
    return table


def _steps(run: Run) -> list[tuple[float, float]]:
    """When each step was painted and seen, of those that were seen themselves."""
    themselves = {number for number, _ in run.shown}
    pairs = zip(run.painted, appearances(run), strict=True)
    return [(painted, seen) for (number, painted), seen in pairs if number in themselves]


def _shown(came: float, seen: float, ready: Sequence[float]) -> tuple[float | None, float | None]:
    """How long decoding and drawing took; None and all of it where nothing was decoded apart."""
    decoded = _newest(ready, came, seen)
    return (None, seen - came) if decoded is None else (decoded - came, seen - decoded)


def _newest(times: Sequence[float], after: float, until: float) -> float | None:
    index = bisect.bisect_right(times, until) - 1
    return times[index] if index >= 0 and times[index] > after else None


def _frames(came: Sequence[tuple[float, bytes]]) -> dict[tuple[int, int, int], _Frame]:
    """The pictures that came whole, by name."""
    found: dict[tuple[int, int, int], _Frame] = {}
    for at, head in _headers(came):
        if head.kind is Kind.FRAME and head.flags & Flag.LAST:
            found[_name(head)] = _Frame(head.time_us / US, at)
    return found


def _headers(noted: Sequence[tuple[float, bytes]]) -> list[tuple[float, Header]]:
    found = []
    for at, first in noted:
        if len(first) == HEADER.size:
            try:
                found.append((at, peek(first)))
            except RemoteProtocolError:
                continue
    return found


def _name(head: Header) -> tuple[int, int, int]:
    return (head.epoch, head.share, head.seq)
