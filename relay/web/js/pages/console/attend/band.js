/** Says plainly that one counts as away, or soon will, since nobody touches anything here. */

import { h, setText } from "../../../core/dom.js";

/** @import { Texts } from "../../../core/texts.js" */
/** @import { Desk } from "../desk.js" */
/** @import { Watch } from "./watch.js" */

/**
 * @param {Texts} texts
 * @param {Desk} desk
 * @param {Watch} watch
 * @param {(words: string) => void} tell what is said when one is back
 */
export function attendBand(texts, desk, watch, tell) {
  const element = h("p", { class: "band", role: "status" });
  const over = h("div", { class: "attend-over" }, element);
  let wasIdle = false;
  const render = () => {
    const { state, link } = desk.store.value;
    const isIdle = state?.idle === true && link.name === "online";
    const soon = watch.store.value.attendance === "soon" && state?.presence !== "away";
    setText(element, isIdle ? texts.t("attend.idle") : soon ? texts.t("attend.soon") : "");
    if (wasIdle && state && !state.idle && state.presence !== "away") tell(texts.t("attend.back"));
    wasIdle = isIdle;
  };
  desk.store.subscribe(render);
  watch.store.subscribe(render);
  return over;
}
