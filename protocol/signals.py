"""What the relay says without a number: answers to one peer, and things that may be dropped.

A signal is never stored. Where it describes something that lasts (presence, the desk, the
place in the queue), a newer one replaces an older one that is still waiting to be sent.
"""

import msgspec

from protocol.errors import ErrorCode
from protocol.roles import Door, Presence
from protocol.snapshot import Snapshot


class Signal(msgspec.Struct, frozen=True, kw_only=True, tag_field="t", rename="camel"):
    """Base of everything the relay sends that is not a fact."""


class Welcome(Signal, frozen=True, tag="welcome"):
    """The answer to hello.

    With `snapshot` the peer starts from that; without, the facts after its `last` follow.
    `seq` and `desk_seq` tell where the replay will end. `gap` says that facts the peer asked
    for are older than what is kept. `signature` is the relay's Ed25519 signature over the
    peer's nonce (see `protocol.identity`). `present` holds ids of participants, `seen` the
    highest fact number each has had on the screen.
    """

    participant: str
    snapshot: Snapshot | None
    seq: int
    desk_seq: int = 0
    gap: bool = False
    present: tuple[str, ...] = ()
    seen: dict[str, int] = {}
    identity: str = ""
    signature: str = ""


class DeskWelcome(Signal, frozen=True, tag="desk.welcome"):
    """The answer to hello on the desk socket; `desk.state` follows."""

    user: str
    name: str


class Ack(Signal, frozen=True, tag="ack"):
    """The request `id` is committed; `seq` is its fact's number (0 when it made none)."""

    id: str
    seq: int = 0


class Refused(Signal, frozen=True, tag="refused"):
    """The request `id` changed nothing. `detail` names somebody or something, never a sentence."""

    id: str
    code: ErrorCode
    detail: str = ""


class Pong(Signal, frozen=True, tag="pong"):
    n: int


class Typing(Signal, frozen=True, tag="typing"):
    by: str
    on: bool


class Seen(Signal, frozen=True, tag="seen"):
    by: str
    seq: int


class Present(Signal, frozen=True, tag="present"):
    """A participant's link came up or went down."""

    by: str
    on: bool


class QueuePlace(Signal, frozen=True, tag="queue.place"):
    """Where a waiting customer stands: 1 is next. `on_duty` counts available representatives.

    From `least_s` to `most_s` seconds more are likely; None while nobody can know.
    """

    position: int
    on_duty: int
    least_s: int | None = None
    most_s: int | None = None


class QueueEntry(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A waiting customer as the desk shows it; `since` in ms since 1970."""

    session: str
    customer: str
    system: str
    door: Door
    since: int
    own: bool
    present: bool


class OpenSession(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A session this representative is in."""

    session: str
    customer: str
    since: int


class Colleague(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A representative who is signed in."""

    user: str
    name: str
    presence: Presence


class OpenKey(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One's own session key that nobody has used yet; `expires_at` in ms since 1970."""

    key: str
    own: bool
    expires_at: int


class DeskState(Signal, frozen=True, tag="desk.state"):
    """Everything the desk shows, whole; a newer one replaces an older one."""

    now: int
    presence: Presence
    queue: tuple[QueueEntry, ...]
    sessions: tuple[OpenSession, ...]
    colleagues: tuple[Colleague, ...]
    keys: tuple[OpenKey, ...]


class KeyMade(Signal, frozen=True, tag="key.made"):
    """The answer to `key.make`. `qr` holds the link's QR code, a row of 0 and 1 each."""

    id: str
    key: str
    link: str
    qr: tuple[str, ...]
    expires_at: int


AnySignal = (
    Welcome
    | DeskWelcome
    | Ack
    | Refused
    | Pong
    | Typing
    | Seen
    | Present
    | QueuePlace
    | DeskState
    | KeyMade
)
