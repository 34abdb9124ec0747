"""Presses END SCREEN SHARE many times in the real client, and counts what began afterwards."""

import contextlib
import multiprocessing as mp
import random
import secrets
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from client.app import Client
from client.config import ClientConfig
from client.gate import Gate
from client.platform import current
from client.session.inputs import JoinWanted
from client.session.machines import Page
from client.session.share_inputs import ShareAnswer, ShareAnswered
from client.session.share_machines import Mode
from client.session.state import ClientState, LinkState
from protocol import keys
from protocol.catalogue import load
from scripts.bench import hostile_relay, turmoil
from scripts.bench.hostile_relay import Address, Taken
from scripts.bench.report import percentile, progress
from scripts.bench.witness import Witness

PATIENCE_S = 20.0
WATCHED_S = 0.15
"""How long after a press it is counted what still begins and still arrives."""

FLOW = 3
"""So many pictures must have left before a press, or there is nothing to stop."""

BUSY = 2
"""Processes that do nothing but keep a processor busy."""

STUCK_S = 0.2
KEY = "1234567" + keys.check_digit("1234567")


@dataclass
class Counted:
    """What the presses gave. `grabs`, `frames` and `inputs` began after the gate was shut; the
    `…_before` ones show that there was something to stop. `late_bytes_max` are the bytes,
    of whatever was in them, that reached the relay after a press while no new share was on, the
    last of them `late_after_s_max` seconds after it.
    """

    presses: int = 0
    blocked: int = 0
    resets: int = 0
    grabs: int = 0
    frames: int = 0
    inputs: int = 0
    grabs_before: int = 0
    frames_before: int = 0
    inputs_before: int = 0
    late_bytes_max: int = 0
    late_after_s_max: float = 0.0
    gates_ms: list[float] = field(default_factory=list)

    @property
    def gate_ms_max(self) -> float:
        """The longest time from a click to the shut gate."""
        return max(self.gates_ms)

    @property
    def gate_ms_p50(self) -> float:
        """The usual one."""
        return statistics.median(self.gates_ms)


