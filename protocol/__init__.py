"""What the client, the relay and the pages say to each other: pure values and tables, no I/O."""

from protocol.version import PROTOCOL, VERSION

__all__ = ["PROTOCOL", "VERSION"]
