/** The page with a code for the program: the code can be copied. */

import { byId, setText } from "../core/dom.js";
import { load } from "../core/texts.js";

const texts = await load();
const code = byId("code", HTMLElement);
const copy = byId("copy", HTMLButtonElement);
const said = byId("said", HTMLElement);

/** @param {"ways.copied" | "ways.copy_failed"} key */
function tell(key) {
  setText(said, texts.t(key));
  said.className = key === "ways.copied" ? "only-read" : "error";
  setText(byId("copy-word", HTMLElement), texts.t(key === "ways.copied" ? key : "ways.copy"));
}

async function onCopy() {
  try {
    await navigator.clipboard.writeText(code.textContent ?? "");
    tell("ways.copied");
  } catch {
    getSelection()?.selectAllChildren(code);
    tell("ways.copy_failed");
  }
}

copy.addEventListener("click", onCopy);
copy.hidden = false;
