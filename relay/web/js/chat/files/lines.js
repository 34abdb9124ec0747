/** What the log says of files, beside their cards. Pure. */

import { transfersOf } from "./list.js";
import { shownName } from "./names.js";
import { overWords } from "./standing.js";

/** @import { SessionFact } from "../../protocol.js" */
/** @import { Texts } from "../../core/texts.js" */
/** @import { View } from "../../core/view.js" */

/**
 * The sentence of how a file ended; nothing for what its card shows.
 * @param {SessionFact} fact
 * @param {View} view
 * @param {Texts} texts
 */
export function fileEvent(fact, view, texts) {
  if (fact.t !== "file.taken" && fact.t !== "file.over") return "";
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
