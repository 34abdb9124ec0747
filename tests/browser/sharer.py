"""A customer who shows a screen, by the protocol and without a program around it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
import simplejpeg
from playwright.async_api import Locator, expect

from client.capture.codecs import Codecs
from client.capture.colour import Picture
from client.capture.encoder import StreamEncoder
from client.capture.exact import exact
from client.capture.pieces import made
from client.capture.tiles import shape_of
from client.capture.vpx_file import vpx_file
from client.session.geometry import Rect
from protocol.channel import Flag, Header, Kind
from protocol.facts import SessionAccepted
from protocol.inputs import AnyInput, InputBatch, decode_batch
from protocol.picture import Codec, PictureHead, Piece, StreamHead, pack_areas
from protocol.requests import Request
from protocol.screen import (
    CursorHead,
    Layout,
    MonitorView,
    ScreenMessage,
    Watch,
    Wish,
    decode_wish,
    encode,
)
from protocol.share_facts import GrantAsked
from protocol.share_requests import GrantDeny, GrantGive, ShareEnd, SharePause, ShareStart
from protocol.sharing import Grant, PauseCause, Scope
from protocol.signals import Ack
from relay.app import Relay
from relay.authority import CA_FILE
from tests.browser.window import Language, Scheme, Window, Windows
from tests.peers import PATIENCE_S, Customer, Socket, calling, carried_out, client_id
from tests.relay.site import representative

W = TypeVar("W", bound=Wish)
Way = Codec | Piece
"""How a whole picture is sent: as a stream's, or as a rectangle."""

FINEST = 8
"""Level of a stream from which on more exactness is not worth it."""

SIZE = (640, 400)
NONE = Flag(0)
MONITORS = (
    MonitorView(id=1, name="Left <b>one</b>", x=0, y=0, width=640, height=400),
    MonitorView(id=2, name="", x=640, y=0, width=640, height=400),
)


def colours(width: int = SIZE[0], height: int = SIZE[1], turn: int = 0) -> Picture:
    """A picture that is elsewhere of another colour, soft enough for any codec; `turn` makes a
    different one."""
    picture = np.zeros((height, width, 4), np.uint8)
    picture[..., 0] = 40 + np.linspace(0, 170, width, dtype=np.uint8)
    picture[..., 1] = (60 + np.linspace(0, 120, height, dtype=np.uint8))[:, None]
    picture[..., 2] = 30 + 50 * (turn % 4)
    return picture


