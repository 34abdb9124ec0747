"""The site's switches between the bodies of calls and the values that the relay goes by."""

import msgspec

from protocol.errors import ErrorCode
from protocol.settings_api import SiteRules
from relay.domain.content import SiteSettings
from relay.domain.site_rules import fault_of
from relay.http.answers import Refusal

_FIELDS = {one.name: one.encode_name for one in msgspec.structs.fields(SiteRules)}


def rules_of(settings: SiteSettings) -> SiteRules:
    """As pages read them."""
    return SiteRules(**msgspec.structs.asdict(settings))


def settings_of(rules: SiteRules) -> SiteSettings:
    """As the relay reads them, unchecked: see `checked`."""
    return SiteSettings(**msgspec.structs.asdict(rules))


def checked(rules: SiteRules) -> SiteSettings:
    """As `settings_of`. Raises `Refusal` BAD_INPUT that names the setting, with a `detail` of
    `range:<least>:<most>` or what is wrong with an address."""
    settings = settings_of(rules)
    wrong = fault_of(settings)
    if wrong is not None:
        span = f":{wrong.least}:{wrong.most}" if wrong.why == "range" else ""
        raise Refusal(ErrorCode.BAD_INPUT, field=_FIELDS[wrong.field], detail=wrong.why + span)
    return settings


def torn(fields: list[str]) -> Refusal:
    """For settings that somebody else changed: it names the first."""
    return Refusal(ErrorCode.CONFLICT, field=_FIELDS[fields[0]])
