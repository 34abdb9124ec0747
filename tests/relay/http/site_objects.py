"""Teams, issues, portals and notices to be changed, made behind the pages' back."""

import secrets
from typing import NamedTuple

from relay.domain.accounts import Account
from relay.domain.canned import Canned
from relay.domain.content import Issue, Notice, Portal, Team
from relay.domain.permissions import UserRole
from relay.storage.canned import CannedStore, canned_version
from relay.storage.notices import NoticeStore, notice_version
from relay.storage.portals import PortalStore, portal_version
from relay.storage.teams import TeamStore, issue_version, team_version
from tests.relay.http.staffed import Staffed


class SiteObject(NamedTuple):
    """What a path names by `{id}`, and the version of it that a change has to name."""

    id: str
    version: str


async def site_object(staffed: Staffed, path: str, owner: Account | None = None) -> SiteObject:
    """A fresh one of the kind that `path` is about; what has an owner is `owner`'s, or else
    somebody's whom nobody asks as."""
    database, new = staffed.relay.database, secrets.token_hex(8)
    match path.split("/")[2]:
        case "teams":
            team = Team(new, new)
            await TeamStore(database).add_team(team)
            version = team_version(team)
        case "issues":
            issue = Issue(new, {"en": new})
            await TeamStore(database).add_issue(issue)
            version = issue_version(issue)
        case "portals":
            portal = Portal(new, new)
            await PortalStore(database).add(portal)
            version = portal_version(portal)
        case "notices":
            notice = Notice(new, new, {"en": new}, staffed.parts.clock.now_ms())
            owner = await staffed.person(UserRole.ADMINISTRATOR)
            await NoticeStore(database).add(notice, owner.id)
            version = notice_version(notice)
        case "canned":
            somebody = owner or await staffed.person()
            canned = Canned(new, new, {"en": new}, owner=somebody.id)
            await CannedStore(database).add(canned)
            version = canned_version(canned)
        case "shared-canned":
            canned = Canned(new, new, {"en": new})
            await CannedStore(database).add(canned)
            version = canned_version(canned)
        case other:
            raise ValueError(other)
    return SiteObject(new, version)


async def all_issues(staffed: Staffed) -> list[str]:
    """Their ids, in their order."""
    return [one.id for one in (await TeamStore(staffed.relay.database).read()).issues]
