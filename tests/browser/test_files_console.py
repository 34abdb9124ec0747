"""Files in the console: asked for, taken, sent; the customer speaks the protocol."""

import pytest
from playwright.async_api import FilePayload, expect

from protocol.file_facts import FileAsked, FileOver, FileTaken
from protocol.file_requests import FileCancel, FileDecline
from protocol.files import FileEnd
from tests.browser.filing import Filing, console_of
from tests.browser.loop import BROWSER, fixture
from tests.browser.window import Windows
from tests.conftest import World
from tests.peers import client_id
from tests.relay.carrying import PIECE, bytes_of, sum_of

pytestmark = BROWSER

DATA = bytes_of(2 * PIECE + 5)
EVIL = "\u202efdp.<img src=x onerror=alert(1)>\u2066.exe"


def file(name: str, data: bytes = b"hello") -> FilePayload:
    return {"name": name, "mimeType": "", "buffer": data}


@fixture
async def here(world: World, windows: Windows) -> Filing:
    return await console_of(world, windows)


@pytest.mark.parametrize("data", [b"", b"x", DATA])
async def test_what_the_customer_sends_is_taken_and_saved(here: Filing, data: bytes) -> None:
    transfer, name = await here.sends(data)
    assert name == "report.pdf"
    await expect(here.card("report.pdf")).to_contain_text(here.page.t("file.saved"))
    await expect(here.page.log).to_contain_text(sum_of(data)[:8])
    assert (await here.peer.fact(FileTaken, transfer)).by != here.peer.socket.participant
    await here.card("report.pdf").get_by_text("SHA-256").click()
    await expect(here.card("report.pdf").locator("code")).to_have_text(sum_of(data))


async def test_several_files_are_sent_and_arrive(here: Filing) -> None:
    send = here.page.page.locator(".entry").get_by_role("button", name=here.page.t("file.send"))
    await here.choose(send, file("a.txt"), file("empty", b""), file("big.bin", DATA))
    offers = [await here.offered() for _ in range(3)]
    assert [(one.name, one.size) for one in offers] == [
        ("a.txt", 5),
        ("empty", 0),
        ("big.bin", len(DATA)),
    ]
    for one in offers:
        await here.peer.accept(one.id)
    for one, data in zip(offers, (b"hello", b"", DATA), strict=True):
        await here.take(one.id, data)
        words = here.page.t("file.arrived", name="Grace")
        await expect(here.card(one.name)).to_contain_text(words)


async def test_a_file_is_asked_for_with_a_reason_and_saved_without_asking_again(
    here: Filing,
) -> None:
    await here.tab("file.title").click()
    await here.page.button("file.ask").click()
    await here.page.field("file.ask_reason").fill("The log of today")
    await here.page.page.keyboard.press("Enter")
    asked = await here.peer.socket.hear(FileAsked)
    assert asked.reason == "The log of today"
    async with here.page.page.expect_download() as download:
        await here.peer.offer("today.log", len(DATA), asked.id)
        await here.peer.put_all(asked.id, DATA)
        await here.peer.finish(asked.id, DATA)
    assert (await download.value).suggested_filename == "today.log"
    await expect(here.cards).to_have_count(1)
    await expect(here.card("today.log")).to_contain_text(here.page.t("file.saved"))


async def test_a_no_is_shown_and_the_question_waits(here: Filing) -> None:
    await here.tab("file.title").click()
    await here.page.button("file.ask").click()
    await here.page.page.keyboard.press("Enter")
    asked = await here.peer.socket.hear(FileAsked)
    await here.peer.ask(FileDecline(id=client_id(), transfer=asked.id))
    await expect(here.cards).to_contain_text(here.page.t("file.over_declined_ask", name="Grace"))
    ask = here.page.button("file.ask")
    await expect(ask).to_have_attribute("aria-disabled", "true")
    why = await ask.get_attribute("aria-description")
    assert why is not None
    assert why.startswith("Grace said no at ")


async def test_an_offer_is_declined(here: Filing) -> None:
    transfer = await here.peer.offer("report.pdf", 10)
    await expect(here.tab("file.title")).to_contain_text("1")
    await here.button("decline", "report.pdf").click()
    over = await here.peer.fact(FileOver, transfer)
    assert over.why is FileEnd.DECLINED
    await expect(here.card("report.pdf")).to_contain_text(here.page.t("file.over_declined_you"))
    await expect(here.card("report.pdf").get_by_role("button")).to_have_count(0)


