/** The representative's console, put together. */

import { byId, h } from "../core/dom.js";
import { post, sentence } from "../core/http.js";
import { load } from "../core/texts.js";
import { Attending } from "./console/attend/attending.js";
import { CannedShelf } from "./console/canned/store.js";
import { Desk } from "./console/desk.js";
import { FileAskDialog } from "./console/files/ask_dialog.js";
import { band, head } from "./console/head.js";
import { KeyDialog } from "./console/key_dialog.js";
import { keysOf } from "./console/keys.js";
import { LinkDialog } from "./console/link_dialog.js";
import { NoticeDialog } from "./console/notice_dialog.js";
import { PassDialog } from "./console/pass_dialog.js";
import { Queue } from "./console/queue.js";
import { entryKey } from "./console/queue_order.js";
import { Running } from "./console/running.js";
import { Sessions } from "./console/sessions.js";
import { AskDialog } from "./console/share/ask_dialog.js";
import { Shortcuts } from "./console/shortcuts.js";
import { Toast } from "./console/toast.js";

/** @import { Takes } from "./console/waiter.js" */
/** @import { QueueEntry } from "../protocol.js" */

const texts = await load();
const page = byId("console", HTMLElement);
const title = document.title;
const desk = new Desk(sessionStorage);
const toast = new Toast();
const tell = toast.tell.bind(toast);
const passing = new PassDialog(texts, desk, tell);
const notices = new NoticeDialog(texts, desk);
const asking = new AskDialog(texts, desk);
const canned = new CannedShelf(texts);
const attending = new Attending(texts, desk, { tell, followed: () => (show("queue"), queue.focus()) });
const links = new LinkDialog(texts);
const askingFile = new FileAskDialog(texts);
const sessions = new Sessions(texts, { desk, passing, notices, links, asking, askingFile, canned }, {
  unread: (count) => (document.title = count ? `(${count}) ${title}` : title),
  chosen: () => show("talk"),
  none: () => show("queue"),
  tell,
  say: (words) => attending.announcer.say(words),
  letIn,
});
const running = new Running(texts, desk, (session) => void join(session));
/** @type {Takes & { calls: () => void }} */
const takes = {
  take,
  letIn: ({ session, customer }) => letIn(session, customer || texts.t("person.customer")),
  calls: () => attending.dialog.open(),
};
const queue = new Queue(texts, desk, takes, running.element);
const keys = new KeyDialog(texts, desk);
const shortcuts = new Shortcuts(
  texts,
  keysOf(texts, {
    ...{ desk, queue, sessions, show },
    makeKey: () => keys.open(),
    attend: () => attending.dialog.open(),
    help: () => shortcuts.open(),
  }),
);
/** @type {Set<string>} Entries asked for and not yet answered. */
const taking = new Set();

/** @typedef {"queue" | "screen" | "talk" | "side" | "files"} Column */
/** @type {readonly [Column, string][]} */
const VIEWS = [
  ["queue", texts.t("console.queue")],
  ["screen", texts.t("console.share")],
  ["talk", texts.t("console.beside_talk")],
  ["side", texts.t("console.side")],
  ["files", texts.t("file.title")],
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
    if (chosen) tab.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
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

/** Join a session of others. @param {string} session */
async function join(session) {
  try {
    await desk.join(session);
    sessions.open(session);
  } catch (failure) {
    tell(sentence(texts, failure));
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
page.replaceChildren(top, band(texts, desk), attending.band, views, body);
const dialogs = [keys, shortcuts, passing, notices, links, asking, askingFile, attending.dialog].map(({ element }) => element);
document.body.append(...dialogs, toast.element, attending.announcer.element);
show("queue");
desk.store.subscribe(({ state }) => {
  if (state) sessions.have(state.sessions);
});
desk.start();
