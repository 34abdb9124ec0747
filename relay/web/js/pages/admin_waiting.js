/** Waiting times: what customers were told, against what happened. */

import { byId, h, icon } from "../core/dom.js";
import { get } from "../core/http.js";
import { load } from "../core/texts.js";
import { barChart, shareChart } from "./admin/site/charts.js";
import { wrong } from "./admin/site/wrong.js";
import { tell } from "./admin/toast.js";

/** @import { WaitSpan, WaitTimes } from "../protocol.js" */

const AIM = 0.8;

const texts = await load();
const percent = new Intl.NumberFormat(texts.language, { style: "percent", maximumFractionDigits: 0 });
const cards = h("div", { class: "waits" });

/**
 * A span of time as people say it: 45 s, 3 min 20 s.
 * @param {number} seconds
 */
function duration(seconds) {
  const unit = (/** @type {number} */ n, /** @type {string} */ name) =>
    new Intl.NumberFormat(texts.language, { style: "unit", unit: name, unitDisplay: "short" }).format(n);
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  if (minutes === 0) return unit(rest, "second");
  const words = rest === 0 || minutes >= 10 ? unit(Math.round(seconds / 60), "minute") : `${unit(minutes, "minute")} ${unit(rest, "second")}`;
  return words.replaceAll(" ", "\u00a0");
}

/**
 * @param {WaitTimes} times
 * @param {WaitSpan} span
 */
function card(times, span) {
  const heading = h("h2", {}, texts.count("admin.waiting_days", span.days));
  const unknown = span.unknown > 0 && h("p", { class: "soft" }, texts.count("admin.waiting_unknown", span.unknown));
  if (span.told < times.least) {
    const few = h("p", { class: "soft" }, texts.t("admin.waiting_few", { n: span.told, least: times.least }));
    return h("section", { class: "site-card wait" }, heading, few, unknown);
  }
  return h("section", { class: "site-card wait" }, heading, verdict(span), shares(span), figures(span), distances(times, span), unknown);
}

/** @param {WaitSpan} span */
function verdict({ inside, told }) {
  const share = inside / told;
  const good = share >= AIM;
  const sign = h("span", { class: good ? "state is-good" : "state is-off" }, icon(good ? "done" : "alert"), texts.t("admin.waiting_share", { percent: percent.format(share) }));
  const said = texts.t("admin.waiting_said", { inside, told });
  return h("p", { class: "wait-verdict" }, sign, h("span", {}, said), h("span", { class: "soft" }, texts.t("admin.waiting_aim")));
}

/** @param {WaitSpan} span */
function shares({ earlier, inside, later }) {
  const title = texts.t("admin.waiting_chart", { earlier, inside, later });
  return shareChart(title, [
    { kind: "earlier", value: earlier, words: texts.count("admin.waiting_earlier", earlier) },
    { kind: "inside", value: inside, words: texts.count("admin.waiting_inside", inside) },
    { kind: "later", value: later, words: texts.count("admin.waiting_later", later) },
  ]);
}

/** @param {WaitSpan} span */
function figures({ meanErrorS, medianErrorS, widthPercent, medianWaitS }) {
  const error = texts.t("admin.waiting_error", { mean: duration(meanErrorS), median: duration(medianErrorS) });
  const width = texts.t("admin.waiting_width", { percent: percent.format(widthPercent / 100), wait: duration(medianWaitS) });
  return h("div", {}, h("p", {}, error), h("p", {}, width));
}

/**
 * @param {WaitTimes} times
 * @param {WaitSpan} span
 */
function distances({ boundsS }, span) {
  const rows = span.distances.map((value, at) => ({
    label: distanceWords(boundsS, at),
    value,
    words: texts.count("admin.waiting_customers", value),
  }));
  return barChart(texts.t("admin.waiting_distances"), rows);
}

/**
 * @param {readonly number[]} bounds
 * @param {number} at
 */
function distanceWords(bounds, at) {
  const minutes = bounds.map((seconds) => seconds / 60);
  if (at === 0) return texts.t("admin.waiting_upto", { minutes: minutes[0] ?? 0 });
  const least = minutes[at - 1] ?? 0;
  const most = minutes[at];
  return most === undefined ? texts.t("admin.waiting_over", { minutes: least }) : texts.t("admin.waiting_between", { least, most });
}

const intro = h("div", {}, h("h1", {}, texts.t("admin.waiting")), h("p", { class: "soft" }, texts.t("admin.waiting_text")));
byId("main", HTMLElement).replaceChildren(h("div", { class: "admin-intro" }, intro), cards);
try {
  const times = /** @type {WaitTimes} */ (await get("/api/waits"));
  cards.replaceChildren(...times.spans.map((span) => card(times, span)));
} catch (failure) {
  tell(wrong(texts, failure));
}
