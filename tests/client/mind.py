"""A client without window and network: its controller, and people to feed it with."""

from collections.abc import Sequence

from client.session.controller import Controller
from client.session.effects import Effect, Send
from client.session.inputs import Admitted, Heard, Input, JoinWanted
from client.session.machines import Page
from client.session.state import ClientState
from protocol import keys
from protocol.api import Joined
from protocol.facts import AnyFact, ChatPosted, Participant, SessionAccepted, SessionOpened
from protocol.requests import Request
from protocol.roles import Door, Role
from protocol.signals import AnySignal, Welcome
from protocol.snapshot import Snapshot, apply

KEY = "1234567" + keys.check_digit("1234567")
AT = 1_700_000_000_000
GRACE = Participant(id="grace", role=Role.CUSTOMER, name="Grace", door=Door.CLIENT)
ADA = Participant(id="ada", role=Role.REPRESENTATIVE, name="Ada Lovelace", door=Door.SESSION)
JOINED = Joined(
    session="0" * 32,
    participant=GRACE.id,
    token="t" * 43,
    organisation="Acme",
    identity="",
    signature="",
)
OPENED = SessionOpened(seq=1, at=AT, participant=GRACE, queue="")
ACCEPTED = SessionAccepted(seq=2, at=AT, participant=ADA)


def line(seq: int, by: Participant, text: str, client_id: str = "") -> ChatPosted:
    """A stored chat line."""
    return ChatPosted(
        seq=seq, at=AT + seq * 1000, by=by.id, id=client_id or f"id{seq:06}", text=text
    )


def snapshot_of(facts: Sequence[AnyFact]) -> Snapshot:
    """The session that these facts make."""
    snapshot = Snapshot(session=JOINED.session)
    for fact in facts:
        snapshot = apply(snapshot, fact)
    return snapshot


def welcome(facts: Sequence[AnyFact], *, seen: dict[str, int] | None = None) -> Welcome:
    """A welcome with everything in it."""
    snapshot = snapshot_of(facts)
    return Welcome(
        participant=GRACE.id,
        snapshot=snapshot,
        seq=snapshot.seq,
        present=tuple(person.id for person in snapshot.participants),
        seen=seen or {},
    )


class Mind:
    """A controller with a clock that only moves when told. `done` keeps all effects."""

    def __init__(self, organisation: str = "") -> None:
        self.controller = Controller(ClientState(organisation=organisation))
        self.now = 100.0
        self.done: list[Effect] = []

    @property
    def state(self) -> ClientState:
        return self.controller.state

    def shows(self, page: Page) -> bool:
        """Whether the window is on `page`."""
        return self.state.page is page

    @property
    def sent(self) -> list[Request]:
        return [effect.request for effect in self.done if isinstance(effect, Send)]

    def take(self, *given: Input) -> tuple[Effect, ...]:
        """Hand in inputs; the effects of them all."""
        effects: tuple[Effect, ...] = ()
        for one in given:
            effects += self.controller.handle(one, self.now)
        self.done += effects
        return effects

    def hear(self, *events: AnyFact | AnySignal) -> tuple[Effect, ...]:
        """Have the relay say something."""
        return self.take(*(Heard(event) for event in events))

    def join(self) -> "Mind":
        """From the key to an open link, not welcomed yet."""
        self.take(JoinWanted(KEY, "Grace", "Debian 12"), Admitted(JOINED))
        assert self.state.page is Page.CONNECTING
        return self

    def wait_in_queue(self) -> "Mind":
        """Into the queue."""
        self.join().hear(welcome([OPENED]))
        return self

    def talk(self) -> "Mind":
        """Into a conversation with Ada; two facts are known."""
        self.join().hear(welcome([OPENED, ACCEPTED]))
        return self
