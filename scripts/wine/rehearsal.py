"""What the Windows program has to do, from the page it is downloaded on to nothing being left."""

import contextlib
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Locator, expect

from scripts.display import virtual_display
from scripts.processes import started
from scripts.stage import showing
from scripts.stage.browser import WORDS, Window, chromium
from scripts.stage.relay import (
    REPRESENTATIVE,
    SHOWN_NAME,
    ensure_representative,
    free_port,
    running_relay,
)
from scripts.wine import marking, python
from scripts.wine.customer import WindowsCustomer, processes
from scripts.wine.machine import Machine, windows_path
from scripts.wine.picture import screen, share_of
from scripts.wine.scene import Failed, Scene, announce, until

DOWNLOADS = "R&D 100% (new) ^ !PATH!"
"""Names that a command line would take for something else."""

CUSTOMER = "Grace"
LINE = "Hello from Windows"
ANSWER = "Hello Grace, I can read you"
AFTERWARDS = "I have seen it"
GROUND = (0x2F, 0x5D, 0x7C)
"""Of the desk (scripts/stage/desk.py)."""

CODE = re.compile(r"\w{4}-\w{4}-\w{4}")
MUCH = 0.25
REMOVED_S = 70.0
SETTLED_S = 1.0


def rehearse(machine: Machine, program: Path, out: Path, work: Path) -> None:
    """Everything in turn. Raises `Failed`, or what a step met."""
    data = work / "relay"
    data.mkdir()
    ensure_representative(data)
    with contextlib.ExitStack() as stack:
        display = stack.enter_context(virtual_display())
        relay = stack.enter_context(running_relay(data, free_port()))
        browser = stack.enter_context(chromium(out))
        scene = Scene(out, work, machine, display, relay, browser)
        stack.enter_context(_desk(scene))
        _switch_off(scene, program)
        console, code = _meet(scene)
        marking.switch_on(console, relay.origin)
        downloaded = _download(machine, program, code)
        with _running(scene, downloaded) as customer, _photographed(scene, console):
            _join(scene, console, customer)
            _talk(scene, console, customer)
            _show(scene, console, customer)
            _nudge(scene, console, customer)
            _end(scene, console, customer)
            _is_gone(scene, downloaded)
        if complaints := browser.complaints():
            raise Failed("\n".join(complaints))


@contextlib.contextmanager
def _desk(scene: Scene) -> Iterator[None]:
    """Windows of another program for Windows, so that there is something to be seen."""
    words = scene.machine.words(
        [str(python.folder() / "python.exe"), "-m", "scripts.stage.desk"],
        display=scene.display,
        environment=scene.machine.sources(),
    )
    log = scene.work / "desk.log"
    with log.open("wb") as said, started(words, stdout=said, log=log):
        picture = scene.work / "desk.png"
        until(lambda: share_of(GROUND, screen(scene.display, picture)) > MUCH, "the desk is there")
        yield


def _switch_off(scene: Scene, program: Path) -> None:
    """A program that is killed leaves a folder, which the next one has to sweep."""
    announce("a program is killed")
    killed = _download(scene.machine, program, "0000-0000-0000")
    with _running(scene, killed) as customer, _photographed(scene):
        customer.wait_for_window()
        customer.kill()
    until(lambda: not processes(), "it is dead")
    if not (_unpacked(scene) and killed.exists()):
        raise Failed("the killed program has left nothing: that was to be swept")


def _meet(scene: Scene) -> tuple[Window, str]:
    """A customer in the browser is taken and asked to go on in the program: the representative's
    page, and the join code."""
    announce("a customer in the browser is asked to go on in the program")
    console, page = scene.browser.window(), scene.browser.window()
    console.open(scene.relay.sign_in_link(REPRESENTATIVE))
    console.press("sign_in.button")
    console.wait_for("console.queue_empty")
    page.open(f"{scene.relay.origin}/join/{scene.relay.make_key(REPRESENTATIVE)}")
    page.page.get_by_label("Your name").fill(CUSTOMER)
    page.press("ways.chat")
    console.press("console.accept_name", name=CUSTOMER)
    console.press("desk.program")
    page.press("chat.program")
    shown = page.page.locator(".code").filter(visible=True).first
    expect(shown).to_contain_text(CODE)
    code = str(CODE.findall(shown.inner_text())[0])
    page.picture("windows-1-code")
    return console, code


def _download(machine: Machine, program: Path, code: str) -> Path:
    """The program as a browser stores it, the second time."""
    folder = machine.drive / "users" / "Public" / "Downloads" / DOWNLOADS
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return Path(shutil.copy2(program, folder / f"Support-{code} (1).exe"))