async def test_what_the_site_does_not_accept_is_said_before_anything_is_sent(
    here: Filing,
) -> None:
    await here.world.configure(files_mb=1, files_blocked="*.exe")
    await here.page.page.reload()
    await here.tab("file.title").click()
    await expect(here.page.page.locator(".file-rules")).to_contain_text("*.exe")
    send = here.page.button("file.send").last
    await here.choose(send, file("setup.EXE"), file("big.bin", DATA), file("a.txt"))
    toast = here.page.page.locator(".toast")
    await expect(toast).to_contain_text(here.page.t("file.wrong_type", file="setup.EXE"))
    await expect(toast).to_contain_text("big.bin")
    assert (await here.offered()).name == "a.txt"
    await expect(here.cards).to_have_count(1)


async def test_what_is_switched_off_is_grey_and_says_so(here: Filing) -> None:
    await here.world.configure(files_to_customer=False)
    await here.page.page.reload()
    await here.tab("file.title").click()
    off = here.page.t("error.files_off")
    buttons = here.page.button("file.send")
    await expect(buttons.first).to_be_visible()
    for button in await buttons.all():
        await expect(button).to_have_attribute("aria-description", off)
    await expect(here.page.button("file.ask")).not_to_have_attribute("aria-disabled", "true")
    await here.drop(".session", "over", ("a.txt", "text/plain", "hello"))
    await expect(here.page.page.locator(".file-drop")).to_have_text(off)


async def test_files_are_dropped_and_pictures_pasted(here: Filing) -> None:
    await here.drop(".session", "over", ("a.txt", "text/plain", "hello"))
    await expect(here.page.words("file.drop")).to_be_visible()
    await here.drop(".session", "drop", ("a.txt", "text/plain", "hello"))
    await expect(here.page.words("file.drop")).to_have_count(0)
    assert await here.arrives(b"hello")
    await here.drop(".session .entry textarea", "paste", ("image.png", "image/png", "png"))
    pasted = await here.offered()
    assert pasted.name.startswith(here.page.t("file.pasted"))
    assert pasted.name.endswith(".png")


async def test_either_side_can_stop_it(here: Filing) -> None:
    for own in (True, False):
        name = f"{own}.bin"
        await here.choose(here.page.button("file.send").first, file(name))
        offered = await here.offered()
        if own:
            await here.button("cancel", name).click()
            key, by = "file.over_cancelled_you", ""
        else:
            await here.peer.ask(FileDecline(id=client_id(), transfer=offered.id))
            key, by = "file.over_declined", "Grace"
        words = here.page.t(key, name=by) if by else here.page.t(key)
        await expect(here.card(name)).to_contain_text(words)


async def test_what_goes_wrong_at_the_customers_is_said(here: Filing) -> None:
    await here.choose(here.page.button("file.send").first, file("a.txt"))
    offered = await here.offered()
    await here.peer.accept(offered.id)
    await here.whole(offered.id)
    no_room = FileCancel(id=client_id(), transfer=offered.id, why=FileEnd.NO_ROOM)
    await here.peer.ask(no_room)
    await expect(here.card("a.txt")).to_contain_text(here.page.t("file.over_no_room", name="Grace"))


async def test_progress_of_the_other_side_is_seen(here: Filing) -> None:
    data = bytes_of(4 * PIECE)
    transfer = await here.peer.offer("slow.bin", len(data))
    await here.button("accept", "slow.bin").click()
    bar = here.card("slow.bin").get_by_role("progressbar")
    await expect(bar).to_have_attribute("value", "0")
    await here.peer.put(transfer, 0, data[:PIECE])
    await expect(bar).to_have_attribute("value", "25")
    await expect(here.card("slow.bin")).to_contain_text("25 %")
    await here.button("cancel", "slow.bin").click()
    assert (await here.peer.fact(FileOver, transfer)).why is FileEnd.CANCELLED


async def test_no_name_is_more_than_text(here: Filing) -> None:
    await here.peer.offer(EVIL, 3)
    shown = "fdp.<img src=x onerror=alert(1)>.exe"
    await expect(here.card(shown)).to_be_visible()
    assert await here.page.page.locator("img[src=x]").count() == 0
    assert "\u202e" not in await here.page.log.inner_text()


async def test_all_of_it_goes_by_keyboard(here: Filing) -> None:
    keyboard = here.page.page.keyboard
    await here.peer.offer("report.pdf", 3)
    await expect(here.card("report.pdf")).to_be_visible()
    await here.page.page.locator(".session-head h2").click()
    await keyboard.press("d")
    await expect(here.page.button("file.ask")).to_be_focused()
    await here.button("decline", "report.pdf").focus()
    await keyboard.press("Tab")
    await expect(here.button("accept", "report.pdf")).to_be_focused()
    await keyboard.press("Enter")
    await expect(here.card("report.pdf")).to_be_focused()
    await expect(here.button("cancel", "report.pdf")).to_be_visible()
    await keyboard.press("Tab")
    await expect(here.button("cancel", "report.pdf")).to_be_focused()
