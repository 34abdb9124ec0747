"""What a site decides where nothing more exact is said: ways of taking part, languages, portals."""

from itertools import product

import msgspec
import pytest

from protocol import catalogue
from protocol.roles import Way
from relay.domain.content import (
    MAIN_PORTAL,
    Portal,
    SiteSettings,
    Team,
    in_language,
)
from tests.relay.domain import cast

WAYS: list[Way | None] = [None, *Way]


@pytest.mark.parametrize("site", Way)
@pytest.mark.parametrize("portal", WAYS)
@pytest.mark.parametrize("team", WAYS)
def test_the_teams_way_goes_before_the_portals_and_that_before_the_sites(
    team: Way | None, portal: Way | None, site: Way
) -> None:
    teams = {"t1": Team("t1", "Billing", way=team)}
    content = cast.content(settings=SiteSettings(way=site), teams=teams)
    here = Portal("p1", way=portal)
    assert content.way_of("t1", here) is (team or portal or site)
    assert content.way_of("t1") is (team or site)
    for nobodys in (None, "", "removed"):
        assert content.way_of(nobodys, here) is (portal or site)
        assert content.way_of(nobodys) is site


def test_an_unknown_portal_is_the_main_one() -> None:
    own, main = Portal("p1", "shop"), Portal(MAIN_PORTAL, name="Acme")
    content = cast.content(portals={"p1": own, MAIN_PORTAL: main})
    assert content.portal("p1") == own
    assert content.portal("") == content.portal("removed") == main
    assert cast.content().portal("p1") == Portal(MAIN_PORTAL)


@pytest.mark.parametrize("language", [*catalogue.LANGUAGES, "fr"])
def test_a_text_comes_in_the_language_asked_for_or_the_first_that_has_one(language: str) -> None:
    for given in product((None, "", "text"), repeat=len(catalogue.LANGUAGES)):
        said = dict(zip(catalogue.LANGUAGES, given, strict=True))
        texts = {one: text and f"{text} {one}" for one, text in said.items() if text is not None}
        wanted = [one for one in (language, *catalogue.LANGUAGES) if texts.get(one)]
        assert in_language(texts, language) == (texts[wanted[0]] if wanted else "")


@pytest.mark.parametrize(
    "field", ["agreementLimitS", "recordingLimitS", "orphanedAfterS", "lostAfterS"]
)
def test_times_are_between_ten_seconds_and_an_hour(field: str) -> None:
    for good in (10, 3600):
        msgspec.convert({field: good}, SiteSettings)
    for bad in (9, 3601, -1, 1.5):
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert({field: bad}, SiteSettings)
