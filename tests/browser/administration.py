"""An administrator in a browser of their own."""

from relay.app import Relay
from relay.domain.accounts import Account, UserRole
from tests.browser.window import Window, Windows
from tests.relay.site import PASSWORD


async def administrator(relay: Relay, name: str = "root", shown_name: str = "Root") -> Account:
    """A new account that may do everything."""
    parts = relay.parts
    hashed = await parts.passwords.hash(PASSWORD)
    now = parts.clock.now_ms()
    return await parts.accounts.create(name, shown_name, UserRole.ADMINISTRATOR, hashed, now)


async def open_page(relay: Relay, windows: Windows, path: str, name: str = "root") -> Window:
    """A page of the administration, in a window where `name` has signed in."""
    window = await windows.open()
    await window.page.goto(f"{relay.origin}/login")
    await window.field("login.name").fill(name)
    await window.field("login.password").fill(PASSWORD)
    await window.button("login.button").click()
    await window.page.wait_for_url(f"{relay.origin}/console")
    await window.page.goto(relay.origin + path)
    return window
