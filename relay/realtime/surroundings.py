"""What the hub and its parts are given from outside."""

from collections.abc import Callable
from dataclasses import dataclass

from relay.clock import Clock
from relay.identity import Identity
from relay.metrics import Metrics
from relay.storage.database import Database
from relay.storage.keys import KeyStore


@dataclass(frozen=True, slots=True)
class Surroundings:
    """`origin` tells where people reach this relay, `grace_s` how long a lost customer is
    awaited, `batch` how many facts may share a commit.
    """

    database: Database
    clock: Clock
    keys: KeyStore
    identity: Identity
    metrics: Metrics
    origin: Callable[[], str]
    grace_s: float
    batch: int = 500
