"""What administrators type about the site, checked; what the stores refuse, as callers hear it."""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from aiohttp import web

from protocol import catalogue, limits
from protocol.errors import ErrorCode
from relay.domain.texts import TextRule
from relay.domain.wording import Fault, Place, fault_of, plain_fault, tidied
from relay.http.answers import Refusal
from relay.storage.accounts import NameTaken
from relay.storage.canned import TooMany
from relay.storage.notices import Crowded
from relay.storage.portals import MainPortal
from relay.storage.row_version import Changed, Gone
from relay.storage.teams import TeamBusy, TornOrder


def new_id() -> str:
    """For something new."""
    return secrets.token_hex(8)


def id_of(request: web.Request) -> str:
    """The `{id}` of the path."""
    return request.match_info["id"]


def done() -> web.Response:
    """Carried out, nothing to say."""
    return web.Response(status=204)


def line_of(typed: str, field: str, most: int = limits.NAME_CHARS) -> str:
    """One line, as it is kept. Raises `Refusal` with its place, also when it is empty."""
    _check(plain_fault(typed, most), field)
    return tidied(typed)


def optional_line_of(typed: str, field: str, most: int = limits.NAME_CHARS) -> str:
    """As `line_of`, yet it may be empty."""
    return line_of(typed, field, most) if typed.strip() else ""


def names_of(typed: Mapping[str, str], field: str, most: int) -> dict[str, str]:
    """A line by language; those left empty are left out. Raises `Refusal` with the place."""
    kept = _by_language(typed, field)
    return {one: line_of(text, f"{field}.{one}", most) for one, text in kept.items()}


def texts_of(typed: Mapping[str, str], field: str, most: int) -> dict[str, str]:
    """As `names_of`, for texts of several lines in light markup."""
    kept = _by_language(typed, field)
    rule = TextRule(most, frozenset())
    for language, text in kept.items():
        # Macros mean nothing here, so a percent sign is a percent sign.
        _check(fault_of(text.replace("%", " "), rule), f"{field}.{language}")
    return {one: tidied(text) for one, text in kept.items()}


def worded(typed: Mapping[str, str], field: str, rule: TextRule) -> dict[str, str]:
    """As `texts_of`, for texts that may hold the macros of `rule`."""
    kept = _by_language(typed, field)
    for language, text in kept.items():
        _check(fault_of(text, rule), f"{field}.{language}")
    return {one: tidied(text) for one, text in kept.items()}


def _by_language(typed: Mapping[str, str], field: str) -> dict[str, str]:
    if not typed.keys() <= set(catalogue.LANGUAGES):
        raise Refusal(ErrorCode.BAD_INPUT, field=field)
    kept = {one: typed[one] for one in catalogue.LANGUAGES if tidied(typed.get(one, ""))}
    if not kept:
        _check(Place(Fault.EMPTY, 1, 1), f"{field}.{catalogue.LANGUAGES[0]}")
    return kept


def _check(place: Place | None, field: str) -> None:
    if place is not None:
        detail = f"{place.fault.value}:{place.line}:{place.column}:{place.what}"
        raise Refusal(ErrorCode.BAD_INPUT, field=field, detail=detail)


@contextmanager
def told(name_field: str = "name") -> Iterator[None]:
    """What a store refuses, as a `Refusal`; `name_field` is what has to be unique."""
    try:
        yield
    except Gone:
        raise Refusal(ErrorCode.NOT_FOUND) from None
    except (Changed, TornOrder):
        raise Refusal(ErrorCode.CONFLICT) from None
    except NameTaken:
        raise Refusal(ErrorCode.NAME_TAKEN, field=name_field) from None
    except TeamBusy as busy:
        raise Refusal(ErrorCode.NOT_NOW, detail=f"team_busy:{busy.waiting}") from None
    except MainPortal:
        raise Refusal(ErrorCode.NOT_NOW, detail="main_portal") from None
    except TooMany as many:
        raise Refusal(ErrorCode.NOT_NOW, detail=f"too_many:{many.most}") from None
    except Crowded as crowded:
        raise Refusal(ErrorCode.NOT_NOW, detail=f"crowded:{crowded.portal}") from None
