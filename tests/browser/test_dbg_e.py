import pytest
from tests.browser.test_screen_input import here, enter, place, rest
async def test_dbg(here):
    page=here.console.page
    mouse = page.mouse
    await page.evaluate("""() => { window.log=[]; const s=document.querySelector('.screen-sheet');
      for (const n of ['pointerdown','pointermove','pointerup','pointercancel','mousedown','mouseup','contextmenu','lostpointercapture'])
        s.addEventListener(n, e => log.push([n,e.button,e.buttons,document.activeElement.className]));
      document.addEventListener('keydown', e=>log.push(['key',e.code,document.activeElement.className]), true)}""")
    await enter(here)
    await mouse.move(*await place(here, 9.5, 9.5))
    for button in ("left", "right"):
        await mouse.down(button=button)
    for button in ("left", "right"):
        await mouse.up(button=button)
    await page.keyboard.press("F9")
    for l in await page.evaluate("log"): print(l)
    print(await rest(here))
