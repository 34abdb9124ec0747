"""Any order of lost links, duplicates and resends ends with each line exactly once, in order."""

from dataclasses import dataclass, field
from datetime import UTC, date

from hypothesis import given, settings
from hypothesis import strategies as st

from client.session.conversation import Calendar
from client.session.effects import Effect, Send, StartOver
from client.session.inputs import LinkLost, Said, Tick
from client.session.outbox import RETRY_S
from client.session.present import present
from client.session.view import LineKind
from client.session.view import Tick as Mark
from protocol.catalogue import load
from protocol.errors import ErrorCode
from protocol.facts import AnyFact, ChatPosted
from protocol.requests import ChatPost, Request
from protocol.signals import Ack, AnySignal, Refused, Welcome
from tests.client.mind import ACCEPTED, ADA, GRACE, OPENED, Mind, line, welcome


@dataclass
class Wire:
    """A relay that keeps its promises, behind a link that keeps none."""

    mind: Mind
    stored: list[AnyFact] = field(default_factory=lambda: [OPENED, ACCEPTED])
    up: list[Request] = field(default_factory=list)
    down: list[AnyFact | AnySignal] = field(default_factory=list)
    online: bool = True
    full_disk: bool = False
    said: int = 0

    def carry(self, effects: tuple[Effect, ...]) -> None:
        for effect in effects:
            if isinstance(effect, Send) and self.online:
                self.up.append(effect.request)
            elif isinstance(effect, StartOver):
                self.cut()

    def say(self) -> None:
        self.said += 1
        self.carry(self.mind.take(Said(f"client{self.said:04}", f"line {self.said}")))

    def relay_reads(self) -> None:
        if not self.up:
            return
        request = self.up.pop(0)
        if not isinstance(request, ChatPost):
            return
        known = [one for one in self.chat if one.id == request.id]
        if known:
            self.down.append(Ack(id=request.id, seq=known[0].seq))
        elif self.full_disk:
            self.down.append(Refused(id=request.id, code=ErrorCode.STORAGE))
        else:
            fact = line(len(self.stored) + 1, GRACE, request.text, request.id)
            self.stored.append(fact)
            self.down += [fact, Ack(id=request.id, seq=fact.seq)]

    def repeat(self) -> None:
        """The relay tells an old fact once more."""
        if self.online:
            self.down.append(self.stored[-1])

    def ada_speaks(self) -> None:
        fact = line(len(self.stored) + 1, ADA, "…")
        self.stored.append(fact)
        if self.online:
            self.down.append(fact)

    def client_reads(self) -> None:
        if self.down:
            self.carry(self.mind.hear(self.down.pop(0)))

    def cut(self) -> None:
        if self.online:
            self.online = False
            self.up.clear()
            self.down.clear()
            self.mind.take(LinkLost())

    def come_back(self, *, fresh: bool) -> None:
        if self.online:
            return
        self.online = True
        held = self.mind.state.snapshot
        if fresh or held is None:
            self.down.append(welcome(self.stored))
        else:
            seq = len(self.stored)
            self.down.append(Welcome(participant=GRACE.id, snapshot=None, seq=seq))
            self.down += self.stored[held.seq :]

    def wait(self) -> None:
        self.mind.now += RETRY_S
        self.carry(self.mind.take(Tick()))

    def settle(self) -> None:
        self.full_disk = False
        self.come_back(fresh=False)
        while self.up or self.down or self.mind.state.outbox.lines:
            self.relay_reads()
            self.client_reads()
            if not self.up and not self.down:
                self.wait()

    @property
    def chat(self) -> list[ChatPosted]:
        return [fact for fact in self.stored if isinstance(fact, ChatPosted)]


ACTS = {
    "say": Wire.say,
    "relay reads": Wire.relay_reads,
    "client reads": Wire.client_reads,
    "repeat": Wire.repeat,
    "ada speaks": Wire.ada_speaks,
    "cut": Wire.cut,
    "resume": lambda wire: wire.come_back(fresh=False),
    "come back fresh": lambda wire: wire.come_back(fresh=True),
    "disk full": lambda wire: setattr(wire, "full_disk", True),
    "disk free": lambda wire: setattr(wire, "full_disk", False),
    "wait": Wire.wait,
}


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(sorted(ACTS)), max_size=60))
def test_each_line_arrives_exactly_once(acts: list[str]) -> None:
    wire = Wire(Mind().talk())
    for act in acts:
        ACTS[act](wire)
    wire.settle()
    own = [fact.text for fact in wire.chat if fact.by == GRACE.id]
    assert sorted(own) == sorted(f"line {n + 1}" for n in range(wire.said))
    if "disk full" not in acts:
        assert own == [f"line {n + 1}" for n in range(wire.said)]
    view = present(wire.mind.state, load("en"), Calendar(date(2023, 11, 14), UTC))
    shown = [row for row in view.log if row.kind in (LineKind.OWN, LineKind.THEIRS)]
    assert [row.text for row in shown] == [fact.text for fact in wire.chat]
    assert all(row.tick is not Mark.PENDING for row in shown)
