/** What can be done with a notice: send it now, say that it is solved. */

import { confirm } from "../../../chat/confirm.js";
import { h } from "../../../core/dom.js";
import { post, Refusal } from "../../../core/http.js";
import { boxes } from "../site/fields.js";
import { openSheet } from "../site/sheet.js";
import { wrong } from "../site/wrong.js";
import { tell } from "../toast.js";

/** @import { NoticeClosed, NoticeRow, Notices, NoticeSent } from "../../../protocol.js" */
/** @import { Texts } from "../../../core/texts.js" */

/**
 * @param {Texts} texts
 * @param {NoticeRow} notice
 */
export function sendNotice(texts, notice) {
  let sessions = 0;
  const to = boxes(texts.t("admin.notices_send_to"), [
    { value: "waiting", label: texts.t("admin.notices_send_waiting"), on: true },
    { value: "running", label: texts.t("admin.notices_send_running"), on: false },
  ]);
  openSheet(texts, {
    title: texts.t("admin.notices_send_title", { name: notice.name }),
    parts: [h("p", {}, texts.t("admin.notices_send_text")), to.element],
    yes: texts.t("admin.notices_send"),
    save: async () => {
      const chosen = to.chosen();
      if (chosen.length === 0) throw new Refusal({ code: "bad_input", detail: "nobody_chosen" });
      const wish = { waiting: chosen.includes("waiting"), running: chosen.includes("running") };
      const sent = /** @type {NoticeSent} */ (await post(`/api/notices/${notice.id}/send`, wish));
      sessions = sent.sessions;
    },
    done: () => tell(texts.count("admin.notices_sent", sessions)),
  });
}

/**
 * @param {Texts} texts
 * @param {Notices} known
 * @param {NoticeRow} notice
 * @param {() => Promise<void>} changed
 */
export async function closeNotice(texts, known, { id, name, toTell }, changed) {
  const mails = known.mail && toTell > 0;
  const sure = await confirm({
    title: texts.t("admin.notices_close_title", { name }),
    text: mails ? texts.count("admin.notices_close_tell", toTell) : texts.t("admin.notices_close_text"),
    yes: texts.t("admin.notices_close"),
    no: texts.t("admin.person_cancel"),
  });
  if (!sure) return;
  try {
    const { people } = /** @type {NoticeClosed} */ (await post(`/api/notices/${id}/close`));
    tell(people > 0 ? texts.count("admin.notices_close_told", people) : texts.t("admin.notices_close_done"));
  } catch (failure) {
    tell(wrong(texts, failure));
  }
  await changed();
}
