"""Forms that a browser posts by itself, as portals use them: they need no script."""

from collections.abc import Mapping
from urllib.parse import parse_qs

from aiohttp import web

from protocol.errors import ErrorCode
from relay.http.answers import Refusal, read

_FORM = "application/x-www-form-urlencoded"
_MOST_FIELDS = 8


async def read_form(request: web.Request) -> Mapping[str, str]:
    """The fields by name; of repeated ones the first. Raises `Refusal` BAD_INPUT, TOO_LARGE."""
    if request.content_type != _FORM:
        raise Refusal(ErrorCode.BAD_INPUT, field="Content-Type")
    body = await read(request)
    try:
        fields = parse_qs(body.decode("ascii"), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise Refusal(ErrorCode.BAD_INPUT) from None
    return {name: values[0] for name, values in fields.items()}
