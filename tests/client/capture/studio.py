"""The whole capture thread before a real screen, with a viewer who decodes what it sends."""

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import mss
import numpy as np
import pytest
from Xlib.display import Display

from client.capture.loop import CaptureThread
from client.capture.vpx_check import VpxDecoder
from client.capture.vpx_library import Library
from client.frames import FrameBook
from client.gate import Gate
from client.platform.desktop import Desktop
from client.session.geometry import Rect
from client.session.permit import Permit
from protocol.channel import Flag, Header, Kind
from protocol.picture import Codec, PictureHead, picture_head
from protocol.screen import Layout, ScreenNews, Watch, WishMessage, decode_news, encode
from tests.client.capture.canvas import Canvas
from tests.client.capture.pages import rgb

PATIENCE_S = 20
ALL = tuple(Codec)
AREA = Rect(0, 0, 640, 480)
RED, GREEN = (210, 40, 40), (30, 170, 60)


def colour(rgb: tuple[int, int, int]) -> int:
    """As X counts it."""
    red, green, blue = rgb
    return red << 16 | green << 8 | blue


class Wall:
    """Paints on the real screen, under whatever windows there are (nobody else is on it)."""

    def __init__(self) -> None:
        self._display = Display()
        root = self._display.screen().root
        self._window = root.create_window(
            *AREA, 0, self._display.screen().root_depth, override_redirect=1
        )
        self._window.map()
        self._ink = self._window.create_gc()
        self.paint(AREA, 0x202830)

    def paint(self, rect: Rect, colour: int) -> None:
        """Fill `rect`; it is on the screen when this returns."""
        self._ink.change(foreground=colour)
        self._window.fill_rectangle(self._ink, *rect)
        self._display.sync()

    def close(self) -> None:
        self._window.destroy()
        self._display.close()


def screen(area: Rect) -> np.ndarray:
    """The screen as it is now: height x width x red, green, blue."""
    place = {"left": area.x, "top": area.y, "width": area.width, "height": area.height}
    with mss.MSS() as camera:
        shot = camera.grab(place)
    picture = np.frombuffer(shot.raw, np.uint8).reshape(area.height, area.width, 4)
    return picture[..., 2::-1]


@dataclass
class Message:
    header: Header
    payload: bytes


