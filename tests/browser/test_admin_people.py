"""People and roles in the administration, as an administrator meets them."""

import re

import pytest
from playwright.async_api import Locator, expect

from relay.app import Relay
from relay.domain.accounts import Account, UserRole
from relay.domain.permissions import Permission
from tests.browser.loop import BROWSER, fixture
from tests.browser.window import Window, Windows
from tests.relay.site import PASSWORD, representative

pytestmark = BROWSER


@fixture
async def root(relay: Relay) -> Account:
    parts = relay.parts
    hashed = await parts.passwords.hash(PASSWORD)
    role, now = UserRole.ADMINISTRATOR, parts.clock.now_ms()
    return await parts.accounts.create("root", "Root", role, hashed, now)


@fixture
async def admin(relay: Relay, windows: Windows, root: Account) -> Window:
    """The administration, reached from the console."""
    window = await windows.open()
    await window.sign_in(relay, "root")
    await window.page.get_by_role("link", name=window.t("admin.title")).click()
    await expect(window.page).to_have_url(f"{relay.origin}/admin/people")
    return window


def row(window: Window, name: str) -> Locator:
    """The row of the person with this shown name."""
    cell = window.page.get_by_text(name, exact=True)
    return window.page.locator(".people tbody tr", has=cell)


async def test_a_person_is_added_and_comes_in_by_the_link(
    relay: Relay, windows: Windows, admin: Window
) -> None:
    admin.pardon("409")
    await expect(admin.words("admin.people_alone")).to_be_visible()
    await admin.button("admin.people_add").click()
    await admin.field("admin.person_shown").fill("Grace Hopper")
    await admin.field("admin.person_name").fill("root")
    await admin.button("admin.person_create").click()
    await expect(admin.words("error.name_taken")).to_be_visible()
    await expect(admin.field("admin.person_name")).to_be_focused()
    await admin.field("admin.person_name").fill("Grace")
    await admin.button("admin.person_create").click()
    link = await admin.field("admin.link_label").input_value()
    await admin.page.keyboard.press("Escape")
    await expect(admin.words("admin.people_alone")).to_have_count(0)
    await expect(row(admin, "Grace Hopper")).to_contain_text(admin.t("admin.person_never"))
    grace = await windows.open()
    await grace.page.goto(link, wait_until="networkidle")
    await grace.button("sign_in.button").click()
    await expect(grace.page).to_have_url(f"{relay.origin}/console")
    assert await grace.page.get_by_role("link", name=grace.t("admin.title")).count() == 0
    await admin.page.reload()
    await expect(row(admin, "Grace Hopper")).to_contain_text(admin.t("time.just_now"))
    assert link.partition("#")[2] not in await admin.page.content()


async def test_somebody_disabled_is_out_at_once_and_may_come_back(
    relay: Relay, windows: Windows, admin: Window
) -> None:
    await representative(relay)
    ada = await windows.open()
    ada.pardon("401")
    await ada.sign_in(relay, "ada")
    await admin.page.reload()
    await admin.button("admin.person_edit_name", name="Ada").click()
    await admin.button("admin.person_disable").click()
    await admin.page.get_by_role("dialog").last.locator("button.danger").click()
    await expect(row(admin, "Ada")).to_contain_text(admin.t("admin.person_disabled"))
    await expect(ada.page.locator(".band a")).to_be_visible()
    await ada.page.goto(f"{relay.origin}/console")
    await expect(ada.page).to_have_url(f"{relay.origin}/login")
    await admin.button("admin.person_edit_name", name="Ada").click()
    await admin.button("admin.person_enable").click()
    await expect(row(admin, "Ada")).to_contain_text(admin.t("admin.person_active"))
    await ada.sign_in(relay, "ada")


