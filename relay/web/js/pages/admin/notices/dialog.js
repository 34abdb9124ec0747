/** The dialog in which a notice is written or changed. */

import { drawBlocks } from "../../../core/blocks.js";
import { h } from "../../../core/dom.js";
import { get, post } from "../../../core/http.js";
import { inLanguage, labelled, line, toggle } from "../site/fields.js";
import { openSheet } from "../site/sheet.js";
import { tell } from "../toast.js";
import { noticeRules } from "./rules.js";
import { noticeTexts } from "./texts.js";
import { noticeTimes } from "./times.js";

/** @import { NoticeRow, Notices } from "../../../protocol.js" */
/** @import { Texts } from "../../../core/texts.js" */

/**
 * @param {Texts} texts
 * @param {Notices} known
 * @param {NoticeRow | null} notice null: a new one; one without an id: a new one like it
 * @param {() => Promise<void>} changed
 */
export function openNotice(texts, known, notice, changed) {
  const id = notice?.id ?? "";
  let version = notice?.version ?? "";
  const name = line("name", notice?.name ?? "");
  const words = noticeTexts(texts, notice?.texts ?? {});
  const times = noticeTimes(texts, id ? notice : null);
  const automatic = toggle(texts.t("admin.notices_automatic"), notice?.automatic ?? true, texts.t("admin.notices_automatic_hint"));
  const rules = noticeRules(texts, known, notice);
  const named = labelled(texts.t("admin.notices_name"), name, texts.t("admin.notices_name_hint"));
  const form = h("div", { class: "sheet-form" }, named, words.element, times.element, automatic.element, rules.element);
  openSheet(texts, {
    title: id && notice ? texts.t("admin.person_edit_name", { name: notice.name }) : texts.t("admin.notices_add"),
    parts: [h("div", { class: "sheet-halves" }, form, words.preview)],
    yes: texts.t("admin.person_save"),
    wide: true,
    save: () =>
      post(id ? `/api/notices/${id}` : "/api/notices", {
        name: name.value,
        texts: words.value(),
        ...times.value(),
        automatic: automatic.input.checked,
        ...rules.value(),
        version,
      }),
    done: () => {
      void changed();
      tell(texts.t("admin.person_saved"));
    },
    newer: async () => {
      const now = /** @type {Notices} */ (await get("/api/notices"));
      const theirs = now.notices.find((one) => one.id === id);
      version = theirs?.version ?? version;
      return theirs ? stands(texts, theirs) : null;
    },
  });
}

/**
 * What somebody else has saved, so that nothing of it is overwritten unread.
 * @param {Texts} texts
 * @param {NoticeRow} theirs
 */
function stands(texts, theirs) {
  const all = Object.entries(theirs.texts).map(([language, text]) => {
    const drawn = drawBlocks(texts, text);
    drawn.lang = language;
    return drawn;
  });
  return h("div", { class: "sheet-stands" }, h("h3", {}, texts.t("admin.notices_theirs")), h("p", { dir: "auto" }, theirs.name || inLanguage(texts, theirs.texts)), ...all);
}
