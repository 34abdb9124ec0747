/** How the link and the other person are, as a dot and a word. */

import { h, icon } from "../core/dom.js";
import { allows, participant } from "../core/view.js";
import { nameOf } from "./lines.js";

/** @import { RequestTag, Role } from "../protocol.js" */
/** @import { LinkState, Why } from "../core/link.js" */
/** @import { Texts } from "../core/texts.js" */
/** @import { View } from "../core/view.js" */

/**
 * The words for a link.
 * @param {Texts} texts
 * @param {LinkState} link
 */
export function linkWords(texts, link) {
  switch (link.name) {
    case "connecting":
      return texts.t("link.connecting");
    case "online":
      return texts.t("link.online");
    case "lost":
      return texts.t("link.lost");
    case "closed":
      return closedWords(texts, link.why);
  }
}

/**
 * @param {Texts} texts
 * @param {Why} why
 */
function closedWords(texts, why) {
  switch (why) {
    case "signed_out":
      return texts.t("error.signed_out");
    case "replaced":
      return texts.t("link.replaced");
    case "version":
      return texts.t("page.outdated");
    case "gone":
      return texts.t("error.ended");
    case "refused":
      return texts.t("link.refused");
  }
}

/**
 * Why a request cannot be made now, or nothing when it can. A lost link is no reason, nor is one
 * that was never up: what is said meanwhile is kept and sent after the next welcome.
 * @param {Texts} texts
 * @param {View} view
 * @param {RequestTag} request
 */
export function whyNot(texts, view, request) {
  if (view.link.name === "closed") return linkWords(texts, view.link);
  return !view.snapshot || allows(view, request) ? "" : texts.t("error.not_now");
}

/**
 * One's own link when it is not well, else whether the other person is there.
 * @param {Texts} texts
 * @param {View} view
 * @param {Role} other
 * @returns {(Node | string)[]}
 */
export function stateOf(texts, view, other) {
  const person = participant(view, other);
  if (view.link.name === "lost") {
    return [icon("away", "small"), texts.t("link.lost")];
  }
  if (view.link.name === "online" && person && !view.present.has(person.id)) {
    const name = nameOf(view, texts, person.id);
    return [icon("away", "small"), texts.t("link.away", { name })];
  }
  const good = view.link.name === "online" ? "dot good" : "dot";
  const words = view.link.name === "closed" ? texts.t("page.offline") : linkWords(texts, view.link);
  return [h("span", { class: good }), words];
}
