"""Follows the windows of an X server: every change, and every painting between two changes.

The server tells both in the order in which it did them, on one connection. After the answer to any
question all events from before it are here. So `follow` makes an account without holes, which
needs neither to stop the server nor to read the whole tree again.
"""

from collections.abc import Iterable
from typing import Any

from Xlib import X
from Xlib.display import Display
from Xlib.ext import damage as xdamage

from client.platform.desktop import Moment, Window
from client.platform.linux.x11 import events
from client.platform.linux.x11.facts import FactReader
from client.platform.linux.x11.stage import Stage
from client.platform.linux.x11.tree import Standing, Top, Tree
from client.platform.linux.x11.wire import Asking, lost_connection, reply
from client.session.geometry import Rect, around

MOMENTS = 2000
"""More than that since the last look are too many to tell one by one."""

TRIES = 50
"""So often the tree is read until nothing changed meanwhile."""

PAINTED = 20000
"""The same for paintings of one moment."""

_ROOT_EVENTS = X.SubstructureNotifyMask | X.StructureNotifyMask | X.PropertyChangeMask


class _Account:
    """One moment while it is written down."""

    __slots__ = ("broken", "composited", "painted", "screen", "standing")

    def __init__(self, tree: Tree, *, composited: bool, broken: bool = False) -> None:
        self.standing: tuple[Standing, ...] = tree.standing()
        self.screen = tree.screen
        self.painted: list[Rect] = []
        self.composited = composited
        self.broken = broken


