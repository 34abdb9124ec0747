/** The representative's console, put together. */

import { linkWords } from "../chat/state.js";
import { byId, h, icon, setText } from "../core/dom.js";
import { post, sentence } from "../core/http.js";
import { load } from "../core/texts.js";
import { Desk } from "./console/desk.js";
import { KeyDialog } from "./console/key_dialog.js";
import { presenceMenu } from "./console/presence.js";
import { Queue } from "./console/queue.js";
import { Sessions } from "./console/sessions.js";
import { Shortcuts } from "./console/shortcuts.js";

const TOAST_MS = 6000;

const texts = await load();
const page = byId("console", HTMLElement);
const title = document.title;
const desk = new Desk(sessionStorage);
const sessions = new Sessions(texts, showUnread, () => show("talk"));
const queue = new Queue(texts, desk, accept);
const keys = new KeyDialog(texts, desk);
const shortcuts = new Shortcuts(texts, [
  { keys: "Q", words: texts.t("console.shortcut_queue"), run: () => (show("queue"), queue.focus()) },
  { keys: "K", words: texts.t("console.shortcut_key"), run: () => keys.open() },
  { keys: "1–9", words: texts.t("console.shortcut_session"), run: (key) => sessions.chooseAt(Number(key) - 1) },
  { keys: "M", words: texts.t("console.shortcut_message"), run: () => (show("talk"), sessions.front?.focus()) },
  { keys: "N", words: texts.t("console.shortcut_note"), run: () => (show("side"), sessions.front?.side.focus()) },
  { keys: "E", words: texts.t("session.end"), run: () => void sessions.front?.end() },
  { keys: "?", words: texts.t("console.shortcuts"), run: () => shortcuts.open() },
]);
const toast = h("p", { class: "toast", role: "status" });
let toastTimer = 0;
/** @type {Set<string>} Sessions asked for and not yet answered. */
const accepting = new Set();

/** @type {readonly ["queue" | "talk" | "side", string][]} */
const VIEWS = [
  ["queue", texts.t("console.queue")],
  ["talk", texts.t("chat.log")],
  ["side", texts.t("console.side")],
];
const views = h("div", { class: "views", role: "tablist", "aria-label": texts.t("console.views") });
for (const [view, words] of VIEWS) {
  const tab = h("button", { class: "tab", type: "button", role: "tab", "data-view": view }, words);
  tab.addEventListener("click", () => show(view));
  views.append(tab);
}

/** Which column shows where there is room for one. @param {"queue" | "talk" | "side"} view */
function show(view) {
  page.dataset.view = view;
  for (const tab of views.children) {
    const chosen = tab instanceof HTMLElement && tab.dataset.view === view;
    tab.setAttribute("aria-selected", String(chosen));
  }
}

/** @param {string} session */
async function accept(session) {
  // A double click must not be told that somebody has already taken this customer: oneself.
  if (accepting.has(session)) return;
  accepting.add(session);
  try {
    await desk.accept(session);
    sessions.open(session);
  } catch (failure) {
    tell(sentence(texts, failure));
  } finally {
    accepting.delete(session);
  }
}

/** @param {string} words */
function tell(words) {
  window.clearTimeout(toastTimer);
  setText(toast, words);
  toastTimer = window.setTimeout(() => setText(toast, ""), TOAST_MS);
}

/** @param {number} count */
function showUnread(count) {
  document.title = count ? `(${count}) ${title}` : title;
}

async function signOut() {
  try {
    await post("/api/logout");
    desk.stop();
    sessions.stop();
    sessionStorage.clear();
    location.replace("/login");
  } catch (failure) {
    tell(sentence(texts, failure));
  }
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

function head() {
  const mark = h("img", { class: "mark", src: "/static/icons/favicon.svg", alt: "" });
  const name = h("h1", { class: "console-title" }, mark, h("span", {}, page.dataset.organisation ?? ""));
  const state = h("p", { class: "state", role: "status" });
  desk.store.subscribe(({ link }) => {
    state.hidden = link.name === "online";
    state.replaceChildren(icon("away", "small"), linkWords(texts, link));
  });
  const help = button("help", texts.t("console.shortcuts"), () => shortcuts.open());
  help.classList.add("square", "plain");
  help.lastElementChild?.remove();
  const leave = button("leave", texts.t("console.sign_out"), signOut);
  leave.classList.add("plain");
  const me = link("person", page.dataset.user ?? "", "/account", texts.t("account.title"));
  const admin = "administers" in page.dataset && link("settings", texts.t("admin.title"), "/admin");
  const key = button("key", texts.t("console.key"), () => keys.open());
  return h("header", { class: "console-head" }, name, state, key, presenceMenu(texts, desk), admin, help, me, leave);
}

function band() {
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

const body = h("div", { class: "console-body" }, queue.element, sessions.element);
page.replaceChildren(head(), band(), views, body);
document.body.append(keys.element, shortcuts.element, toast);
show("queue");
desk.store.subscribe(({ state }) => {
  if (state) sessions.have(state.sessions.map(({ session }) => session));
});
desk.start();
