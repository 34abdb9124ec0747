/** The representative's console, put together. */

import { byId, h } from "../core/dom.js";
import { post, sentence } from "../core/http.js";
import { load } from "../core/texts.js";
import { Desk } from "./console/desk.js";
import { band, head } from "./console/head.js";
import { KeyDialog } from "./console/key_dialog.js";
import { LinkDialog } from "./console/link_dialog.js";
import { NoticeDialog } from "./console/notice_dialog.js";
import { PassDialog } from "./console/pass_dialog.js";
import { Queue } from "./console/queue.js";
import { entryKey } from "./console/queue_order.js";
import { NEEDS } from "./console/reasons.js";
import { Sessions } from "./console/sessions.js";
import { AskDialog } from "./console/share/ask_dialog.js";
import { Shortcuts } from "./console/shortcuts.js";
import { Toast } from "./console/toast.js";

/** @import { QueueEntry } from "../protocol.js" */
/** @import { Act } from "./console/reasons.js" */

const texts = await load();
const page = byId("console", HTMLElement);
const title = document.title;
const desk = new Desk(sessionStorage);
const toast = new Toast();
const tell = toast.tell.bind(toast);
const passing = new PassDialog(texts, desk, tell);
const notices = new NoticeDialog(texts, desk);
const asking = new AskDialog(texts, desk);
const links = new LinkDialog(texts);
const sessions = new Sessions(texts, { desk, passing, notices, links, asking }, {
  unread: (count) => (document.title = count ? `(${count}) ${title}` : title),
  chosen: () => show("talk"),
  none: () => show("queue"),
  tell,
  letIn,
});
const queue = new Queue(texts, desk, {
  take,
  letIn: ({ session, customer }) => letIn(session, customer || texts.t("person.customer")),
});
const keys = new KeyDialog(texts, desk);
const shortcuts = new Shortcuts(texts, [
  { keys: "Q", words: texts.t("console.shortcut_queue"), run: () => (show("queue"), queue.focus()) },
  {
    keys: "K",
    words: texts.t("console.shortcut_key"),
    run: () => keys.open(),
    may: () => desk.may("key.make"),
  },
  { keys: "1–9", words: texts.t("console.shortcut_session"), run: (key) => sessions.chooseAt(Number(key) - 1) },
  { keys: "M", words: texts.t("console.shortcut_message"), run: () => (show("talk"), sessions.front?.focus()) },
  {
    keys: "N",
    words: texts.t("console.shortcut_note"),
    run: () => (show("side"), sessions.front?.focusNotes()),
    may: () => desk.may("session.note"),
  },
  { keys: "G", words: texts.t("console.shortcut_screen"), run: () => (show("screen"), sessions.front?.screen.focus()) },
  {
    keys: "V",
    words: texts.t("console.shortcut_see"),
    run: () => sessions.front?.screen.ask("see"),
    may: () => desk.may("screen.view"),
  },
  {
    keys: "C",
    words: texts.t("console.shortcut_control"),
    run: () => sessions.front?.screen.ask("control"),
    may: () => desk.may("screen.control"),
  },
  { keys: "F", words: texts.t("console.shortcut_full"), run: () => void sessions.front?.screen.toggleFull() },
  act("B", "console.shortcut_nudge", "nudge"),
  act("H", "console.shortcut_hold", "hold"),
  act("T", "console.shortcut_pass", "pass"),
  act("I", "console.shortcut_invite", "invite"),
  act("L", "console.shortcut_quit", "leave"),
  act("S", "console.shortcut_notice", "notice"),
  act("O", "console.shortcut_link", "link"),
  act("P", "console.shortcut_program", "program"),
  act("E", "session.end", "end"),
  { keys: texts.t("screen.leave_keys"), words: texts.t("console.shortcut_out"), run: () => {} },
  { keys: "?", words: texts.t("console.shortcuts"), run: () => shortcuts.open() },
]);
/** @type {Set<string>} Entries asked for and not yet answered. */
const taking = new Set();

/** @typedef {"queue" | "screen" | "talk" | "side"} Column */
/** @type {readonly [Column, string][]} */
const VIEWS = [
  ["queue", texts.t("console.queue")],
  ["screen", texts.t("console.share")],
  ["talk", texts.t("chat.log")],
  ["side", texts.t("console.side")],
];
const views = h("div", { class: "views", role: "tablist", "aria-label": texts.t("console.views") });
for (const [view, words] of VIEWS) {
  const tab = h("button", { class: "tab", type: "button", role: "tab", "data-view": view }, words);
  tab.addEventListener("click", () => show(view));
  views.append(tab);
}

/** Which column shows where there is room for one. @param {Column} view */
function show(view) {
  page.dataset.view = view;
  for (const tab of views.children) {
    const chosen = tab instanceof HTMLElement && tab.dataset.view === view;
    tab.setAttribute("aria-selected", String(chosen));
  }
}

/**
 * The key of something that is done in the session at the front.
 * @param {string} key
 * @param {string} words
 * @param {Act} what
 */
function act(key, words, what) {
  const need = NEEDS[what];
  const may = () => need === undefined || desk.may(need);
  return { keys: key, words: texts.t(words), run: () => sessions.front?.actions.run(what), may };
}

/** Take a customer, or follow an invitation. @param {QueueEntry} entry */
async function take(entry) {
  const key = entryKey(entry);
  // A double click must not be told that somebody has already taken this customer: oneself.
  if (taking.has(key)) return;
  taking.add(key);
  try {
    await desk.take(entry);
    sessions.open(entry.session);
  } catch (failure) {
    tell(sentence(texts, failure));
  } finally {
    taking.delete(key);
  }
}

/**
 * Let a customer's program in once more.
 * @param {string} session
 * @param {string} name
 */
async function letIn(session, name) {
  try {
    await desk.letIn(session);
    tell(texts.t("queue.let_in_done", { name }));
  } catch (failure) {
    tell(sentence(texts, failure));
  }
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

const top = head(texts, desk, {
  organisation: page.dataset.organisation ?? "",
  user: page.dataset.user ?? "",
  administers: "administers" in page.dataset,
  makeKey: () => keys.open(),
  help: () => shortcuts.open(),
  signOut: () => void signOut(),
});
const body = h("div", { class: "console-body" }, queue.element, sessions.element);
page.replaceChildren(top, band(texts, desk), views, body);
const dialogs = [keys, shortcuts, passing, notices, links, asking].map(({ element }) => element);
document.body.append(...dialogs, toast.element);
show("queue");
desk.store.subscribe(({ state }) => {
  if (state) sessions.have(state.sessions);
});
desk.start();
