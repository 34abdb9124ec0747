/** The head of the console, and the band under it that says why the desk is closed. */

import { linkWords } from "../../chat/state.js";
import { h, icon } from "../../core/dom.js";
import { presenceMenu } from "./presence.js";

/** @import { Texts } from "../../core/texts.js" */
/** @import { Desk } from "./desk.js" */

/**
 * Who works here and for whom; whether they may administer; what the buttons do.
 * @typedef {object} About
 * @property {string} organisation
 * @property {string} user
 * @property {boolean} administers
 * @property {() => void} makeKey
 * @property {() => void} help
 * @property {() => void} signOut
 */

/**
 * @param {Texts} texts
 * @param {Desk} desk
 * @param {About} about
 */
export function head(texts, desk, about) {
  const mark = h("img", { class: "mark", src: "/static/icons/favicon.svg", alt: "" });
  const name = h("h1", { class: "head-title" }, mark, h("span", { dir: "auto" }, about.organisation));
  const state = h("p", { class: "state head-state", role: "status" });
  const key = button("key", texts.t("console.key"), about.makeKey);
  desk.store.subscribe(({ link, permissions }) => {
    key.hidden = permissions.length > 0 && !desk.may("key.make");
    state.hidden = link.name === "online";
    state.replaceChildren(icon("away", "small"), linkWords(texts, link));
  });
  const help = button("help", texts.t("console.shortcuts"), about.help);
  help.classList.add("square", "plain");
  help.lastElementChild?.remove();
  const canned = link("canned", texts.t("canned.title"), "/canned");
  canned.classList.add("square", "roomy");
  canned.lastElementChild?.remove();
  // Whoever writes one in the middle of a talk keeps the console.
  canned.target = "_blank";
  const leave = button("leave", texts.t("console.sign_out"), about.signOut);
  leave.classList.add("plain");
  const me = link("person", about.user, "/account", texts.t("account.title"));
  const admin = about.administers && link("settings", texts.t("admin.title"), "/admin");
  const tools = h("div", { class: "head-tools" }, admin, canned, help, me, leave);
  return h("header", { class: "head" }, name, state, key, presenceMenu(texts, desk), tools);
}

/**
 * Why nothing works any more, and what to do.
 * @param {Texts} texts
 * @param {Desk} desk
 */
export function band(texts, desk) {
  const element = h("p", { class: "band", role: "alert", hidden: true });
  desk.store.subscribe(({ link }) => {
    element.hidden = link.name !== "closed";
    if (link.name !== "closed") return;
    const login = h("a", { href: "/login" }, texts.t("login.title"));
    const again = link.why === "signed_out" ? [" ", login] : [];
    element.replaceChildren(linkWords(texts, link), ...again);
  });
  return element;
}

/**
 * @param {string} name
 * @param {string} words
 * @param {() => void} run
 */
function button(name, words, run) {
  const label = h("span", { class: "button-word" }, words);
  const named = { class: "button", type: "button", title: words, "aria-label": words };
  return h("button", { ...named, onclick: run }, icon(name), label);
}

/**
 * @param {string} name
 * @param {string} words
 * @param {string} path
 * @param {string} [title]
 */
function link(name, words, path, title = words) {
  const label = h("span", { class: "button-word" }, words);
  const named = { class: "button plain", title, "aria-label": title };
  return h("a", { ...named, href: path }, icon(name), label);
}