@contextlib.contextmanager
def _running(scene: Scene, program: Path) -> Iterator[WindowsCustomer]:
    relay = scene.relay
    told = ["--relay", relay.origin, "--ca", windows_path(relay.authority)]
    words = scene.machine.words(
        [str(program), *told, "--identity", relay.identity()],
        display=scene.display,
    )
    log = scene.out / "client.log"
    with log.open("wb") as said, started(words, stdout=said, log=log) as process:
        yield WindowsCustomer(process, scene.display)


@contextlib.contextmanager
def _photographed(scene: Scene, console: Window | None = None) -> Iterator[None]:
    """Pictures of both sides as they were when something went wrong."""
    try:
        yield
    except BaseException:
        screen(scene.display, scene.out / "failed.png")
        if console is not None:
            console.picture("failed-console")
        raise


def _join(scene: Scene, console: Window, customer: WindowsCustomer) -> None:
    announce("the program starts, and joins by the code in its name")
    began = time.monotonic()
    customer.wait_for_window()
    print(f"    first window: {time.monotonic() - began:.1f} s", flush=True)
    _log(console).get_by_text(WORDS("chat.desk_moved_client", customer=CUSTOMER)).wait_for()
    time.sleep(SETTLED_S)
    customer.picture(scene.out / "windows-2-joined.png")


def _talk(scene: Scene, console: Window, customer: WindowsCustomer) -> None:
    announce("a line each way")
    customer.type_line(LINE)
    console.wait_for_words(LINE)
    console.write("chat.write", ANSWER)
    console.wait_for_words(ANSWER)
    console.wait_for("chat.seen")
    customer.picture(scene.out / "windows-3-chat.png")


def _show(scene: Scene, console: Window, customer: WindowsCustomer) -> None:
    announce("the screen is shown under a watermark, used, and ended by the customer's key")
    seen = scene.out / "windows-4-seen.png"
    screens: list[Path] = []

    def picture(name: str) -> None:
        customer.picture(scene.out / f"windows-4-{name}.png")
        screens.append(screen(scene.display, scene.out / f"windows-4-{name}-screen.png"))
        if len(screens) > 1:
            console.page.locator("canvas").filter(visible=True).first.screenshot(path=seen)
            _is_marked(scene, screens[0], screens[-1])

    showing.share(console, customer, scene.display, picture)
    if share_of(GROUND, seen) < MUCH:
        raise Failed("the representative did not see the desk")


def _is_marked(scene: Scene, before: Path, now: Path) -> None:
    """The mark is on the screen and hides no more than its letters, and what is clicked at them
    reaches the window below."""
    letters = marking.letters(before, now, GROUND)
    if not letters:
        raise Failed("there is no watermark")
    if share_of(GROUND, now) < MUCH:
        raise Failed("the watermark hides the screen")
    reached = marking.reached(scene.machine, letters[len(letters) // 2], scene.work / "reached.log")
    if reached != "python.exe":
        raise Failed(f"what is clicked at the watermark reaches {reached!r} and not the desk")


def _nudge(scene: Scene, console: Window, customer: WindowsCustomer) -> None:
    announce("the customer is nudged, and comes")
    console.press("desk.nudge")
    _log(console).get_by_text("delivered").first.wait_for()
    customer.picture(scene.out / "windows-5-nudged.png")
    customer.type_line(AFTERWARDS)
    console.wait_for_words(AFTERWARDS)
    _log(console).get_by_text("· seen").first.wait_for()


def _end(scene: Scene, console: Window, customer: WindowsCustomer) -> None:
    announce("the end, and the window is closed")
    console.press("session.end")
    console.page.get_by_role("dialog").locator("button.danger").click()
    console.wait_for("session.ended_title")
    console.picture("windows-6-console")
    time.sleep(SETTLED_S)
    customer.picture(scene.out / "windows-6-ended.png")
    customer.press("alt+F4")
    until(customer.has_left, f"{SHOWN_NAME}'s customer has left")


def _is_gone(scene: Scene, program: Path) -> None:
    """No file, no process, nothing in the folder for temporary files."""
    announce("the program removes itself")
    began = time.monotonic()
    until(lambda: not program.exists(), "the program's file is gone", REMOVED_S)
    print(f"    gone after {time.monotonic() - began:.1f} s", flush=True)
    until(lambda: not processes(), "no process is left")
    left = [path.name for path in (*program.parent.iterdir(), *_unpacked(scene))]
    if left:
        raise Failed(f"something was left behind: {', '.join(left)}")


def _unpacked(scene: Scene) -> list[Path]:
    """What one-file programs have unpacked and not removed yet."""
    return list((scene.machine.drive / "users/root/AppData/Local/Temp").glob("_MEI*"))


def _log(console: Window) -> Locator:
    """The conversation on the representative's page."""
    return console.page.get_by_role("log").filter(visible=True).first
