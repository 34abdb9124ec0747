"""What the handlers are given."""

from dataclasses import dataclass

from relay.clock import Clock
from relay.config import RelayConfig
from relay.follow_up import FollowUp
from relay.http.caller import Callers
from relay.http.pages import Pages
from relay.http.static import StaticFiles
from relay.identity import Identity
from relay.metrics import Metrics
from relay.passwords import Passwords
from relay.realtime.hub import Hub
from relay.realtime.tickets import Tickets
from relay.sealing import Seal
from relay.storage.accounts import AccountStore
from relay.storage.blobs import BlobStore
from relay.storage.database import Database
from relay.storage.keys import KeyStore
from relay.storage.people import PeopleStore
from relay.storage.programs import ProgramStore
from relay.storage.second_factors import SecondFactorStore


@dataclass(frozen=True, slots=True)
class Parts:
    """`config` is the one `at_port`: its `public_url` is the origin of all pages."""

    config: RelayConfig
    clock: Clock
    database: Database
    accounts: AccountStore
    people: PeopleStore
    second_factors: SecondFactorStore
    seal: Seal
    keys: KeyStore
    passwords: Passwords
    identity: Identity
    metrics: Metrics
    blobs: BlobStore
    programs: ProgramStore
    hub: Hub
    follow_up: FollowUp
    tickets: Tickets
    callers: Callers
    pages: Pages
    static: StaticFiles
