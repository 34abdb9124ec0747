"""What the hub and its parts are given from outside."""

from collections.abc import Callable
from dataclasses import dataclass

from relay.clock import Clock
from relay.identity import Identity
from relay.metrics import Metrics
from relay.realtime.depot import Quota
from relay.scanner import Scanner
from relay.storage.blobs import BlobStore
from relay.storage.database import Database
from relay.storage.keys import KeyStore


@dataclass(frozen=True, slots=True)
class Surroundings:
    """`origin` tells where people reach this relay, `organisation` what they call it, `mail`
    whether it can write to them. `grace_s` is how long a lost customer is awaited, `tick_s` how
    often the relay looks what is due, `blobs` keeps files within their `quota`, `scanner` looks at
    them, `batch` how many facts may share a commit, `trial_pace` how
    many times faster than in life a trial goes.
    """

    database: Database
    clock: Clock
    keys: KeyStore
    identity: Identity
    metrics: Metrics
    origin: Callable[[], str]
    organisation: str
    grace_s: float
    blobs: BlobStore
    quota: Quota
    scanner: Scanner | None = None
    mail: bool = False
    tick_s: float = 1.0
    trial_pace: float = 1.0
    batch: int = 500
