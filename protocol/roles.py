"""Who speaks, and through which door."""

from enum import StrEnum


class Role(StrEnum):
    """Whose act a message is. The relay itself acts only when a time-out runs out."""

    CUSTOMER = "customer"
    REPRESENTATIVE = "representative"
    RELAY = "relay"


class Door(StrEnum):
    """The kinds of WebSocket. Each has its own admission and its own list of requests."""

    CLIENT = "client"
    CHAT = "chat"
    SESSION = "session"
    DESK = "desk"


ROLE_OF_DOOR = {
    Door.CLIENT: Role.CUSTOMER,
    Door.CHAT: Role.CUSTOMER,
    Door.SESSION: Role.REPRESENTATIVE,
    Door.DESK: Role.REPRESENTATIVE,
}


class Way(StrEnum):
    """How customers take part: in the browser, in the program, or as they like."""

    CHAT = "chat"
    CLIENT = "client"
    CHOICE = "choice"


class Presence(StrEnum):
    """What a representative says about being free for the next customer."""

    AVAILABLE = "available"
    BUSY = "busy"
    AWAY = "away"
