"""What is counted, for Prometheus: numbers, labelled by kind, never by person or session."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from relay.domain.channel import Drop

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

_BATCH_BUCKETS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
_COMMIT_BUCKETS = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1.0, 5.0)


class Metrics:
    """The counters of one relay, in a registry of their own."""

    def __init__(self) -> None:
        registry = CollectorRegistry()
        self._registry = registry
        self.sessions = Gauge(
            "bridge_sessions", "Sessions not yet ended, by state", ["state"], registry=registry
        )
        self.sockets = Gauge("bridge_sockets", "Open sockets, by door", ["door"], registry=registry)
        self.facts = Counter("bridge_facts", "Facts stored, by topic", ["topic"], registry=registry)
        self.batch = Histogram(
            "bridge_commit_batch",
            "Facts stored by one commit",
            buckets=_BATCH_BUCKETS,
            registry=registry,
        )
        self.commit_seconds = Histogram(
            "bridge_commit_seconds",
            "Time one commit took",
            buckets=_COMMIT_BUCKETS,
            registry=registry,
        )
        self.refused = Counter(
            "bridge_refused", "Requests refused, by code", ["code"], registry=registry
        )
        self.closed = Counter(
            "bridge_closed", "Sockets closed by the relay, by code", ["code"], registry=registry
        )
        self.answers = Counter(
            "bridge_http_answers", "HTTP answers, by status", ["status"], registry=registry
        )

        self.channel_bytes = Counter(
            "bridge_channel_bytes", "Bytes of the channel passed on", registry=registry
        )
        dropped = Counter(
            "bridge_channel_dropped",
            "Messages of the channel that went nowhere, by reason",
            ["reason"],
            registry=registry,
        )
        self.channel_dropped = {one: dropped.labels(reason=one.value) for one in Drop}

    def exposition(self) -> bytes:
        """All values in the text format that Prometheus reads (`CONTENT_TYPE`)."""
        return generate_latest(self._registry)
