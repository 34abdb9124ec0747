/** What representatives call queues, doors and languages. Pure. */

/** @import { Door, Queue } from "../../protocol.js" */
/** @import { Texts } from "../../core/texts.js" */

/**
 * A queue among one's own: for me, for a team, for everybody.
 * @param {Texts} texts
 * @param {Queue} queue
 */
export function ownQueueName(texts, { kind, name }) {
  switch (kind) {
    case "personal":
      return texts.t("console.queue_own");
    case "team":
      return name;
    case "general":
      return texts.t("console.queue_general");
  }
}

/**
 * A queue in the middle of a sentence, as somebody or a team.
 * @param {Texts} texts
 * @param {Queue} queue
 */
export function queueName(texts, { kind, name }) {
  return kind === "general" ? texts.t("desk.free") : name;
}

/**
 * How a customer takes part, and with what.
 * @param {Texts} texts
 * @param {{ readonly door: Door, readonly system: string }} customer
 */
export function doorName(texts, { door, system }) {
  const name = texts.t(door === "client" ? "console.door_client" : "console.door_chat");
  return system ? `${name}, ${system}` : name;
}

/**
 * A language by its name in one's own.
 * @param {Texts} texts
 * @param {string} language its code
 */
export function languageName(texts, language) {
  return new Intl.DisplayNames(texts.language, { type: "language" }).of(language) ?? language;
}

/**
 * Names as one reads them: "Ada and Linus".
 * @param {Texts} texts
 * @param {readonly string[]} names
 */
export function listed(texts, names) {
  return new Intl.ListFormat(texts.language).format(names);
}
