"""Pictures in a steady beat from many senders to many receivers, and what of them arrives."""

import asyncio

import msgspec

from scripts.bench.relay.frames import acknowledgement, picture
from scripts.bench.relay.wire import Wire

PICTURE_BYTES = 40_000
PER_S = 30
PICTURES = 32
BACKLOG_BYTES = 4 * PICTURE_BYTES
"""A sender whose link has not taken that much leaves a picture out, as the real one does."""

TICK_S = 0.001
LATEST_S = 3.0


class Poured(msgspec.Struct, frozen=True):
    """`sent` and `arrived` count pictures, `left_out` those that the link was too slow for;
    `received` is the payload that arrived (bytes), `seconds` the time until it had."""

    sent: int
    arrived: int
    left_out: int
    received: int
    seconds: float


class Store:
    """Pictures and acknowledgements as bytes; number 1 is a key picture."""

    def __init__(self) -> None:
        self.pictures = [picture(seq, PICTURE_BYTES) for seq in range(1, PICTURES + 1)]
        self.acknowledgements = [acknowledgement(seq) for seq in range(1, PICTURES + 1)]


class Stream:
    """From `sender` to `receiver`, who acknowledges each picture if it `answers`."""

    def __init__(self, sender: Wire, receiver: Wire, store: Store, *, answers: bool) -> None:
        self._sender = sender.transport
        self._receiver = receiver
        self._store = store
        self._answers = answers
        self.sent = self.arrived = self.left_out = 0
        receiver.on_picture = self._drawn

    @property
    def received(self) -> int:
        """Bytes of payload that have arrived."""
        return self._receiver.incoming.received

    def send(self, beat: int) -> None:
        """Send the picture of that beat, unless the link is behind."""
        if self._sender.get_write_buffer_size() > BACKLOG_BYTES:
            self.left_out += 1
            return
        self.sent += 1
        for part in self._store.pictures[beat % PICTURES]:
            self._sender.write(part)

    def _drawn(self, seq: int) -> None:
        self.arrived += 1
        if self._answers:
            self._receiver.transport.write(self._store.acknowledgements[seq - 1])


async def pour(streams: list[Stream], seconds: float) -> Poured:
    """`PER_S` pictures a second on each stream, one stream after the other."""
    loop = asyncio.get_running_loop()
    before = _counted(streams)
    began, number, total = loop.time(), 0, int(seconds * PER_S * len(streams))
    each_s = 1 / (PER_S * len(streams))
    while number < total:
        due = min(total, int((loop.time() - began) / each_s) + 1)
        while number < due:
            beat, which = divmod(number, len(streams))
            streams[which].send(beat)
            number += 1
        await asyncio.sleep(TICK_S)
    late = loop.time() + LATEST_S
    while loop.time() < late:
        sent, arrived, *_ = (
            now - then for now, then in zip(_counted(streams), before, strict=True)
        )
        if arrived == sent:
            break
        await asyncio.sleep(TICK_S)
    ended = loop.time()
    sent, arrived, left_out, received = (
        now - then for now, then in zip(_counted(streams), before, strict=True)
    )
    return Poured(sent, arrived, left_out, received, ended - began)


def _counted(streams: list[Stream]) -> tuple[int, int, int, int]:
    return (
        sum(one.sent for one in streams),
        sum(one.arrived for one in streams),
        sum(one.left_out for one in streams),
        sum(one.received for one in streams),
    )
