/** Why no file can be sent or asked for now, and why one file cannot. Pure. */

import { whyNot } from "../state.js";
import { counted, transfersOf } from "./list.js";
import { isBlocked, shownName } from "./names.js";
import { size } from "./words.js";

/** @import { Texts } from "../../core/texts.js" */
/** @import { View } from "../../core/view.js" */

/**
 * Why this page's person cannot offer a file now, or nothing. `may`: whether one's role allows it.
 * @param {Texts} texts
 * @param {View} view
 * @param {boolean} [may]
 */
export function whyNotOffer(texts, view, may = true) {
  const way = view.role === "customer" ? view.rules?.fromCustomer : view.rules?.toCustomer;
  return whyNot(texts, view, "file.offer") || barred(texts, view, way, may);
}

/**
 * Why a representative cannot ask for one now, or nothing.
 * @param {Texts} texts
 * @param {View} view
 * @param {boolean} may
 */
export function whyNotAsk(texts, view, may) {
  return whyNot(texts, view, "file.ask") || barred(texts, view, view.rules?.fromCustomer, may);
}

/**
 * @param {Texts} texts
 * @param {View} view
 * @param {boolean | undefined} way
 * @param {boolean} may
 */
function barred(texts, view, way, may) {
  if (way === false) return texts.t("error.files_off");
  if (!may) return texts.t("console.share_forbidden");
  const most = view.rules?.mostFiles ?? Infinity;
  return counted(transfersOf(view)) >= most ? texts.t("error.too_many_files") : "";
}

/**
 * Why this file is not accepted, said before anything is sent; nothing when it may be.
 * @param {Texts} texts
 * @param {View} view
 * @param {{ readonly name: string, readonly size: number }} file
 */
export function unfit(texts, { rules }, file) {
  const name = shownName(file.name);
  if (rules && file.size > rules.mostBytes) {
    return texts.t("file.too_large", { file: name, size: size(texts, file.size), most: size(texts, rules.mostBytes) });
  }
  return rules && isBlocked(file.name, rules.blocked) ? texts.t("file.wrong_type", { file: name }) : "";
}
