"""The mark of the web: a second stream of the file, from which Windows and Office know that it came
from the internet ([MS-FSCC] 5.6.1)."""

from pathlib import Path

STREAM = ":Zone.Identifier"
WORDS = b"[ZoneTransfer]\r\nZoneId=3\r\n"
"""Zone 3 is the internet."""


class WindowsMarker:
    """Writes the stream."""

    def mark(self, path: Path) -> None:
        """It goes along when the file gets another name."""
        with open(f"{path}{STREAM}", "wb") as stream:  # noqa: PTH123 - pathlib may not take a stream
            stream.write(WORDS)
