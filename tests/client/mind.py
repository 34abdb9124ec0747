"""A client without window and network: its controller, and people to feed it with."""

from collections.abc import Sequence

from msgspec import structs

from client.session.asking import prompt_of
from client.session.controller import Controller
from client.session.effects import Effect, Send
from client.session.inputs import Admitted, Heard, Input, JoinWanted
from client.session.machines import Page
from client.session.permit import Permit
from client.session.permitting import permit_of
from client.session.share_inputs import ChangeWanted, Picked, ShareAnswer, ShareAnswered
from client.session.share_machines import Mode
from client.session.share_state import Choice
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
from protocol.share_facts import GrantAsked, GrantGiven, ShareFact, ShareStarted
from protocol.sharing import CLIPBOARD, Grant
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


def wish(
    seq: int, grant: Grant = Grant.VIEW, by: Participant = ADA, reason: str = ""
) -> GrantAsked:
    """A representative asks to see, or for control."""
    return GrantAsked(seq=seq, at=AT, by=by.id, grant=grant, reason=reason, limit_s=60)


START = 100.0
"""When a client's clock begins; the relay's says `AT` then."""

CHOSEN = Choice(apps=frozenset({"writer"}))


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
        self.now = START
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

    @property
    def permit(self) -> Permit:
        """What the gate would let through now."""
        return permit_of(self.state, self.now)

    @property
    def mode(self) -> Mode:
        return self.state.share.mode

    @property
    def seq(self) -> int:
        """The number of the next fact."""
        return (self.state.snapshot.seq if self.state.snapshot else 0) + 1

    def ask(
        self, grant: Grant = Grant.VIEW, by: Participant = ADA, reason: str = ""
    ) -> tuple[Effect, ...]:
        """Have a representative ask."""
        now = AT + round((self.now - START) * 1000)
        return self.hear(structs.replace(wish(self.seq, grant, by, reason), at=now))

    def answer(
        self, answer: ShareAnswer = ShareAnswer.ALLOW, lasts_s: int = 900
    ) -> tuple[Effect, ...]:
        """Answer the question on the screen."""
        prompt = prompt_of(self.state)
        assert prompt is not None
        client_id = f"answer{prompt.key:04}"
        return self.take(ShareAnswered(client_id, prompt.key, answer, lasts_s))

    def echo(self) -> tuple[Effect, ...]:
        """Have the relay tell that it stored what was begun last."""
        own = self.state.share
        facts: list[ShareFact] = [
            GrantGiven(seq=self.seq + n, at=AT, to=one.to, grant=one.grant)
            for n, one in enumerate(own.held)
        ]
        share, epoch, scope = own.share, own.epoch, own.scope
        seq = self.seq + len(facts)
        start = ShareStarted(seq=seq, at=AT, share=share, epoch=epoch, scope=scope)
        return self.hear(*facts, start)

    def share(self, grant: Grant = Grant.VIEW) -> "Mind":
        """Into a talk in which Ada sees everything (and may do more), as the relay knows."""
        if grant in CLIPBOARD:
            return self.share().also(grant)
        self.talk().ask(grant)
        self.answer()
        self.echo()
        return self

    def also(self, grant: Grant) -> "Mind":
        """Ada, who sees, asks for more and gets it."""
        self.ask(grant)
        self.answer()
        self.echo()
        return self

    def share_chosen(self) -> "Mind":
        """Into a talk in which Ada sees chosen applications."""
        self.share().take(ChangeWanted("change01"), Picked("picked01", CHOSEN))
        self.echo()
        return self
