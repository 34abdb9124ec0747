"""What happens around a nudge."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rang:
    """The window called the customer because of `nudge`; `id` is a fresh client id."""

    nudge: str
    id: str


@dataclass(frozen=True, slots=True)
class Used:
    """The customer used the window after it called; `id` is a fresh client id."""

    id: str


@dataclass(frozen=True, slots=True)
class PhotoCame:
    """The picture with that SHA-256; `content` is what was served, checked by its sum."""

    sha256: str
    content: bytes


@dataclass(frozen=True, slots=True)
class LogoCame:
    """The picture for the watermark is there."""

    content: bytes


WorkingInput = Rang | Used | PhotoCame | LogoCame