@dataclass
class Sharer:
    """`epoch` and `share` are those of the last start; frames are counted for each epoch."""

    socket: Socket
    codecs: Codecs
    epoch: int = 0
    share: int = 0
    heard: list[tuple[Header, bytes]] = field(default_factory=list)
    _counts: dict[Kind, int] = field(default_factory=dict)
    _encoders: dict[tuple[Codec, int, int], StreamEncoder] = field(default_factory=dict)

    async def ask(self, request: Request) -> None:
        """Ask for something that must be carried out."""
        answer = await carried_out(self.socket, request)
        assert isinstance(answer, Ack), answer

    async def asked(self) -> GrantAsked:
        """The next question."""
        return await self.socket.hear(GrantAsked)

    async def give(self, to: str, *grants: Grant, lasts_s: int = 0) -> None:
        """Allow something."""
        for grant in grants:
            lasts = lasts_s if grant is Grant.CONTROL else 0
            await self.ask(GrantGive(id=client_id(), grant=grant, to=to, lasts_s=lasts))

    async def deny(self, to: str, grant: Grant) -> None:
        """Say no."""
        await self.ask(GrantDeny(id=client_id(), grant=grant, to=to))

    async def start(self, scope: Scope = Scope.ALL, *, anew: bool = True) -> None:
        """Begin to show, or (not `anew`) go on after a pause."""
        self.share += anew
        self.epoch += 1
        self._counts.clear()
        self._encoders.clear()
        start = ShareStart(id=client_id(), share=self.share, epoch=self.epoch, scope=scope)
        await self.ask(start)

    async def pause(self, why: PauseCause = PauseCause.CUSTOMER) -> None:
        """Show nothing for a while."""
        await self.ask(SharePause(id=client_id(), why=why))

    async def end(self) -> None:
        """Show nothing any longer."""
        await self.ask(ShareEnd(id=client_id()))

    async def watched(self) -> Watch:
        """Wait until somebody is ready to see, and show them what stands where."""
        watch = await self.wish(Watch)
        await self.tell(Layout(number=1, monitors=MONITORS, shown=1, width=SIZE[0], height=SIZE[1]))
        return watch

    async def wish(self, kind: type[W]) -> W:
        """The next wish of that kind."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                header, payload = await self.hear(Kind.WISH)
                wish = decode_wish(payload)
                if header.epoch == self.epoch and isinstance(wish, kind):
                    return wish

    async def acknowledged(self, seq: int) -> None:
        """Wait until a viewer has drawn frame `seq`."""
        while (await self.hear(Kind.ACKNOWLEDGEMENT))[0].seq != seq:
            pass

    async def batch(self) -> InputBatch:
        """The next input."""
        return decode_batch((await self.hear(Kind.INPUT))[1])

    async def inputs(self, until: AnyInput) -> list[AnyInput]:
        """All input up to this event, it included."""
        events: list[AnyInput] = []
        while until not in events:
            events += (await self.batch()).events
        return events

    async def inputs_to(self, kind: type[AnyInput]) -> list[AnyInput]:
        """All input up to an event of that kind, it included."""
        events: list[AnyInput] = []
        while not any(isinstance(event, kind) for event in events):
            events += (await self.batch()).events
        return events

    async def hear(self, kind: Kind) -> tuple[Header, bytes]:
        """The next message of that kind; others are kept in `heard` and passed over."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                message = await self.socket.receive_channel()
                self.heard.append(message)
                if message[0].kind is kind:
                    return message

    async def show(
        self, picture: Picture, way: Way = Codec.VP9_444, *, key: bool = False, layout: int = 1
    ) -> int:
        """Send a picture as the client would; its number."""
        return await self.send_frame(self.encoded(picture, way, key=key, layout=layout), key=key)

    def encoded(self, picture: Picture, way: Way, *, key: bool, layout: int = 1) -> bytes:
        """The payload of a frame: all of the picture, as a stream's or as rectangles."""
        height, width = picture.shape[:2]
        whole = Rect(0, 0, width, height)
        if way is Piece.PIXELS:
            piece = made(Piece.PIXELS, whole, exact(picture, photo=False))
        elif way is Piece.JPEG:
            data = simplejpeg.encode_jpeg(np.ascontiguousarray(picture), 97, "BGRX", "444")
            piece = made(Piece.JPEG, whole, data)
        else:
            piece = self._streamed(picture, Codec(way), whole, key=key)
        return PictureHead(layout, width, height).pack() + piece

    def _streamed(self, picture: Picture, codec: Codec, whole: Rect, *, key: bool) -> bytes:
        assert self.codecs.available(codec), "scripts/fetch_vpx.py fetches the codec"
        kept = (codec, whole.width, whole.height)
        encoder = self._encoders.setdefault(kept, self.codecs.encoder(*kept))
        blocks = np.ones(shape_of(whole.width, whole.height), np.bool_)
        chunk = encoder.encode(picture, blocks, FINEST, key=key)
        head = StreamHead(codec, int(key), 1).pack() + pack_areas([whole])
        return made(Piece.STREAM, whole, head + chunk)

    async def send_frame(self, payload: bytes, *, key: bool = False) -> int:
        """Send a frame's payload, whatever it is; its number."""
        return await self.send(Kind.FRAME, payload, Flag.KEY if key else NONE)

    def skip_frame(self) -> None:
        """A frame is lost on its way."""
        self._counts[Kind.FRAME] = self._counts.get(Kind.FRAME, 0) + 1

    async def tell(self, message: ScreenMessage) -> None:
        """Say something about the screen."""
        await self.send(Kind.SCREEN, encode(message))

    async def point(self, x: int, y: int, size: int = 0, serial: int = 1) -> None:
        """The pointer is there; with `size`, it has a new shape: a red square."""
        pixels = bytes((255, 0, 0, 255)) * size**2
        head = CursorHead(1, x, y, size, size, 0, 0, serial)
        await self.send(Kind.CURSOR, head.pack() + pixels, Flag.DROPPABLE)

    async def beat(self) -> None:
        """The newest frame is still true."""
        header = self._header(Kind.BEAT, self._counts[Kind.FRAME], Flag.DROPPABLE)
        await self.socket.send_channel(header)

    async def send(self, kind: Kind, payload: bytes, flags: Flag = NONE) -> int:
        """Send the next message of its kind; its number."""
        self._counts[kind] = self._counts.get(kind, 0) + 1
        seq = self._counts[kind]
        await self.socket.send_channel(self._header(kind, seq, flags), payload)
        return seq

    def _header(self, kind: Kind, seq: int, flags: Flag) -> Header:
        whole = flags | Flag.FIRST | Flag.LAST
        return Header(kind, whole, 0, self.epoch, self.share, seq, 0)


@dataclass
class Scene:
    """Ada's console with Grace's session in it."""

    console: Window
    grace: Sharer
    windows: Windows
    relay: Relay

    @property
    def ada(self) -> str:
        """Ada in the session."""
        facts = self.grace.socket.facts
        return next(one.participant.id for one in facts if isinstance(one, SessionAccepted))

    @property
    def canvas(self) -> Locator:
        """The picture."""
        return self.console.page.locator("canvas.screen-picture").filter(visible=True)

    async def share(self, *grants: Grant, lasts_s: int = 0) -> None:
        """Grace shows everything to Ada, who is ready to see it."""
        await self.grace.give(self.ada, *(grants or (Grant.VIEW,)), lasts_s=lasts_s)
        await self.grace.start()
        await self.grace.watched()

    async def see(
        self, picture: Picture | None = None, way: Way = Codec.VP9_444, *, key: bool = True
    ) -> int:
        """Show a picture, and wait until it is drawn; its number."""
        shown = colours() if picture is None else picture
        seq = await self.grace.show(shown, way, key=key)
        await self.grace.acknowledged(seq)
        await expect(self.canvas).to_be_visible()
        return seq


@asynccontextmanager
async def scene(
    relay: Relay,
    windows: Windows,
    language: Language = "en",
    *,
    width: int = 1280,
    height: int = 800,
    scale: float = 1,
    scheme: Scheme = "light",
    before: str = "",
) -> AsyncIterator[Scene]:
    """Grace came with her program by a key of Ada's and was accepted. `before` is a script that
    runs in the console before its own."""
    await representative(relay)
    console = await windows.open(language, width=width, height=height, scheme=scheme, scale=scale)
    if before:
        await console.page.add_init_script(before)
    await console.sign_in(relay, "ada")
    key = (await console.make_key()).replace("-", "")
    authority = relay.config.data_folder / CA_FILE
    async with calling(relay.origin, authority) as http:
        customer = Customer(http, relay.origin)
        await customer.join(key)
        socket, _ = await customer.connect()
        async with socket:
            await console.button("console.accept_name", name="Grace").click()
            await console.log.get_by_text(console.t("line.accepted_you")).wait_for()
            await socket.hear(SessionAccepted)
            yield Scene(console, Sharer(socket, Codecs(vpx_file())), windows, relay)
