/** Whether one is free for the next customer. */

import { h, setText } from "../../core/dom.js";

/** @import { Presence } from "../../protocol.js" */
/** @import { Texts } from "../../core/texts.js" */
/** @import { Desk } from "./desk.js" */

/** @type {readonly [Presence, string][]} */
const CHOICES = [
  ["available", "console.presence_available"],
  ["busy", "console.presence_busy"],
  ["away", "console.presence_away"],
];
const DOTS = { available: "dot good", busy: "dot warn", away: "dot" };

/**
 * The menu in the head; it follows the desk.
 * @param {Texts} texts
 * @param {Desk} desk
 */
export function presenceMenu(texts, desk) {
  const dot = h("span", { class: "dot" });
  const select = h("select", { "aria-label": texts.t("console.presence") });
  for (const [presence, words] of CHOICES) {
    select.append(h("option", { value: presence }, texts.t(words)));
  }
  select.addEventListener("change", () => {
    desk.setPresence(/** @type {Presence} */ (select.value));
  });
  desk.store.subscribe(({ link, state }) => {
    const presence = state?.presence ?? "away";
    dot.className = DOTS[presence];
    select.disabled = link.name !== "online" || !state;
    select.value = presence;
    const away = select.options[CHOICES.length - 1];
    if (away) setText(away, texts.t(state?.idle ? "console.presence_idle" : "console.presence_away"));
  });
  return h("div", { class: "presence" }, dot, select);
}
