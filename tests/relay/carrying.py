"""Both ends of a file as tests move it: requests on the sockets, bytes over HTTPS."""

import asyncio
import hashlib
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from protocol import limits
from protocol.api import Problem
from protocol.errors import ErrorCode
from protocol.file_facts import FileAccepted, FileFact, FileOffered
from protocol.file_requests import FileAccept, FileOffer
from protocol.files import FileStanding, FileSum
from protocol.signals import Ack, Refused
from tests.conftest import Talk, World
from tests.peers import Customer, Representative, Socket, Visitor, carried_out, client_id

PIECE = limits.FILE_PIECE_BYTES


def bytes_of(size: int, seed: int = 1) -> bytes:
    """`size` bytes of which no piece is like another."""
    pieces = (hashlib.sha256(f"{seed}/{at}".encode()).digest() for at in range(-(-size // 4096)))
    return b"".join(one * 128 for one in pieces)[:size]


def sum_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


class Told(NamedTuple):
    """An HTTP answer."""

    status: int
    body: bytes
    headers: Any

    @property
    def standing(self) -> FileStanding:
        assert self.status == 200, self
        return msgspec.json.decode(self.body, type=FileStanding)

    @property
    def problem(self) -> Problem:
        return msgspec.json.decode(self.body, type=Problem)


def refused(told: Told) -> tuple[int, ErrorCode, str]:
    """What an answer refuses: status, code, detail."""
    return told.status, told.problem.code, told.problem.detail


@dataclass(frozen=True)
class End:
    """One end of the files of a session: the program by its token, a page by its cookie."""

    person: Customer | Representative | Visitor
    socket: Socket
    session: str

    @property
    def headers(self) -> dict[str, str]:
        if isinstance(self.person, Customer):
            return {"Authorization": f"Bearer {self.person.joined.token}"}
        return {"Origin": self.person.origin}

    async def call(
        self, method: str, path: str, data: Any = None, headers: dict[str, str] | None = None
    ) -> Told:
        """One request; `path` comes after the origin."""
        sent = self.headers | (headers or {})
        async with self.person.http.request(
            method, self.person.origin + path, data=data, headers=sent
        ) as answer:
            return Told(answer.status, await answer.read(), answer.headers.copy())

    async def ask(self, request: Any) -> Ack | Refused:
        """Ask for something on the socket, and wait for the answer."""
        return await carried_out(self.socket, request)

    async def offer(self, name: str, size: int, transfer: str = "") -> str:
        """Offer a file; the transfer's id."""
        transfer = transfer or client_id()
        wish = FileOffer(id=client_id(), transfer=transfer, name=name, size=size)
        answer = await self.ask(wish)
        assert isinstance(answer, Ack), answer
        return transfer

    async def accept(self, transfer: str) -> None:
        answer = await self.ask(FileAccept(id=client_id(), transfer=transfer))
        assert isinstance(answer, Ack), answer

    async def standing(self, transfer: str) -> Told:
        return await self.call("GET", self.at(transfer))

    async def put(self, transfer: str, piece: int, data: Any) -> Told:
        body = io.BytesIO(data) if isinstance(data, bytes) else data
        return await self.call("PUT", f"{self.at(transfer)}/{piece}", body)

    async def put_all(self, transfer: str, data: bytes, first: int = 0) -> None:
        """Every piece of `data` from `first` on."""
        for piece in range(first, -(-len(data) // PIECE)):
            told = await self.put(transfer, piece, data[piece * PIECE : (piece + 1) * PIECE])
            assert told.standing.pieces == piece + 1

    async def finish(self, transfer: str, data: bytes) -> Told:
        return await self.finish_with(transfer, sum_of(data))

    async def finish_with(self, transfer: str, sha256: str) -> Told:
        body = msgspec.json.encode(FileSum(sha256=sha256))
        headers = {"Content-Type": "application/json"}
        return await self.call("POST", self.at(transfer), body, headers)

    async def fetch(self, transfer: str, **headers: str) -> Told:
        return await self.call("GET", f"/files/{self.session}/{transfer}", headers=headers)

    def at(self, transfer: str) -> str:
        return f"/api/files/{self.session}/{transfer}"

    async def fact(self, kind: type[Any], transfer: str) -> Any:
        """The next fact of that kind about the transfer."""
        while True:
            fact: FileFact = await self.socket.hear(kind)
            if fact.id == transfer:
                return fact


class Ends(NamedTuple):
    customer: End
    representative: End


def ends_of(talk: Talk) -> Ends:
    """Both ends of an accepted session."""
    return Ends(
        End(talk.customer, talk.mine, talk.session),
        End(talk.representative, talk.theirs, talk.session),
    )


async def visitors_end(world: World) -> Ends:
    """As `ends_of`, the customer in the web chat."""
    ada = await world.representative("ada")
    desk = await ada.desk()
    visitor = await world.visitor()
    await visitor.enter((await ada.make_key(desk)).key)
    socket, welcome = await visitor.connect()
    assert welcome.snapshot is not None
    session = welcome.snapshot.session
    await ada.accept(desk, session)
    theirs, _ = await ada.session(session)
    return Ends(End(visitor, socket, session), End(ada, theirs, session))


async def agreed(sender: End, receiver: End, data: bytes, name: str = "report.pdf") -> str:
    """A file that was offered and accepted; the transfer's id."""
    transfer = await sender.offer(name, len(data))
    await receiver.fact(FileOffered, transfer)
    await receiver.accept(transfer)
    await sender.fact(FileAccepted, transfer)
    return transfer


async def stored(sender: End, receiver: End, data: bytes, name: str = "report.pdf") -> str:
    """A file that waits to be fetched; the transfer's id."""
    transfer = await agreed(sender, receiver, data, name)
    await sender.put_all(transfer, data)
    told = await sender.finish(transfer, data)
    assert told.status == 204, told
    return transfer


def blobs(world: World) -> list[Path]:
    """The pieces on the disk."""
    folder = world.relay.config.data_folder / "blobs"
    return [one for one in folder.rglob("*") if one.is_file()]


async def gone(world: World) -> None:
    """Wait until nothing is on the disk any longer."""
    async with asyncio.timeout(10):
        while await asyncio.to_thread(blobs, world):
            pass
