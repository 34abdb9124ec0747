"""A session on this node: its value, the sockets in it, and what each of them is told."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from msgspec.structs import replace

from protocol.codec import encode
from protocol.errors import CloseCode
from protocol.facts import AnyFact, ChatPosted, NotePosted, Topic, topic_of
from protocol.machines import SessionState
from protocol.requests import Hello
from protocol.roles import Role
from protocol.signals import Present, Signal, Typing, Welcome
from protocol.snapshot import for_customer
from relay.domain.channel import still_goes
from relay.domain.content import Content
from relay.domain.session import Session
from relay.realtime.peer import Peer


class Proof(NamedTuple):
    """What shows who speaks: the relay's public key, its signature over the peer's nonce, and
    the session's two words."""

    identity: str
    signature: str
    words: tuple[str, str]


@dataclass(eq=False, slots=True)
class Room:
    """`lock` orders everything that happens in the session, admission included.

    `uncertain` is set when a commit failed in a way that may have kept its row; the session is
    then read again before anything else is decided. `grace` runs while the customer is away.
    `content` is a trial's own, in place of the site's. `absent` says since when (ms) each
    representative in the session has had no connection, `pretended` are participants who need
    none. `held_at` is when the last hold message went out, `told` the place told last, and
    `knocks_until` (ms) how long somebody waits to be let in again. `came`: the customer was here,
    as far as this relay knows.
    """

    session: Session
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    peers: dict[str, Peer] = field(default_factory=dict)
    uncertain: bool = False
    grace: asyncio.TimerHandle | None = None
    content: Content | None = None
    absent: dict[str, int] = field(default_factory=dict)
    pretended: set[str] = field(default_factory=set)
    held_at: int = 0
    told: bytes = b""
    knocks_until: int = 0
    came: bool = False

    @property
    def id(self) -> str:
        return self.session.snapshot.session

    @property
    def customer_present(self) -> bool:
        return self.session.customer.id in self.peers

    def admit(self, peer: Peer, hello: Hello, greeting: Welcome) -> None:
        """Welcome `peer`, replay what it missed, and tell the others; call under the lock.

        `greeting` holds what is not of this session; the rest is filled in here. Another socket
        of the same participant is closed: the newer one replaces it.
        """
        me = peer.me
        older = self.peers.pop(me.id, None)
        if older is not None:
            older.close(CloseCode.REPLACED)
        self.peers[me.id] = peer
        self.came = self.came or self.customer_present
        snapshot = self.session.snapshot
        if me.role is Role.CUSTOMER:
            snapshot = for_customer(snapshot)
            self.told = b""
        missed = self._missed(hello, me.role)
        peer.owe(
            replace(
                greeting,
                participant=me.id,
                snapshot=snapshot if missed is None else None,
                seq=snapshot.seq,
                desk_seq=snapshot.desk_seq,
                gap=missed is None and hello.last is not None,
                present=(*self.peers, *self.pretended),
                seen=self.session.seen,
            )
        )
        for fact in missed or ():
            peer.owe(fact)
        if older is None:
            self.pass_on(Present(by=me.id, on=True), f"present:{me.id}", but=me.id)

    def leave(self, peer: Peer) -> bool:
        """Forget `peer`; False when a newer socket has taken its place already."""
        me = peer.me.id
        if self.peers.get(me) is not peer:
            return False
        del self.peers[me]
        self.pass_on(Typing(by=me, on=False), f"typing:{me}")
        self.pass_on(Present(by=me, on=False), f"present:{me}")
        return True

    def becomes(self, session: Session) -> int:
        """The session moves on. What waits on the channel for anybody and may not pass any longer
        is dropped at once; how many messages that were."""
        was, self.session = self.session.snapshot.sharing, session
        snapshot = session.snapshot
        if snapshot.sharing is was:
            return 0
        return sum(
            peer.keep(lambda header, to=participant: still_goes(snapshot, header, to))  # type: ignore[misc]
            for participant, peer in self.peers.items()
        )

    def tell(self, fact: AnyFact) -> None:
        """Tell everybody in the fact's topic, its author last: others wait for it more."""
        message = encode(fact)
        desk = topic_of(fact) is Topic.DESK
        author = fact.by if isinstance(fact, (ChatPosted, NotePosted)) else ""
        for peer in self.peers.values():
            if peer.me.id != author and (not desk or peer.me.role is Role.REPRESENTATIVE):
                peer.tell_encoded(message)
        if author in self.peers:
            self.peers[author].tell_encoded(message)

    def pass_on(self, signal: Signal, topic: str, but: str = "") -> None:
        """Tell everybody except the participant `but`; a newer one replaces an older one."""
        message = encode(signal)
        for participant, peer in self.peers.items():
            if participant != but:
                peer.tell_encoded(message, topic)

    def ended(self, farewell: Signal | None) -> None:
        """The customer has nothing more to do here but to hear `farewell`; representatives may
        still write notes."""
        customer = self.peers.get(self.session.customer.id)
        if customer is not None and customer.close_code is None:
            if farewell is not None:
                customer.tell(farewell)
            customer.close(CloseCode.GONE)

    def dismiss(self) -> None:
        """Close the sockets of representatives who are no longer in the session."""
        for participant in self.session.snapshot.left:
            peer = self.peers.pop(participant, None)
            self.pretended.discard(participant)
            if peer is not None:
                peer.close(CloseCode.GONE)
                self.pass_on(Present(by=participant, on=False), f"present:{participant}")

    def moved(self) -> None:
        """The customer goes on elsewhere; what was their door says so and closes."""
        peer = self.peers.pop(self.session.customer.id, None)
        if peer is not None:
            peer.close(CloseCode.MOVED)

    @property
    def is_idle(self) -> bool:
        """Whether nothing needs this session in memory any more."""
        return self.session.state is SessionState.ENDED and not self.peers

    def _missed(self, hello: Hello, role: Role) -> list[AnyFact] | None:
        """The facts after what the peer holds, or None when it must start from a snapshot."""
        snapshot = self.session.snapshot
        if hello.last is None:
            return None
        log = _since(hello.last, snapshot.seq, snapshot.log)
        if role is not Role.REPRESENTATIVE or log is None:
            return log
        notes = _since(hello.last_desk, snapshot.desk_seq, snapshot.notes)
        return None if notes is None else [*log, *notes]


def _since(last: int, newest: int, held: Sequence[AnyFact]) -> list[AnyFact] | None:
    """The facts after `last`, or None when they are not all in `held` (or are yet to come)."""
    if last > newest or (last < newest and held[0].seq > last + 1):
        return None
    return [fact for fact in held if fact.seq > last]
