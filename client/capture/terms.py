"""What the link bears."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Terms:
    """Bytes of the next frame and bytes a second (None: any, unknown), the stream's level for
    movement, and whether bytes are dearer than time."""

    most: int | None
    rate: float | None
    level: int
    slow: bool