async def test_the_last_administrator_cannot_be_changed_away(admin: Window) -> None:
    admin.pardon("409")
    await admin.button("admin.person_edit_name", name="Root").click()
    await admin.field("admin.person_role").select_option("representative")
    await admin.button("admin.person_save").click()
    await expect(admin.words("admin.wrong.last_administrator")).to_be_visible()
    await admin.field("admin.person_role").select_option("administrator")
    await admin.field("admin.person_shown").fill("Rosalind")
    await admin.button("admin.person_save").click()
    await expect(row(admin, "Rosalind")).to_be_visible()
    await expect(admin.words("admin.person_saved")).to_be_visible()


async def test_a_role_is_made_given_and_deleted_when_nobody_has_it(
    relay: Relay, admin: Window
) -> None:
    await representative(relay)
    await admin.page.get_by_role("link", name=admin.t("admin.roles")).click()
    await admin.button("admin.role_add").click()
    await admin.field("admin.role_name").fill("Trainee")
    await admin.page.get_by_label(admin.t("permission.session.accept")).check()
    await admin.button("admin.person_save").click()
    remove = admin.button("admin.role_delete_name", name="Trainee")
    await expect(remove).to_be_visible()
    await admin.page.goto(f"{relay.origin}/admin/people")
    await admin.button("admin.person_edit_name", name="Ada").click()
    await admin.field("admin.person_role").select_option(label="Trainee")
    await admin.button("admin.person_save").click()
    await expect(row(admin, "Ada")).to_contain_text("Trainee")
    await admin.page.goto(f"{relay.origin}/admin/roles")
    await expect(remove).to_have_attribute("title", admin.t("admin.role_in_use"))
    (role,) = [one for one in await relay.parts.people.roles() if not one.is_built_in]
    assert role.permissions == {Permission.SESSION_ACCEPT}
    ada = next(one for one in await relay.parts.people.everybody() if one.account.name == "ada")
    await relay.parts.people.change(
        frozenset(Permission), ada.account.id, "ada", "Ada", UserRole.REPRESENTATIVE
    )
    await admin.page.reload()
    await remove.click()
    await admin.page.get_by_role("dialog").locator("button.danger").click()
    await expect(remove).to_have_count(0)


async def test_one_gives_only_what_one_holds(relay: Relay, windows: Windows, root: Account) -> None:
    people, now = relay.parts.people, relay.parts.clock.now_ms()
    held = frozenset({Permission.PEOPLE_MANAGE, Permission.ROLES_MANAGE})
    role = await people.make_role(root.permissions, "Lead", held)
    lead = await people.add(root.permissions, "lead", "Lead", role.id, now)
    await relay.parts.accounts.change_password(
        lead.id, None, await relay.parts.passwords.hash(PASSWORD), ""
    )
    window = await windows.open()
    await window.page.goto(f"{relay.origin}/login")
    await window.field("login.name").fill("lead")
    await window.field("login.password").fill(PASSWORD)
    await window.button("login.button").click()
    await expect(window.page).to_have_url(f"{relay.origin}/admin/people")
    await window.button("admin.person_edit_name", name="Root").click()
    await expect(window.field("admin.person_shown")).to_be_disabled()
    await expect(window.button("admin.person_disable")).to_have_attribute("aria-disabled", "true")
    await window.page.goto(f"{relay.origin}/admin/roles")
    await window.button("admin.role_add").click()
    key = window.page.get_by_label(re.compile(re.escape(window.t("permission.key.make"))))
    await expect(key).to_be_disabled()


@pytest.mark.parametrize("path", ["/admin/people", "/admin/roles", "/account"])
async def test_narrow_pages_do_not_scroll_sideways(relay: Relay, admin: Window, path: str) -> None:
    await relay.parts.people.add(
        frozenset(Permission), "x" * 64, "W" * 80, UserRole.REPRESENTATIVE, 0
    )
    await relay.parts.people.make_role(frozenset(Permission), "M" * 80, frozenset(Permission))
    await admin.page.set_viewport_size({"width": 360, "height": 700})
    await admin.page.goto(f"{relay.origin}{path}", wait_until="networkidle")
    assert await admin.page.evaluate("() => document.documentElement.scrollWidth") == 360
