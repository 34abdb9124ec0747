/** Which single keys do what in the console. */

import { NEEDS } from "./reasons.js";

/** @import { Texts } from "../../core/texts.js" */
/** @import { Desk } from "./desk.js" */
/** @import { Queue } from "./queue.js" */
/** @import { Act } from "./reasons.js" */
/** @import { Sessions } from "./sessions.js" */
/** @import { Shortcut } from "./shortcuts.js" */

/**
 * What the keys act on; `show` brings a column to the front where there is room for one.
 * @typedef {object} Around
 * @property {Desk} desk
 * @property {Queue} queue
 * @property {Sessions} sessions
 * @property {(column: "queue" | "screen" | "talk" | "files" | "side") => void} show
 * @property {() => void} makeKey
 * @property {() => void} attend
 * @property {() => void} help
 */

/**
 * @param {Texts} texts
 * @param {Around} around
 * @returns {Shortcut[]}
 */
export function keysOf(texts, around) {
  return [...everywhere(texts, around), ...inSession(texts, around), ...atScreen(texts, around)];
}

/**
 * @param {Texts} texts
 * @param {Around} around
 * @returns {Shortcut[]}
 */
function everywhere(texts, { desk, queue, sessions, show, makeKey, attend, help }) {
  const part = "all";
  return [
    { part, keys: "Q", words: texts.t("console.shortcut_queue"), run: () => (show("queue"), queue.focus()) },
    { part, keys: "K", words: texts.t("console.shortcut_key"), run: makeKey, may: () => desk.may("key.make") },
    { part, keys: "1–9", words: texts.t("console.shortcut_session"), run: (key) => sessions.chooseAt(Number(key) - 1) },
    { part, keys: "U", words: texts.t("console.shortcut_unread"), run: () => sessions.chooseUnread() },
    { part, keys: "A", words: texts.t("console.shortcut_attend"), run: attend },
    { part, keys: "?", words: texts.t("console.shortcuts"), run: help },
  ];
}

/**
 * @param {Texts} texts
 * @param {Around} around
 * @returns {Shortcut[]}
 */
function inSession(texts, { desk, sessions, show }) {
  const part = "talk";
  /** @type {(keys: string, words: string, what: Act) => Shortcut} */
  const act = (keys, words, what) => {
    const need = NEEDS[what];
    const may = () => need === undefined || desk.may(need);
    return { part, keys, words: texts.t(words), run: () => sessions.front?.actions.run(what), may };
  };
  return [
    { part, keys: "M", words: texts.t("console.shortcut_message"), run: () => (show("talk"), sessions.front?.focus()) },
    { part, keys: "/", words: texts.t("console.shortcut_canned"), run: () => (show("talk"), sessions.front?.openCanned()) },
    {
      part,
      keys: "N",
      words: texts.t("console.shortcut_note"),
      run: () => (show("side"), sessions.front?.focusNotes()),
      may: () => desk.may("session.note"),
    },
    { part, keys: "D", words: texts.t("console.shortcut_files"), run: () => (show("files"), sessions.front?.focusFiles()) },
    act("B", "console.shortcut_nudge", "nudge"),
    act("H", "console.shortcut_hold", "hold"),
    act("T", "console.shortcut_pass", "pass"),
    act("I", "console.shortcut_invite", "invite"),
    act("L", "console.shortcut_quit", "leave"),
    act("S", "console.shortcut_notice", "notice"),
    act("O", "console.shortcut_link", "link"),
    act("P", "console.shortcut_program", "program"),
    act("E", "session.end", "end"),
  ];
}

/**
 * @param {Texts} texts
 * @param {Around} around
 * @returns {Shortcut[]}
 */
function atScreen(texts, { desk, sessions, show }) {
  const part = "screen";
  const screen = () => sessions.front?.screen;
  return [
    { part, keys: "G", words: texts.t("console.shortcut_screen"), run: () => (show("screen"), screen()?.focus()) },
    { part, keys: "V", words: texts.t("console.shortcut_see"), run: () => screen()?.ask("see"), may: () => desk.may("screen.view") },
    {
      part,
      keys: "C",
      words: texts.t("console.shortcut_control"),
      run: () => screen()?.ask("control"),
      may: () => desk.may("screen.control"),
    },
    { part, keys: "F", words: texts.t("console.shortcut_full"), run: () => void screen()?.toggleFull() },
    { part, keys: texts.t("screen.leave_keys"), words: texts.t("console.shortcut_out"), run: () => {} },
  ];
}
