"""What the macros stand for where nobody waits: in previews of the administration. Pure."""

from protocol.catalogue import Catalogue
from relay.domain.estimate import Range
from relay.domain.filling import waiting
from relay.domain.macros import Macro

_WAIT = Range(180, 540)


def examples(site: str, texts: Catalogue) -> dict[Macro, str]:
    """A value for every macro, in the language of `texts`; `site` is what customers call the
    organisation."""
    return {
        **waiting(2, _WAIT, texts),
        Macro.REP: "Ada Lovelace",
        Macro.SITE: site,
        Macro.ISSUE: texts("admin.customer_example_issue"),
        Macro.KEY: "1234-5671",
        Macro.CUSTOMER: "Grace Hopper",
    }
