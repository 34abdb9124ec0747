import sys
import pytest
from pathlib import Path
from protocol.sharing import Grant
from protocol.screen import *
from tests.browser.sharer import scene, colours, Sharer
pytestmark = pytest.mark.browser
import os
from protocol.channel import Kind
OUT = Path("/tmp/e_shots"); OUT.mkdir(exist_ok=True)

@pytest.mark.parametrize("name,lang,scheme,scale,w,h", [("en_light","en","light",1,1280,800),("de_dark","de","dark",1.5,1280,800),("en_narrow","en","light",1,480,800),("de_wide","de","light",1,1720,1000), ("en_mid","en","dark",1,960,700)])
async def test_look(relay, windows, name, lang, scheme, scale, w, h):
    async with scene(relay, windows, lang, width=w, height=h, scheme=scheme, scale=scale) as s:
        p = s.console.page
        n=0
        async def shot(what):
            nonlocal n; n+=1
            await p.screenshot(path=OUT/f"{name}_{n}_{what}.png")
        narrow = w < 900
        if narrow:
            await p.get_by_role("tab", name=s.console.t("console.share")).click()
        await shot("before")
        await s.console.button("console.share_see").click()
        await shot("dialog")
        await p.locator("#ask-reason").fill("Your printer settings <b>please</b>")
        await p.keyboard.press("Enter")
        await s.grace.asked()
        await shot("asked")
        await s.grace.deny(s.ada, Grant.VIEW)
        await p.locator(".share-words").get_by_text("Grace", exact=False).first.wait_for()
        await shot("denied")
        await s.share()
        await shot("waiting")
        big = colours(1920,1080)
        await s.see(big)
        await s.grace.point(300, 300, 24)
        await s.canvas.click(position={"x":60,"y":60}, force=True)
        await s.grace.wish(PointAt)
        await shot("view")
        await s.grace.give(s.ada, Grant.CONTROL, lasts_s=600)
        await p.locator("[data-mouse], .share-words").first.wait_for()
        await s.console.button("console.share_return").wait_for()
        await s.canvas.click(position={"x":60,"y":60}, force=True)
        await s.grace.batch()
        await s.grace.tell(InputRefused(to=1, seq=1, why=InputRefusal.MOVED))
        await p.get_by_text(s.console.t("screen.refused_moved")).wait_for()
        await p.locator(".screen-age").filter(visible=True).wait_for()
        await shot("control")
        await p.get_by_role("button", name=s.console.t("screen.keys")).click()
        await shot("menu")
        await p.keyboard.press("Escape")
        await s.grace.pause()
        await p.locator(".screen-middle").get_by_text("Grace").wait_for()
        await shot("paused")
        await s.grace.end()
        await s.console.button("console.share_see").wait_for()
        await shot("ended")
