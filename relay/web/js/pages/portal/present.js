/** Who is there and what is known to be broken, as it changes. */

import { drawBlocks } from "../../core/blocks.js";
import { byId, h, icon, reconcile } from "../../core/dom.js";
import { get, Refusal, Unreachable } from "../../core/http.js";

/** @import { Texts } from "../../core/texts.js" */
/** @import { ActiveNotice, AvailableRepresentative, Portal } from "../../protocol.js" */

const REFRESH_S = 15;

/** @param {Texts} texts */
export function keepPresent(texts) {
  const at = byId("portal", HTMLElement).dataset.at ?? "";

  async function refresh() {
    if (document.visibilityState === "hidden") return;
    try {
      /** @type {Portal} */
      const portal = await get(`/api/portal?at=${encodeURIComponent(at)}`);
      showPeople(portal.representatives);
      showNotices(texts, portal.notices);
    } catch (failure) {
      // The page stays as it is; the next round may do better.
      if (!(failure instanceof Unreachable || failure instanceof Refusal)) throw failure;
    }
  }

  setInterval(refresh, REFRESH_S * 1000);
  document.addEventListener("visibilitychange", refresh);
}

/** @param {readonly AvailableRepresentative[]} representatives */
function showPeople(representatives) {
  const people = representatives.map(({ name }, place) => ({ key: `${place} ${name}`, name }));
  reconcile(byId("people", HTMLElement), people, ({ name }, present) => {
    return present ?? h("li", { class: "person" }, h("span", { class: "dot good" }), h("bdi", {}, name));
  });
  byId("on-duty", HTMLElement).hidden = people.length === 0;
  byId("nobody", HTMLElement).hidden = people.length > 0;
}

/**
 * @param {Texts} texts
 * @param {readonly ActiveNotice[]} notices
 */
function showNotices(texts, notices) {
  const rows = notices.map(({ id, text }) => ({ key: id, text }));
  byId("notices", HTMLElement).hidden = rows.length === 0;
  reconcile(byId("notice-list", HTMLElement), rows, ({ text }, present) => {
    if (present?.dataset.text === text) return present;
    const drawn = present ?? h("li", { class: "notice" });
    drawn.dataset.text = text;
    drawn.replaceChildren(icon("alert"), drawBlocks(texts, text));
    return drawn;
  });
}
