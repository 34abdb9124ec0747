"""What requests and facts are made of: their bases and the ids in them."""

from typing import Annotated

import msgspec
from msgspec import Meta

from protocol import limits

ClientId = Annotated[str, Meta(pattern=rf"^[0-9A-Za-z_-]{{8,{limits.ID_CHARS}}}\Z")]
"""Made by the sender; a request repeated under the same id is carried out once."""

SessionId = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}\Z")]
Seq = Annotated[int, Meta(ge=0, le=2**53)]
SmallId = Annotated[str, Meta(pattern=r"^[0-9a-z]{1,40}\Z")]
"""An id that the relay made: of an invitation, a notice, a team."""


class Request(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    tag_field="t",
    rename="camel",
    forbid_unknown_fields=True,
):
    """Base of everything a peer may send."""


class Fact(msgspec.Struct, frozen=True, kw_only=True, tag_field="t", rename="camel"):
    """Base of all facts: `seq` in its topic, `at` in milliseconds since 1970 (UTC)."""

    seq: int
    at: int
