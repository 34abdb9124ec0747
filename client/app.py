"""The composition root: builds everything, connects it, owns the order of start and shutdown."""

import logging
import secrets
import time
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QLocale, QObject, QStandardPaths, Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from client.bridge import Bridge
from client.clipboard import Exchange
from client.config import ClientConfig
from client.gate import Gate
from client.interrupts import Interrupts
from client.lookout import Lookout, Machine
from client.net.files.saving import Place
from client.platform.base import Platform
from client.session.check_inputs import LookedAround
from client.session.check_state import Found
from client.session.controller import Controller
from client.session.conversation import Calendar
from client.session.effects import Effect, LookAround, OpenBrowser, OpenPlace, Quit, Ring
from client.session.file_effects import ShowFolder
from client.session.inputs import Input, JoinWanted, Tick
from client.session.joining import chars, is_right
from client.session.machines import Page
from client.session.permitting import permit_of
from client.session.present import present
from client.session.removing import halt_of, is_spent
from client.session.share_inputs import EndShareWanted
from client.session.share_machines import RUNNING
from client.session.state import ClientState
from client.session.working_inputs import Rang, Used
from client.ui.main_window import MainWindow
from client.ui.nudge import Nudger
from client.ui.theme import Theme
from client.workers import Workers
from protocol import limits
from protocol.catalogue import Catalogue
from protocol.channel import Header, Kind
from protocol.version import VERSION
from protocol.working import Hurdle

NET_END_S = 5.0
WORKERS_END_S = 1.0

_log = logging.getLogger(__name__)


class Client(QObject):
    """The running program. Inputs come in through `take`, effects go out from there."""

    def __init__(self, config: ClientConfig, t: Catalogue, platform: Platform) -> None:
        super().__init__()
        self._config = config
        self._t = t
        self._system = platform.system.name()
        self._controller = Controller(_first_state(config, t, platform))
        self._theme = Theme(still=platform.appearance.reduced_motion() is True)
        self._window = MainWindow(
            t, self._theme, self._system, new_id, platform.desktop, platform.watermark
        )
        self._window.intended.connect(self.take)
        self._nudger = Nudger(self._window, self._theme, platform.attention)
        self._nudger.used.connect(self._used)
        self._window.more.muted.connect(self._mute)
        self._gate = Gate()
        place = Place(_downloads(), platform.marker.mark)
        self._bridge = Bridge(config, self._gate, self._hear, platform.sockets.unsent, place)
        self._bridge.given.connect(self.take, Qt.ConnectionType.QueuedConnection)
        self._workers = Workers(
            self._gate,
            platform.desktop,
            self._bridge.offer,
            self._bridge.given.emit,
        )
        self._exchange = Exchange(
            self._gate, platform.clipboard, self._bridge.offer, self._bridge.given.emit
        )
        self._checkup = platform.checkup
        self._lookout = Lookout(platform.checkup, _machine(config, self._system), self._found)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self._tick)

    def start(self) -> None:
        """Show the window; then, behind it, start the threads and use a key that was given."""
        self._window.fill_in(self._config.key, self._config.name)
        self._render()
        self._window.show()
        QTimer.singleShot(0, self, self._start_behind)

    @Slot()
    def _start_behind(self) -> None:
        self._bridge.start()
        self._workers.start()
        self._exchange.start()
        if is_right(chars(self._config.key)) and self._controller.state.halt is None:
            self.take(JoinWanted(self._config.key, self._config.name, self._system))

    @Slot(object)
    def take(self, given: Input) -> None:
        """Everything that happens to the client comes through here, in the main thread.

        The end of a share is the one thing that does not wait to be decided.
        """
        if isinstance(given, EndShareWanted):
            self._workers.end_now()
        before = self._controller.state
        effects = self._controller.handle(given, time.monotonic())
        state = self._controller.state
        permit = permit_of(state, time.monotonic())
        self._workers.follow(permit, goes_on=state.share.mode in RUNNING)
        for effect in effects:
            self._carry_out(effect)
        if self._controller.state is not before:
            self._render()
        self._set_clock()

    def _found(self, look: int, found: Found) -> None:
        """What stands in the way on this computer; called in the thread that looked."""
        self._bridge.given.emit(LookedAround(look, found, new_id()))

    def _hear(self, header: Header, payload: bytes) -> None:
        """What viewers send; called in the network thread."""
        listener = self._exchange if header.kind is Kind.CLIPBOARD else self._workers
        listener.hear(header, payload)

    @Slot()
    def leave(self) -> None:
        """End the program at once, asking nobody."""
        self._carry_out(Quit())

    def shut_down(self) -> None:
        """The one order: nothing shown any longer, link closed with a reason, loop stopped, threads
        joined, bounded."""
        self._clock.stop()
        self._nudger.close()
        self._lookout.stop()
        self._exchange.stop()
        self._workers.stop()
        self._bridge.stop()
        if not self._bridge.join(NET_END_S):
            _log.warning("the network thread has not ended in time")
        if not self._lookout.join(WORKERS_END_S):
            _log.warning("a look at the computer has not ended in time")
        if not self._workers.join(WORKERS_END_S):
            _log.warning("a worker thread has not ended in time")
        self._window.deleteLater()

    @property
    def is_spent(self) -> bool:
        """Whether nobody needs the program any longer."""
        return is_spent(self._controller.state)

    def _carry_out(self, effect: Effect) -> None:
        match effect:
            case OpenBrowser():
                QDesktopServices.openUrl(QUrl(effect.url, QUrl.ParsingMode.StrictMode))
            case Ring():
                self._nudger.ring()
                rang = Rang(effect.nudge, new_id())
                QTimer.singleShot(0, self, lambda: self.take(rang))
            case ShowFolder():
                QDesktopServices.openUrl(QUrl.fromLocalFile(effect.path))
            case LookAround():
                self._lookout.look(effect)
            case OpenPlace():
                self._checkup.show(effect.problem)
            case Quit():
                QApplication.exit()  # quit() would ask the windows again
            case _:
                self._bridge.carry_out(effect)

    @Slot()
    def _used(self) -> None:
        self.take(Used(new_id()))

    @Slot(bool)
    def _mute(self, on: bool) -> None:
        self._nudger.muted = on

    def _render(self) -> None:
        calendar = Calendar(datetime.now().astimezone().date())
        development = self._config.development
        state = self._controller.state
        self._window.render_view(present(state, self._t, calendar, development=development))

    def _set_clock(self) -> None:
        due = self._controller.due()
        if due is None:
            self._clock.stop()
        else:
            self._clock.start(max(1, round((due - time.monotonic()) * 1000)))

    @Slot()
    def _tick(self) -> None:
        self.take(Tick())


