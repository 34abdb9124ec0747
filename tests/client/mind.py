"""A client without window and network: its controller, and people to feed it with."""

from collections.abc import Sequence

from client.session.controller import Controller
from client.session.effects import Effect, Send
from client.session.inputs import Admitted, Heard, Input, JoinWanted
from client.session.machines import Page
from client.session.state import ClientState
from protocol import keys
from protocol.api import Joined
from protocol.facts import (
    AnyFact,
    ChatPosted,
    NoticeTold,
    Participant,
    QuestionAsked,
    SessionAccepted,
    SessionOpened,
)
from protocol.queues import GENERAL
from protocol.requests import Request
from protocol.roles import Door, Role
from protocol.signals import AnySignal, Welcome
from protocol.snapshot import Snapshot, apply
from protocol.steps import Step

KEY = "1234567" + keys.check_digit("1234567")
AT = 1_700_000_000_000
GRACE = Participant(id="grace", role=Role.CUSTOMER, name="Grace", door=Door.CLIENT)
ADA = Participant(id="ada", role=Role.REPRESENTATIVE, name="Ada Lovelace", door=Door.SESSION)
ALAN = Participant(id="alan", role=Role.REPRESENTATIVE, name="Alan Turing", door=Door.SESSION)
JOINED = Joined(
    session="0" * 32,
    participant=GRACE.id,
    token="t" * 43,
    organisation="Acme",
    identity="",
    signature="",
)
OPENED = SessionOpened(seq=1, at=AT, participant=GRACE, queue=GENERAL)
ACCEPTED = SessionAccepted(seq=2, at=AT, participant=ADA)
PREPARED = SessionOpened(seq=1, at=AT, participant=GRACE, queue=GENERAL, preparing=True)
AGREEMENT = QuestionAsked(
    seq=2,
    at=AT,
    step=Step.AGREEMENT,
    title="Before we start",
    text="We may ask to see your *screen*.\n\n- Nothing without your yes.\n- You can stop it.",
    limit_s=120,
)


def asked(seq: int, step: Step = Step.RECORDING, limit_s: int = 60) -> QuestionAsked:
    """A further question."""
    title, text = "May we record this?", "Only to get better."
    return QuestionAsked(seq=seq, at=AT, step=step, title=title, text=text, limit_s=limit_s)


def told(
    seq: int, notice: str = "n1", text: str = "Printers are *down*.", by: str = ""
) -> NoticeTold:
    """A notice that the customer is shown."""
    return NoticeTold(seq=seq, at=AT, notice=notice, text=text, by=by)


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
        now=AT,
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

    def prepare(self) -> "Mind":
        """Before the agreement; two facts are known."""
        self.join().hear(welcome([PREPARED, AGREEMENT]))
        return self

    def talk(self) -> "Mind":
        """Into a conversation with Ada; two facts are known."""
        self.join().hear(welcome([OPENED, ACCEPTED]))
        return self
