/** What the log says of files, beside their cards. Pure. */

import { transfersOf } from "./list.js";
import { shownName } from "./names.js";
import { overWords } from "./standing.js";

/** @import { FileAsked, FileOffered, FileOver, FileTaken, SessionFact } from "../../protocol.js" */
/** @import { Texts } from "../../core/texts.js" */
/** @import { View } from "../../core/view.js" */
/** @import { FileRow } from "../lines.js" */

/**
 * Where a file begins, the row of its card; where it ends, a sentence. Nothing in between, which its
 * card shows.
 * @param {SessionFact} fact
 * @param {View} view
 * @param {Texts} texts
 * @returns {string | FileRow}
 */
export function fileEvent(fact, view, texts) {
  switch (fact.t) {
    case "file.asked":
    case "file.offered":
      return isFirst(fact, view) ? { kind: "file", key: `file ${fact.id}`, id: fact.id } : "";
    case "file.taken":
    case "file.over":
      return ending(fact, view, texts);
    default:
      return "";
  }
}

/**
 * @param {FileAsked | FileOffered} fact
 * @param {View} view
 */
function isFirst({ id, seq }, view) {
  const asked = view.snapshot?.log.find((one) => one.t === "file.asked" && one.id === id);
  return !asked || asked.seq === seq;
}

/**
 * @param {FileTaken | FileOver} fact
 * @param {View} view
 * @param {Texts} texts
 */
function ending(fact, view, texts) {
  const one = transfersOf(view).find(({ id }) => id === fact.id);
  if (!one) return "";
  const file = one.by ? shownName(one.name) : texts.t("file.asked_title");
  if (fact.t === "file.over") return texts.t("file.line_over", { file, words: overWords(view, one, texts) });
  return texts.t("file.line_taken", { file, sum: shortSum(one.sha256) });
}

/** The ends of a sum, enough to compare it by eye. @param {string} sum */
export function shortSum(sum) {
  return sum.length > 20 ? `${sum.slice(0, 8)}…${sum.slice(-8)}` : sum;
}
