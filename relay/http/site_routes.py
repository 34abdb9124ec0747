"""The routes of the site's administration: teams, portals, notices, waiting times."""

from relay.domain.permissions import Access, Permission
from relay.http.administration import Administration
from relay.http.admission import Admission, Route
from relay.http.canned import CannedPages
from relay.http.looks import Looks
from relay.http.notices import NoticePages
from relay.http.parts import Parts
from relay.http.portals import PortalPages
from relay.http.teams import TeamPages
from relay.http.waits import WaitPages

ANYWHERE, PAGE, ANYBODY = Admission.ANYWHERE, Admission.PAGE, Access.ANYBODY
TEAMS, PORTALS = Permission.TEAMS_MANAGE, Permission.PORTALS_MANAGE
NOTICES, WAITS = Permission.NOTICES_MANAGE, Permission.WAITS_VIEW
TEXTS, ACCEPT = Permission.TEXTS_MANAGE, Permission.SESSION_ACCEPT


def site_routes(parts: Parts) -> list[Route]:
    """All of them."""
    frame = Administration(parts)
    return [
        *_teams(frame, TeamPages(parts)),
        *_portals(frame, PortalPages(parts)),
        *_looks(Looks(parts)),
        *_notices(frame, NoticePages(parts)),
        *_canned(frame, CannedPages(parts)),
        Route("GET", "/admin/waiting", ANYWHERE, WAITS, frame.waiting),
        Route("GET", "/api/waits", ANYWHERE, WAITS, WaitPages(parts).state),
    ]


def _teams(frame: Administration, teams: TeamPages) -> list[Route]:
    team, issue = "/api/teams/{id}", "/api/issues/{id}"
    return [
        Route("GET", "/admin/teams", ANYWHERE, TEAMS, frame.teams),
        Route("GET", "/api/teams", ANYWHERE, TEAMS, teams.state),
        Route("POST", "/api/teams", PAGE, TEAMS, teams.add_team),
        Route("POST", team, PAGE, TEAMS, teams.change_team),
        Route("POST", f"{team}/delete", PAGE, TEAMS, teams.delete_team),
        Route("POST", "/api/issues", PAGE, TEAMS, teams.add_issue),
        Route("POST", issue, PAGE, TEAMS, teams.change_issue),
        Route("POST", f"{issue}/delete", PAGE, TEAMS, teams.delete_issue),
        Route("POST", "/api/issue-order", PAGE, TEAMS, teams.order_issues),
    ]


def _portals(frame: Administration, portals: PortalPages) -> list[Route]:
    portal = "/api/portals/{id}"
    return [
        Route("GET", "/admin/portals", ANYWHERE, PORTALS, frame.portals),
        Route("GET", "/api/portals", ANYWHERE, PORTALS, portals.state),
        Route("GET", "/api/accent", ANYWHERE, PORTALS, portals.accent),
        Route("POST", "/api/portals", PAGE, PORTALS, portals.add),
        Route("POST", portal, PAGE, PORTALS, portals.change),
        Route("POST", f"{portal}/delete", PAGE, PORTALS, portals.delete),
        Route("POST", f"{portal}/logo", PAGE, PORTALS, portals.put_logo),
        Route("POST", f"{portal}/logo/delete", PAGE, PORTALS, portals.remove_logo),
    ]


def _looks(looks: Looks) -> list[Route]:
    return [
        Route("GET", "/look/{id}.css", ANYWHERE, ANYBODY, looks.css),
        Route("GET", "/look/{id}/logo", ANYWHERE, ANYBODY, looks.logo),
    ]


def _notices(frame: Administration, notices: NoticePages) -> list[Route]:
    notice = "/api/notices/{id}"
    return [
        Route("GET", "/admin/notices", ANYWHERE, NOTICES, frame.notices),
        Route("GET", "/api/notices", ANYWHERE, NOTICES, notices.state),
        Route("POST", "/api/notices", PAGE, NOTICES, notices.add),
        Route("POST", notice, PAGE, NOTICES, notices.change),
        Route("POST", f"{notice}/send", PAGE, NOTICES, notices.send),
        Route("POST", f"{notice}/close", PAGE, NOTICES, notices.close),
        Route("GET", "/notice/{id}", ANYWHERE, ANYBODY, notices.public),
    ]


def _canned(frame: Administration, canned: CannedPages) -> list[Route]:
    own, shared = "/api/canned", "/api/shared-canned"
    return [
        Route("GET", "/canned", ANYWHERE, ACCEPT, frame.canned),
        Route("GET", own, ANYWHERE, ACCEPT, canned.usable),
        Route("POST", own, PAGE, ACCEPT, canned.add_own),
        Route("POST", f"{own}/{{id}}", PAGE, ACCEPT, canned.change_own),
        Route("POST", f"{own}/{{id}}/delete", PAGE, ACCEPT, canned.delete_own),
        Route("GET", "/admin/canned", ANYWHERE, TEXTS, frame.shared_canned),
        Route("GET", shared, ANYWHERE, TEXTS, canned.shared),
        Route("POST", shared, PAGE, TEXTS, canned.add_shared),
        Route("POST", f"{shared}/{{id}}", PAGE, TEXTS, canned.change_shared),
        Route("POST", f"{shared}/{{id}}/delete", PAGE, TEXTS, canned.delete_shared),
    ]
