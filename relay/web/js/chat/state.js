/** How the link and the other person are, as a dot and a word. */

import { h, icon } from "../core/dom.js";
import { allows, customer, helpers } from "../core/view.js";
import { nameOf } from "./lines.js";

/** @import { RequestTag, Role } from "../protocol.js" */
/** @import { LinkState, Why } from "../core/link.js" */
/** @import { Texts } from "../core/texts.js" */
/** @import { View } from "../core/view.js" */

/** @type {Readonly<Record<Exclude<LinkState["name"], "closed"> | Why, string>>} */
const WORDS = {
  connecting: "link.connecting",
  online: "link.online",
  lost: "link.lost",
  signed_out: "error.signed_out",
  replaced: "link.replaced",
  moved: "steps.moved_title",
  version: "page.outdated",
  gone: "error.ended",
  refused: "link.refused",
};

/**
 * The words for a link.
 * @param {Texts} texts
 * @param {LinkState} link
 */
export function linkWords(texts, link) {
  return texts.t(WORDS[link.name === "closed" ? link.why : link.name]);
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
 * One's own link when it is not well, else whether the other people are there.
 * @param {Texts} texts
 * @param {View} view
 * @param {Role} other
 * @returns {(Node | string)[]}
 */
export function stateOf(texts, view, other) {
  const { link, present } = view;
  if (link.name === "lost") {
    return [icon("away", "small"), texts.t("link.lost")];
  }
  const people = other === "customer" ? [customer(view)] : helpers(view);
  const [first, ...rest] = people.flatMap((one) => one?.id ?? []);
  if (link.name === "online" && first && ![first, ...rest].some((id) => present.has(id))) {
    const name = nameOf(view, texts, first);
    return [icon("away", "small"), texts.t("link.away", { name })];
  }
  const holder = link.name === "online" && other === "representative" ? view.snapshot?.holder : "";
  if (holder) {
    return [icon("pending", "small"), texts.t("chat.held", { name: nameOf(view, texts, holder) })];
  }
  const good = link.name === "online" ? "dot good" : "dot";
  const words = link.name === "closed" ? texts.t("page.offline") : linkWords(texts, link);
  return [h("span", { class: good }), words];
}