def _first_state(config: ClientConfig, t: Catalogue, platform: Platform) -> ClientState:
    """What is known before anything has happened."""
    halt = halt_of(config.built, datetime.now().astimezone().date())
    return ClientState(
        page=Page.ENDED if halt else Page.JOIN,
        halt=halt,
        removal=platform.program.removal(),
        program=next(iter(platform.program.names()), ""),
        organisation=config.organisation,
        relay=config.relay,
        language=t.language,
        unshareable=platform.unshareable,
        solvable=frozenset(filter(platform.checkup.leads, Hurdle)),
    )


def _downloads() -> Path:
    """The customer's folder of downloads, wherever the system has it."""
    where = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
    return Path(where) if where else Path.home() / "Downloads"


def _machine(config: ClientConfig, system: str) -> Machine:
    language = QLocale.system().bcp47Name()[: limits.SYSTEM_CHARS]
    return Machine(system=system, version=VERSION, language=language, origin=config.relay)


def new_id() -> str:
    """A fresh client id (see `protocol.base.ClientId`)."""
    return secrets.token_urlsafe(12)


def run(config: ClientConfig, t: Catalogue, platform: Platform) -> bool:
    """Run the client until it quits; whether its program is spent then."""
    qt = QApplication([t("app.name")])
    qt.setApplicationName("support-bridge-client")
    qt.setQuitOnLastWindowClosed(False)
    interrupts = Interrupts()
    client = Client(config, t, platform)
    interrupts.came.connect(client.leave)
    client.start()
    try:
        qt.exec()
        return client.is_spent
    finally:
        client.shut_down()
        interrupts.restore()
