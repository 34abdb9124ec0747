/** Every version of a text: who wrote it, when, what is different; any of them can be taken again. */

import { explain, h, isEnabled, setText } from "../../../core/dom.js";
import { get } from "../../../core/http.js";
import { opened } from "../dialog.js";
import { tell } from "../toast.js";
import { when } from "../when.js";
import { why } from "../why.js";
import { drawDifference } from "./marked.js";

/** @import { TextVersions } from "../../../protocol.js" */
/** @import { Texts } from "../../../core/texts.js" */
/** @import { Drafts } from "./drafts.js" */

/** `before` is what stood until then, null for the default as it came. @typedef {{ text: string | null, before: string | null, head: string }} Row */

/**
 * @param {Texts} texts
 * @param {Drafts} drafts
 * @param {string} key
 * @param {string} name
 */
export async function openVersions(texts, drafts, key, name) {
  const dialog = opened(texts, texts.t("admin.customer_versions_name", { name }));
  dialog.classList.add("customer-dialog");
  const said = h("p", { class: "error", role: "alert" });
  const list = h("ol", { class: "versions" });
  dialog.append(said, list);
  dialog.showModal();
  try {
    const found = await get(`/api/texts/${key}`);
    const { default: usual } = drafts.stored(key);
    list.replaceChildren(...rows(texts, found, usual).map((row, at) => version(texts, drafts, key, row, at === 0, () => dialog.close())));
  } catch (failure) {
    setText(said, why(texts, failure));
  }
}

/**
 * @param {Texts} texts
 * @param {TextVersions} found
 * @param {string} usual
 * @returns {Row[]}
 */
function rows(texts, { now, versions }, usual) {
  const saved = versions.map(({ text, by, at }, place) => {
    const head = texts.t("admin.customer_version_by", { name: by, when: when(texts, at, now) });
    return { text, before: versions[place + 1]?.text ?? usual, head };
  });
  return [...saved, { text: null, before: null, head: texts.t("admin.customer_version_first") }];
}

/**
 * @param {Texts} texts
 * @param {Drafts} drafts
 * @param {string} key
 * @param {Row} row
 * @param {boolean} newest
 * @param {() => void} close
 */
function version(texts, drafts, key, { text, before, head }, newest, close) {
  const { default: usual, language } = drafts.stored(key);
  const words = text ?? usual;
  const take = h("button", { class: "button", type: "button" }, texts.t("admin.customer_version_restore"));
  take.setAttribute("aria-label", `${texts.t("admin.customer_version_restore")}: ${head}`);
  explain(take, words === drafts.text(key) ? texts.t("admin.customer_version_same") : "");
  take.addEventListener("click", () => {
    if (!isEnabled(take)) return;
    drafts.setText(key, text);
    close();
    tell(texts.t("admin.customer_version_taken"));
  });
  const chips = [newest && before !== null && "admin.customer_version_now", text === null && before !== null && "admin.customer_version_default"].map(
    (one) => one && h("span", { class: "chip" }, texts.t(one)),
  );
  const title = h("div", { class: "version-head" }, h("strong", { dir: "auto" }, head), ...chips);
  const marks = h("div", { class: "version-words", lang: language }, drawDifference(texts, before ?? words, words));
  const summary = texts.t(before === null ? "admin.customer_version_text" : "admin.customer_version_changed");
  const more = h("details", { open: newest }, h("summary", {}, summary), marks);
  return h("li", {}, title, more, take);
}
