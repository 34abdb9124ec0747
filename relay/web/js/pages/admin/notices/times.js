/** When a notice starts and ends, in the person's own time. */

import { h } from "../../../core/dom.js";
import { Refusal } from "../../../core/http.js";
import { labelled, radios } from "../site/fields.js";
import { fromField, toField, zone } from "./when.js";

/** @import { NoticeRow } from "../../../protocol.js" */
/** @import { Texts } from "../../../core/texts.js" */

const DAY_MS = 24 * 3600 * 1000;

/**
 * @param {Texts} texts
 * @param {NoticeRow | null} notice null: a new one
 */
export function noticeTimes(texts, notice) {
  const start = one(texts, "startsAt", {
    legend: "admin.notices_start",
    open: "admin.notices_start_now",
    at: "admin.notices_start_at",
    time: "admin.notices_start_time",
    value: notice?.startsAt ?? null,
    suggested: Date.now(),
  });
  const end = one(texts, "endsAt", {
    legend: "admin.notices_end",
    open: "admin.notices_end_open",
    at: "admin.notices_end_at",
    time: "admin.notices_end_time",
    value: notice?.endsAt ?? null,
    suggested: Date.now() + DAY_MS,
  });
  const both = h("div", { class: "notice-times" }, start.element, end.element);
  const hint = h("p", { class: "hint" }, texts.t("admin.notices_zone", { zone: zone() }));
  const element = h("div", { class: "sheet-group" }, both, hint);
  return { element, value: () => ({ startsAt: start.value(), endsAt: end.value() }) };
}

/**
 * @typedef {{ legend: string, open: string, at: string, time: string, value: number | null, suggested: number }} Words
 * @param {Texts} texts
 * @param {string} name
 * @param {Words} words
 */
function one(texts, name, { legend, open, at, time, value, suggested }) {
  const which = radios(texts.t(legend), `notice-${name}`, [
    { value: "open", label: texts.t(open), on: value === null },
    { value: "at", label: texts.t(at), on: value !== null },
  ]);
  const input = h("input", { class: "input", type: "datetime-local", name });
  const held = toField(value ?? suggested);
  input.value = held;
  const field = labelled(texts.t(time), input);
  const adjust = () => (field.hidden = which.chosen() === "open");
  which.element.addEventListener("change", adjust);
  adjust();
  which.element.append(field);
  const read = () => {
    if (which.chosen() === "open") return null;
    // The field counts minutes: what was not touched keeps its seconds.
    if (value !== null && input.value === held) return value;
    const moment = fromField(input.value);
    if (moment === null) throw new Refusal({ code: "bad_input", field: name, detail: "no_time" });
    return moment;
  };
  return { element: which.element, value: read };
}