class Scene:
    """The client, its relay, and who looks on."""

    def __init__(self, client: Client, pipe: Any, witness: Witness) -> None:
        self.client = client
        self.pipe = pipe
        self.witness = witness
        self.counted = Counted()
        self.shut_at = 0.0
        self._note_shutting()

    @property
    def state(self) -> ClientState:
        return self.client._controller.state

    def _note_shutting(self) -> None:
        """Remember when the gate was shut for good."""
        shut = Gate.shut

        def seen(gate: Gate) -> None:
            shut(gate)
            if not self.shut_at:
                self.shut_at = time.monotonic()

        Gate.shut = seen  # type: ignore[assignment,method-assign]

    def until(self, happened: Callable[[], bool], what: str) -> None:
        """Let the program run until it is so. Raises `TimeoutError`."""
        deadline = time.monotonic() + PATIENCE_S
        while not happened():
            if time.monotonic() > deadline:
                raise TimeoutError(f"{what}: {self._told()}")
            QTest.qWait(2)

    def _told(self) -> str:
        """Where things stand, for whoever has to find out why."""
        state, sharing = self.state, self.state.snapshot and self.state.snapshot.sharing
        press = self.counted.presses + 1
        return f"press {press}, {state.page}, {state.link}, {state.share}, {sharing}"

    def share(self) -> None:
        """Be asked, and allow everything."""
        self.until(lambda: self.state.link is LinkState.ONLINE, "the link is up")
        self.pipe.send("ask")
        self.until(lambda: bool(self.state.share.asked), "the customer is asked")
        asked = max(one.seq for one in self.state.share.asked)
        self.witness.forget()
        self.client.take(ShareAnswered(secrets.token_urlsafe(12), asked, ShareAnswer.ALLOW))
        self.until(lambda: len(self.witness.sends) >= FLOW, "pictures leave")
        self.until(lambda: bool(self.witness.inputs), "input arrives")

    def press(self, *, blocked: bool) -> None:
        """One press of the button, and what followed."""
        self.share()
        if blocked:
            self.pipe.send("block")
            self._wait_until_stuck()
        QTest.qWait(random.randrange(80))  # noqa: S311 - no secret
        button = self.client._window.findChild(QPushButton, "bannerEnd")
        if not isinstance(button, QPushButton) or not button.isVisible():
            raise RuntimeError("there is no END button")
        middle = QPoint(button.width() // 2, button.height() // 2)
        QTest.mousePress(button, Qt.MouseButton.LeftButton, pos=middle)
        before = [len(one) for one in self._moments()]
        self.shut_at = 0.0
        clicked = time.monotonic()
        QTest.mouseRelease(button, Qt.MouseButton.LeftButton, pos=middle)
        shut = self.shut_at
        if not shut or self.state.share.mode is not Mode.OFF:
            raise RuntimeError("the press did not end the share")
        QTest.qWait(round(WATCHED_S * 1000))
        self._count(blocked, clicked, shut, before)

    def _wait_until_stuck(self) -> None:
        """Until no message has been given to the socket for a while: it is full."""
        self.until(
            lambda: time.monotonic() - self.witness.sends[-1] > STUCK_S, "the socket is full"
        )

    def _count(self, blocked: bool, clicked: float, shut: float, before: list[int]) -> None:
        counted = self.counted
        grabs, frames, inputs = self.witness.after(shut)
        counted.grabs += grabs
        counted.frames += frames
        counted.inputs += inputs
        counted.grabs_before += before[0]
        counted.frames_before += before[1]
        counted.inputs_before += before[2]
        counted.presses += 1
        counted.blocked += blocked
        counted.resets += self.state.link is not LinkState.ONLINE
        counted.gates_ms.append((shut - clicked) * 1000)
        if blocked:
            self.pipe.send("free")
            QTest.qWait(round(WATCHED_S * 1000))
        self.pipe.send("taken")
        taken: list[Taken] = self.pipe.recv()
        late = [one for one in taken if one.at > shut]
        counted.late_bytes_max = max(counted.late_bytes_max, sum(one.size for one in late))
        if late:
            last = max(one.at for one in late) - shut
            counted.late_after_s_max = max(counted.late_after_s_max, last)

    def _moments(self) -> tuple[list[float], list[float], list[float]]:
        return self.witness.grabs, self.witness.sends, self.witness.inputs


def press_many(presses: int) -> Counted:
    """Press so many times, every second time with a relay that has stopped reading."""
    witness = Witness()
    witness.install()
    qt = QApplication(["bench_end"])
    qt.setQuitOnLastWindowClosed(False)
    with contextlib.ExitStack() as stack:
        pipe, address = stack.enter_context(_hostile())
        stack.enter_context(turmoil.running(BUSY))
        config = ClientConfig(
            relay=f"https://127.0.0.1:{address.port}", ca=str(address.ca), organisation="Acme"
        )
        client = Client(config, load("en"), current())
        client.start()
        scene = Scene(client, pipe, witness)
        try:
            QTest.qWait(200)
            client.take(JoinWanted(KEY, "Grace", "Debian 12"))
            scene.until(lambda: scene.state.page is Page.TALKING, "the talk begins")
            for number in range(presses):
                scene.press(blocked=number % 2 == 1)
                if number % 50 == 49:
                    worst = percentile(scene.counted.gates_ms, 0.99)
                    progress(f"{number + 1} presses, gate shut within {worst:.2f} ms (p99)")
        finally:
            client.shut_down()
    return scene.counted


@contextlib.contextmanager
def _hostile() -> Iterator[tuple[Any, Address]]:
    ours, theirs = mp.Pipe()
    context = mp.get_context("spawn")
    with tempfile.TemporaryDirectory(prefix="bench-end-") as folder:
        process = context.Process(target=hostile_relay.run, args=(theirs, Path(folder)))
        process.start()
        try:
            yield ours, ours.recv()
            ours.send("stop")
        finally:
            process.join(5)
            if process.is_alive():
                process.terminate()
                process.join()