class Decoders:
    """What a viewer's browser decodes streams with."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._decoder: VpxDecoder | None = None

    def __call__(self, codec: Codec, key: bool, chunk: bytes) -> np.ndarray:
        if key:
            self.close()
            self._decoder = VpxDecoder(self._library, codec)
        assert self._decoder is not None, "a stream without a beginning"
        return rgb(self._decoder.decode(chunk))

    def close(self) -> None:
        if self._decoder is not None:
            self._decoder.close()
            self._decoder = None


class Eye:
    """What a viewer makes of FRAME messages."""

    def __init__(self, library: Library) -> None:
        self._decoders = Decoders(library)
        self._canvas = Canvas(self._decode)
        self.head: PictureHead | None = None
        self.codec: Codec | None = None
        """Of the newest stream since the newest key frame."""

    @property
    def picture(self) -> np.ndarray:
        return self._canvas.picture

    def draw(self, message: Message) -> None:
        """Raises when the frame cannot be drawn after those before."""
        head, key = picture_head(message.payload), bool(message.header.flags & Flag.KEY)
        if key:
            self.codec = None
            self._decoders.close()
        assert key or self.head == head, "only a key frame changes layout or size"
        self.head = head
        self._canvas.draw(message.payload, key=key)

    def close(self) -> None:
        self._decoders.close()

    def _decode(self, codec: Codec, key: bool, chunk: bytes) -> np.ndarray:
        self.codec = codec
        return self._decoders(codec, key, chunk)


class Studio:
    """`said` is what passed the gate, `told` what the window was told."""

    def __init__(self, desktop: Desktop, library: Library, vpx: Path | None) -> None:
        self.gate = Gate()
        self.frames = FrameBook()
        self.said: list[Message] = []
        self.told: list[object] = []
        self.acknowledges = True
        self.eye = Eye(library)
        self.drawn: Message | None = None
        self.broken: list[BaseException] = []
        self.on_frame: Callable[[Message], None] = lambda _: None
        self._news = threading.Condition()
        self._share = 1
        self.thread = CaptureThread(self.gate, self.frames, desktop, self._send, self._tell, vpx)
        self.thread.start()

    def allow(
        self,
        epoch: int = 1,
        viewers: tuple[int, ...] = (1,),
        share: int = 1,
        apps: frozenset[str] | None = None,
    ) -> None:
        """Let these participants see everything, or only some applications."""
        self._share = share
        permit = Permit(epoch=epoch, share=share, viewers=frozenset(viewers), apps=apps)
        self.gate.allow(permit)
        self.thread.wake()

    def shut(self) -> None:
        self.gate.shut()
        self.thread.wake()

    def wish(self, wish: WishMessage, sender: int = 1, epoch: int | None = None) -> None:
        """Something that a viewer wants."""
        self._hear(Kind.WISH, sender, epoch, 1, encode(wish))

    def watch(
        self, sender: int = 1, codecs: tuple[Codec, ...] = ALL, epoch: int | None = None
    ) -> None:
        self.wish(Watch(codecs=codecs), sender, epoch)

    def acknowledge(self, seq: int, sender: int = 1) -> None:
        self._hear(Kind.ACKNOWLEDGEMENT, sender, None, seq, b"")

    def until(self, what: Callable[[], bool]) -> None:
        """Wait until something holds; it is asked whenever anything was said or told."""
        with self._news:
            held = self._news.wait_for(lambda: bool(self.broken) or what(), PATIENCE_S)
        assert self.broken == []
        assert held, [one.header for one in self.said][-5:]

    def until_seen(self, colour: tuple[int, int, int], x: int, y: int) -> None:
        """Wait until the viewer sees about this colour there."""
        self.until(lambda: self.seen(colour, x, y))

    def seen(self, colour: tuple[int, int, int], x: int, y: int) -> bool:
        height, width = self.eye.picture.shape[:2]
        if x >= width or y >= height:
            return False
        pixel: np.ndarray = self.eye.picture[y, x].astype(int)
        return bool(np.abs(pixel - colour).max() < 12)

    def has_frame_of(self, epoch: int) -> bool:
        return any(one.header.epoch == epoch for one in self.of(Kind.FRAME))

    def was_told(self, what: object, times: int) -> bool:
        return self.told.count(what) == times

    def of(self, kind: Kind) -> list[Message]:
        """What was said of one kind."""
        return [one for one in self.said if one.header.kind is kind]

    def news(self) -> list[ScreenNews]:
        return [decode_news(one.payload) for one in self.of(Kind.SCREEN)]

    def layouts(self) -> list[Layout]:
        return [one for one in self.news() if isinstance(one, Layout)]

    def close(self) -> None:
        self.thread.stop()
        assert self.thread.join(PATIENCE_S)
        self.eye.close()
        assert self.broken == []

    def _hear(self, kind: Kind, sender: int, epoch: int | None, seq: int, payload: bytes) -> None:
        number = self.gate.permit.epoch if epoch is None else epoch
        self.thread.heard(Header(kind, Flag(0), sender, number, self._share, seq, 0), payload)

    def _send(self, header: Header, payload: bytes) -> None:
        """Through the gate, as the network's outlet does; the viewer draws at once."""
        with self.gate.sending(header.epoch) as allowed, self._news:
            if not allowed:
                return
            message = Message(header, payload)
            try:
                if header.kind is Kind.FRAME:
                    self._draw(message)
                self.said.append(message)
            except BaseException as error:  # told by `until`, in the test's own thread
                self.broken.append(error)
            self._news.notify_all()

    def _draw(self, message: Message) -> None:
        frame = self.frames.get(message.header.seq)
        assert frame is not None, "a frame is in the book before it is sent"
        assert frame.epoch == message.header.epoch
        self.eye.draw(message)
        self.drawn = message
        if self.acknowledges:
            self.acknowledge(message.header.seq)
        self.on_frame(message)

    def _tell(self, what: object) -> None:
        with self._news:
            self.told.append(what)
            self._news.notify_all()


Studios = Callable[..., Studio]
"""Makes a studio for a desk, and closes it in the end."""

needs_a_screen = pytest.mark.skipif(not os.environ.get("DISPLAY"), reason="needs a screen")