class Watching:
    """Used in one thread. Methods raise `ConnectionError` when the server is gone."""

    def __init__(self, display: Display, own_pid: int) -> None:
        self._display = display
        self._screen = display.screen()
        self._root = self._screen.root
        self._asking = Asking(display)
        self._facts = FactReader(self._asking)
        self._stage = Stage(own_pid)
        bits = display.display.info.resource_id_mask
        self._tree = Tree(self._root.id, bits, Rect(0, 0, 0, 0))
        self._compositor = f"_NET_WM_CM_S{display.get_default_screen()}"
        self._composited = False
        self._damage_code, self._shape_code = self._listen()
        self._windows: tuple[Window, ...] = ()
        self._made_of: tuple[Standing, ...] | None = None
        self._accounts: list[_Account] = []
        self._painted: list[Rect] = []
        self.cursor_serial: int | None = None
        """The number of the pointer's newest shape, as far as an event told it."""
        self._cursor_code = self._listen_to_cursor()
        self._quiet = {self._damage_code, self._cursor_code, events.PROPERTY}
        self._reload(broken=True)

    @property
    def asking(self) -> Asking:
        """For other questions on the same connection."""
        return self._asking

    @property
    def facts(self) -> FactReader:
        """What programs tell about windows."""
        return self._facts

    def windows(self) -> tuple[Window, ...]:
        """Those on the screen now, the topmost first."""
        self.follow()
        return self._list(self._accounts[-1].standing)

    def moments(self) -> tuple[Moment, ...]:
        """See `DesktopView.moments`."""
        self.follow()
        told = tuple(self._moment(one) for one in self._accounts)
        last = self._accounts[-1]
        fresh = _Account(self._tree, composited=last.composited)
        fresh.standing = last.standing
        self._accounts = [fresh]
        return told

    @property
    def tells(self) -> bool:
        """Whether the server reports what is painted."""
        return self._damage_code is not None

    def stirred(self) -> bool:
        """Whether there is something in the account, or on its way to it."""
        if len(self._accounts) > 1 or self._accounts[-1].painted:
            return True
        with lost_connection():
            return bool(self._display.pending_events())

    def painted(self) -> tuple[Rect, ...] | None:
        """See `DesktopView.damage`."""
        self.follow()
        told, self._painted = tuple(self._painted), []
        return told if self._damage_code is not None else None

    def _moment(self, account: _Account) -> Moment:
        return Moment(
            self._list(account.standing),
            tuple(account.painted) if self._damage_code is not None else None,
            account.screen,
            composited=account.composited,
            broken=account.broken,
        )

    def _list(self, standing: tuple[Standing, ...]) -> tuple[Window, ...]:
        if standing is not self._made_of:
            self._made_of, self._windows = standing, self._stage.windows(standing)
        return self._windows

    def follow(self) -> None:
        """Take in everything until now."""
        owner = reply(self._asking.owner(self._compositor))
        composited = owner is not None and bool(owner.owner)
        with lost_connection():
            for _ in range(self._display.pending_events()):
                event = self._display.next_event()
                if isinstance(event, events.Raw):
                    self._take(event)
        if self._tree.lost:
            self._reload(broken=True)
        if composited != self._composited:
            self._composited = composited
            self._write_down(broken=True)
        self._ask()
        self._shorten()

    def _take(self, raw: events.Raw) -> None:
        if raw.sent:
            return
        code = raw.code
        if code == self._damage_code:
            place = events.damage(raw)
            self._accounts[-1].painted.append(place)
            self._painted.append(place)
        elif code == self._cursor_code:
            self.cursor_serial = events.cursor_serial(raw)
        elif code == self._shape_code:
            if events.is_bounding(raw) and self._tree.reshaped(events.first_word(raw)):
                self._write_down()
        elif code == events.PROPERTY:
            self._stage.doubt(events.first_word(raw))
            self._made_of = None
        elif events.first_word(raw) == self._root.id:
            event = events.window_event(raw)
            if event is not None and self._tree.apply(event):
                self._write_down()

    def _write_down(self, *, broken: bool = False) -> None:
        self._accounts.append(_Account(self._tree, composited=self._composited, broken=broken))

    def _ask(self) -> None:
        """Read what is not known yet about the windows in the account."""
        standings = [one for account in self._accounts for one in account.standing]
        tops = self._stage.unknown(standings)
        if not tops:
            return
        found = self._facts.read([top.id for top in tops])
        for top in tops:
            if top.id in found and self._tree.tops.get(top.id) is top:
                self._stage.learn(top, found[top.id])
        self._stage.keep({*self._tree.order, *(one.top for one in standings)})
        self._made_of = None

    def _shorten(self) -> None:
        """A view that nobody looks through must not grow."""
        if len(self._accounts) > MOMENTS or len(self._accounts[-1].painted) > PAINTED:
            self._accounts = self._accounts[-1:]
            self._accounts[0].painted, self._accounts[0].broken = [], True
        if len(self._painted) > PAINTED:
            self._painted = [around(tuple(self._painted))]

    def _reload(self, *, broken: bool) -> None:
        """Read the whole tree, again and again until nothing changed meanwhile.

        The server is not grabbed for it: whoever holds a grab and waits for the interpreter's
        lock, while the window's thread keeps that and waits for the server, stops the desktop.
        """
        for _ in range(TRIES):
            self._drain()
            self._read_tree()
            if not self._drain():
                break
        else:
            self._tree.lost = True  # looked at again with the next account
        self._write_down(broken=broken)

    def _read_tree(self) -> None:
        tree = reply(self._asking.tree(self._root.id))
        size = reply(self._asking.geometry(self._root.id))
        ids = [one.id for one in tree.children]
        asked = [(one, self._asking.attributes(one), self._asking.geometry(one)) for one in ids]
        self._tree.fill(self._tops(asked))
        self._tree.screen = Rect(0, 0, size.width, size.height)

    def _drain(self) -> bool:
        """Throw away what was told until now; whether a window was in it."""
        reply(self._asking.geometry(self._root.id))
        changed = False
        with lost_connection():
            for _ in range(self._display.pending_events()):
                event = self._display.next_event()
                if isinstance(event, events.Raw) and event.code not in self._quiet:
                    changed = True
        return changed

    def _tops(self, asked: list[tuple[int, Any, Any]]) -> Iterable[Top]:
        for window, first, second in asked:
            attributes, place = reply(first), reply(second)
            if attributes is not None and place is not None:
                border = 2 * place.border_width
                rect = Rect(place.x, place.y, place.width + border, place.height + border)
                yield Top(window, rect, mapped=attributes.map_state != X.IsUnmapped)

    def _listen(self) -> tuple[int | None, int | None]:
        """The codes of damage and shape events; None: there are none."""
        wire = self._display.display
        wire.event_classes = dict(wire.event_classes)  # the library has one for all connections
        wire.event_classes.update(dict.fromkeys(events.CORE, events.Raw))
        self._root.change_attributes(event_mask=_ROOT_EVENTS)
        shape, damage = self._first_event("SHAPE"), self._first_event("DAMAGE")
        if damage is not None:
            self._display.damage_query_version()
            self._root.damage_create(xdamage.DamageReportRawRectangles)
        return damage, shape

    def _listen_to_cursor(self) -> int | None:
        code = self._first_event("XFIXES")
        if code is None:
            return None
        self._display.xfixes_query_version()
        self._display.xfixes_select_cursor_input(self._root, 1)
        self._display.display.event_classes[code + 1] = events.Raw
        return code + 1

    def _first_event(self, extension: str) -> int | None:
        """The code of the extension's first event, which is read as `events.Raw`."""
        told = self._display.query_extension(extension)
        if told is None or not told.present:
            return None
        self._display.display.event_classes[told.first_event] = events.Raw
        return int(told.first_event)
