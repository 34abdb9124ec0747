"""A file's bytes through the relay, over real TLS: both ways, as they should be and as they should
not."""

import pytest

from protocol.file_facts import FileStored, FileTaken
from protocol.file_requests import FileTake
from protocol.signals import Ack, FileProgress
from tests.conftest import World
from tests.peers import client_id
from tests.relay.carrying import PIECE, bytes_of, ends_of, stored, sum_of

SIZES = [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 17]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("from_customer", [True, False])
async def test_a_file_arrives_as_it_was_sent(world: World, size: int, from_customer: bool) -> None:
    talk = await world.talk()
    customer, representative = ends_of(talk)
    sender, receiver = (customer, representative) if from_customer else (representative, customer)
    data = bytes_of(size)
    transfer = await stored(sender, receiver, data)
    assert (await receiver.fact(FileStored, transfer)).sha256 == sum_of(data)
    fetched = await receiver.fetch(transfer)
    assert (fetched.status, fetched.body == data) == (200, True)
    assert fetched.headers["Content-Length"] == str(size)
    take = FileTake(id=client_id(), transfer=transfer, sha256=sum_of(data))
    assert isinstance(await receiver.ask(take), Ack)
    assert (await sender.fact(FileTaken, transfer)).by == receiver.socket.participant
    told = [one for one in receiver.socket.heard if isinstance(one, FileProgress)]
    assert told[-1].done == size
