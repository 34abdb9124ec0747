"""Two who send each other files over a real relay, as their programs would."""

import asyncio
import secrets
from typing import TypeVar

import aiohttp
import msgspec

from protocol.codec import decode_event, encode
from protocol.file_facts import FileAccepted, FileOffered
from protocol.file_requests import FileAccept, FileOffer, FileTake
from protocol.requests import Request, SessionEnd
from protocol.settings_api import CustomerState, CustomerWish
from protocol.signals import Ack
from scripts.bench.files.mover import Done, Job
from scripts.bench.sessions import Socket, Staff, Talk
from scripts.stage.relay import Relay

COOKIE = "__Host-login"
PATIENCE_S = 60
T = TypeVar("T")


class Parties:
    """`staff` has signed in with `http`, as an administrator."""

    def __init__(self, relay: Relay, staff: Staff, http: aiohttp.ClientSession) -> None:
        self._relay = relay
        self._staff = staff
        self._http = http

    async def allow(self, megabytes: int) -> None:
        """Let files of that size through, as the page of the administration does."""
        origin = self._relay.origin
        async with self._http.get(f"{origin}/api/texts") as answer:
            state = msgspec.json.decode(await answer.read(), type=CustomerState)
        rules = msgspec.structs.replace(state.rules, files_mb=megabytes)
        wish = CustomerWish(before=state.rules, rules=rules)
        headers = {"Origin": origin, "Content-Type": "application/json"}
        body = msgspec.json.encode(wish)
        async with self._http.post(f"{origin}/api/texts", data=body, headers=headers) as answer:
            answer.raise_for_status()

    async def agreed(self, size: int) -> "Agreed":
        """A new session in which the customer sends a file of `size` bytes."""
        await self._staff.open_desk()
        talk = await self._staff.open_talk()
        lines = Line(talk.customer), Line(talk.representative)
        transfer = secrets.token_hex(8)
        wish = FileOffer(id=secrets.token_hex(8), transfer=transfer, name="file", size=size)
        await lines[0].asked(wish, FileOffered)
        accept = FileAccept(id=secrets.token_hex(8), transfer=transfer)
        await lines[1].asked(accept, FileAccepted)
        return Agreed(self._relay, talk, lines, transfer, self._cookie())

    def _cookie(self) -> str:
        cookies = {one.key: one.value for one in self._http.cookie_jar}
        return f"{COOKIE}={cookies[COOKIE]}"


class Agreed:
    """A file whose receiver has said yes."""

    def __init__(
        self, relay: Relay, talk: Talk, lines: "tuple[Line, Line]", transfer: str, cookie: str
    ) -> None:
        self._relay = relay
        self._talk = talk
        self._lines = lines
        self._transfer = transfer
        self._cookie = cookie

    @property
    def address(self) -> str:
        """Where its pieces go."""
        return f"{self._relay.origin}/api/files/{self._talk.joined.session}/{self._transfer}"

    @property
    def proof(self) -> dict[str, str]:
        """By which the relay knows the customer."""
        return {"Authorization": f"Bearer {self._talk.joined.token}"}

    def up(self, file: str) -> Job:
        """The customer's way."""
        return Job("pieces", self.address, file, str(self._relay.authority), self.proof)

    def down(self) -> Job:
        """The representative's way."""
        url = f"{self._relay.origin}/files/{self._talk.joined.session}/{self._transfer}"
        return Job("down", url, "", str(self._relay.authority), {"Cookie": self._cookie})

    async def taken(self, done: Done) -> None:
        """It has arrived; the session is over, and the relay may forget it."""
        customer, representative = self._lines
        take = FileTake(id=secrets.token_hex(8), transfer=self._transfer, sha256=done.sha256)
        await representative.asked(take, Ack)
        await representative.asked(SessionEnd(id=secrets.token_hex(8)), Ack)
        await customer.close()
        await representative.close()


class Line:
    """A socket that is always read: one that answers no ping is closed by the relay."""

    def __init__(self, socket: Socket) -> None:
        self._socket = socket
        self._heard: asyncio.Queue[object] = asyncio.Queue()
        self._reading = asyncio.create_task(self._read())

    async def asked(self, request: Request, kind: type[T]) -> T:
        """Send `request` and wait for the next message of `kind`."""
        await self._socket.send_str(encode(request).decode())
        async with asyncio.timeout(PATIENCE_S):
            while True:
                event = await self._heard.get()
                if isinstance(event, kind):
                    return event

    async def close(self) -> None:
        """Close the socket, and read it no longer."""
        await self._socket.close()
        await self._reading

    async def _read(self) -> None:
        async for message in self._socket:
            self._heard.put_nowait(decode_event(message.data.encode()))
