"""Files in the web chat: offered, taken, given when asked; its other side speaks the protocol."""

from playwright.async_api import FilePayload, Route, expect

from protocol.file_facts import FileOver, FileTaken
from protocol.file_requests import FileAsk, FileDecline
from protocol.files import FileEnd
from protocol.requests import SessionEnd
from tests.browser.filing import Filing, chat_of
from tests.browser.loop import BROWSER, fixture
from tests.browser.test_weight import script_bytes
from tests.browser.window import Windows
from tests.conftest import World
from tests.peers import client_id
from tests.relay.carrying import PIECE, bytes_of, sum_of

pytestmark = BROWSER

DATA = bytes_of(2 * PIECE + 5)
MOST_BYTES_OF_FILES = 40_000


def file(name: str, data: bytes = b"hello") -> FilePayload:
    return {"name": name, "mimeType": "", "buffer": data}


@fixture
async def here(world: World, windows: Windows) -> Filing:
    return await chat_of(world, windows)


async def ask(here: Filing, reason: str = "The log, please") -> str:
    """The representative asks; the question's id."""
    question = client_id()
    await here.peer.ask(FileAsk(id=question, reason=reason))
    return question


async def test_files_are_offered_and_arrive(here: Filing) -> None:
    await here.choose(here.page.button("file.send"), file("a.txt"), file("big.bin", DATA))
    offers = [await here.offered() for _ in range(2)]
    await expect(here.card("a.txt")).to_contain_text(here.page.t("file.waits"))
    for one, data in zip(offers, (b"hello", DATA), strict=True):
        await here.peer.accept(one.id)
        await here.take(one.id, data)
        words = here.page.t("file.arrived", name="Ada")
        await expect(here.card(one.name)).to_contain_text(words)
        await expect(here.page.log).to_contain_text(sum_of(data)[-8:])


async def test_the_first_file_may_be_dropped_or_pasted(here: Filing) -> None:
    await here.drop("#chat textarea", "paste", ("image.png", "image/png", "png"))
    assert (await here.offered()).name.startswith(here.page.t("file.pasted"))
    await here.drop("#chat", "drop", ("a.txt", "text/plain", "hello"))
    assert await here.arrives(b"hello")


async def test_what_the_representative_sends_is_taken_and_saved(here: Filing) -> None:
    transfer, name = await here.sends(DATA)
    assert name == "report.pdf"
    await expect(here.card("report.pdf")).to_contain_text(here.page.t("file.saved"))
    again = here.button("resave", "report.pdf")
    async with here.page.page.expect_download() as download:
        await again.click()
    assert (await download.value).suggested_filename == "report.pdf"
    assert (await here.peer.fact(FileTaken, transfer)).by != here.peer.socket.participant


async def test_what_is_not_wanted_is_declined(here: Filing) -> None:
    transfer = await here.peer.offer("report.pdf", 10)
    await here.button("decline", "report.pdf").click()
    assert (await here.peer.fact(FileOver, transfer)).why is FileEnd.DECLINED
    await expect(here.card("report.pdf")).to_contain_text(here.page.t("file.over_declined_you"))


async def test_a_question_is_answered_with_a_file_or_with_none(here: Filing) -> None:
    question = await ask(here)
    await expect(here.cards).to_contain_text("The log, please")
    await here.choose(here.page.button("file.choose"), file("today.log", DATA))
    await here.take(question, DATA)
    await expect(here.card("today.log")).to_contain_text(here.page.t("file.arrived", name="Ada"))
    other = await ask(here, "")
    await here.page.button("file.refuse").click()
    assert (await here.peer.fact(FileOver, other)).why is FileEnd.DECLINED
    words = here.page.t("file.over_declined_ask_you")
    await expect(here.cards.last).to_contain_text(words)


async def test_a_reload_keeps_what_is_open(here: Filing) -> None:
    transfer = await here.peer.offer("report.pdf", len(DATA))
    await expect(here.card("report.pdf")).to_be_visible()
    await here.page.page.reload()
    await here.button("accept", "report.pdf").click()
    await here.peer.put_all(transfer, DATA)
    await here.page.page.reload()
    await here.peer.finish(transfer, DATA)
    # This page has not been told that it is wanted, and saves nothing by itself.
    async with here.page.page.expect_download() as download:
        await here.button("fetch", "report.pdf").click()
    assert (await download.value).suggested_filename == "report.pdf"
    await expect(here.card("report.pdf")).to_contain_text(here.page.t("file.saved"))


async def test_a_sender_that_was_loaded_again_goes_on_with_the_same_file(here: Filing) -> None:
    await here.choose(here.page.button("file.send"), file("big.bin", DATA))
    offered = await here.offered()
    await here.page.page.reload()
    await here.peer.accept(offered.id)
    await expect(here.card("big.bin")).to_contain_text(here.page.t("file.choose_again"))
    await here.choose(here.button("again", "big.bin"), file("big.bin", b"another"))
    await expect(here.page.words("file.another")).to_be_visible()
    await here.choose(here.button("again", "big.bin"), file("big.bin", DATA))
    await here.take(offered.id, DATA)


async def test_what_is_damaged_on_its_way_is_thrown_away(here: Filing) -> None:
    here.page.pardon("409")
    await here.choose(here.page.button("file.send"), file("big.bin", DATA))
    offered = await here.offered()

    async def swap(route: Route) -> None:
        await route.continue_(post_data=bytes(PIECE))

    await here.page.page.route("**/api/files/*/*/1", swap)
    await here.peer.accept(offered.id)
    assert (await here.peer.fact(FileOver, offered.id)).why is FileEnd.DAMAGED
    await expect(here.card("big.bin")).to_contain_text(here.page.t("file.over_damaged"))
    await expect(here.card("big.bin").get_by_role("button")).to_have_count(0)


async def test_what_the_site_does_not_accept_is_said(here: Filing) -> None:
    await here.world.configure(files_mb=1, files_blocked="*.exe")
    await here.page.page.reload()
    await here.choose(here.page.button("file.send"), file("setup.exe"), file("big.bin", DATA))
    said = here.page.page.locator(".chat-said:visible")
    await expect(said).to_contain_text(here.page.t("file.wrong_type", file="setup.exe"))
    await expect(said).to_contain_text("big.bin")
    await expect(here.cards).to_have_count(0)
    await here.world.configure(files_from_customer=False)
    await here.page.page.reload()
    off = here.page.t("error.files_off")
    await expect(here.page.button("file.send")).to_have_attribute("aria-description", off)


async def test_files_end_with_the_session(here: Filing) -> None:
    await here.peer.offer("report.pdf", 10)
    await expect(here.button("accept", "report.pdf")).to_be_visible()
    await here.peer.ask(SessionEnd(id=client_id()))
    await expect(here.card("report.pdf")).to_contain_text(here.page.t("file.over_gone"))
    await expect(here.card("report.pdf").get_by_role("button")).to_have_count(0)


async def test_nothing_of_it_is_loaded_before_there_is_a_file(here: Filing) -> None:
    before = await script_bytes(here.page.page)
    assert not [url for url in here.page.requests if "/chat/files/" in url]
    transfer = await here.peer.offer("report.pdf", 10)
    await here.button("accept", "report.pdf").wait_for()
    assert 0 < await script_bytes(here.page.page) - before <= MOST_BYTES_OF_FILES
    await here.peer.ask(FileDecline(id=client_id(), transfer=transfer))
