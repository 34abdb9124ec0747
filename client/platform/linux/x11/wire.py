"""A connection to the X server whose errors are answers like others: windows go at any time."""

import contextlib
from collections.abc import Iterator
from typing import Any

from Xlib import X, error
from Xlib.display import Display
from Xlib.ext import res, shape
from Xlib.protocol import request

from client.platform.base import Unavailable


def opened(name: str | None = None) -> Display | Unavailable:
    """A connection of our own, for one thread."""
    try:
        display = Display(name)
    except (error.DisplayError, error.XauthError, OSError) as why:
        return Unavailable(f"no X display: {why}")
    display.set_error_handler(lambda *_: None)
    return display


def reply(asked: Any) -> Any:
    """The answer to a request made with `defer=True`; None: it failed, or gives none.

    Raises `ConnectionError` when the server is gone.
    """
    if asked is None:
        return None
    with lost_connection():
        try:
            asked.reply()
        except error.XError:
            return None
        return asked


@contextlib.contextmanager
def lost_connection() -> Iterator[None]:
    """Makes the library's own error for a closed connection a `ConnectionError`."""
    try:
        yield
    except error.ConnectionClosedError as why:
        raise ConnectionResetError(str(why)) from None


class Asking:
    """Requests that are sent without waiting for the answers of those before."""

    def __init__(self, display: Display) -> None:
        self._display = display
        self._wire = display.display
        self._atoms: dict[str, int] = {}
        known = self._wire.extension_major_opcodes
        self._res: int | None = known.get("X-Resource")
        self._shape: int | None = known.get("SHAPE")

    def atom(self, name: str) -> int:
        """The number of an atom."""
        if name not in self._atoms:
            with lost_connection():
                self._atoms[name] = self._display.intern_atom(name)
        return self._atoms[name]

    def tree(self, window: int) -> Any:
        """`children`, the lowest first."""
        return request.QueryTree(display=self._wire, defer=True, window=window)

    def attributes(self, window: int) -> Any:
        """`map_state`, `win_class`, `override_redirect`."""
        return request.GetWindowAttributes(display=self._wire, defer=True, window=window)

    def geometry(self, window: int) -> Any:
        """`x`, `y`, `width`, `height`, `border_width`, `depth`."""
        return request.GetGeometry(display=self._wire, defer=True, drawable=window)

    def place_in(self, window: int, other: int) -> Any:
        """Where the corner of `window` lies in `other`: `x`, `y`."""
        return request.TranslateCoords(
            display=self._wire, defer=True, src_wid=window, dst_wid=other, src_x=0, src_y=0
        )

    def property(self, window: int, name: str, words: int = 1024) -> Any:
        """At most four times `words` bytes of a property's value."""
        return request.GetProperty(
            display=self._wire,
            defer=True,
            delete=False,
            window=window,
            property=self.atom(name),
            type=X.AnyPropertyType,
            long_offset=0,
            long_length=words,
        )

    def owner(self, selection: str) -> Any:
        """The `owner` of a selection."""
        return request.GetSelectionOwner(
            display=self._wire, defer=True, selection=self.atom(selection)
        )

    def shape(self, window: int) -> Any:
        """The `rectangles` of the bounding shape; None: the server has no shapes."""
        if self._shape is None:
            return None
        return shape.GetRectangles(
            display=self._wire, defer=True, opcode=self._shape, window=window, source_kind=0
        )

    def process(self, window: int) -> Any:
        """The `ids` of the program that made the window, as the server knows it; None: it cannot
        tell."""
        if self._res is None:
            return None
        specs = [{"client": window, "mask": res.LocalClientPIDMask}]
        return res.QueryClientIds(display=self._wire, defer=True, opcode=self._res, specs=specs)

    def listen(self, window: int) -> None:
        """Be told of other properties and another shape of `window`."""
        self._display.create_resource_object("window", window).change_attributes(
            event_mask=X.PropertyChangeMask
        )
        if self._shape is not None:
            shape.SelectInput(
                display=self._wire, opcode=self._shape, destination_window=window, enable=1
            )
