/** What came in: counted by question, for a span of time; texts as texts. */

import { h, icon, press, setText } from "../../../core/dom.js";
import { get } from "../../../core/http.js";
import { when } from "../when.js";
import { why } from "../why.js";
import { inLanguage } from "./draft.js";
import { KINDS } from "./question.js";

/** @import { SurveyBar, SurveyResult, SurveyResults } from "../../../protocol.js" */
/** @import { Texts } from "../../../core/texts.js" */

const PATH = "/api/survey/results";
const SPANS = /** @type {const} */ (["7", "30", "90", ""]);
const MOST_STARS = 5;
const SHOWN = 5;
const WIDE = 100;
const SVG = "http://www.w3.org/2000/svg";

export class Results {
  /**
   * @param {Texts} texts
   * @param {readonly string[]} languages
   */
  constructor(texts, languages) {
    this._texts = texts;
    this._languages = languages;
    this._span = h("select", { class: "input survey-span", "aria-label": texts.t("admin.survey_span") });
    for (const days of SPANS) {
      const words = days ? texts.t("admin.survey_days", { n: days }) : texts.t("admin.survey_ever");
      this._span.append(h("option", { value: days, selected: days === "30" }, words));
    }
    this._span.addEventListener("change", () => void this.refresh());
    this._people = h("p", { role: "status" });
    this._file = h("a", { class: "button", download: true }, icon("down"), texts.t("admin.survey_csv"));
    this._list = h("div", { class: "survey-results" });
    const head = h("div", { class: "survey-results-head" }, this._span, this._people, this._file);
    this.element = h("div", { class: "survey-found" }, head, this._list);
  }

  async refresh() {
    const query = this._span.value ? `?days=${this._span.value}` : "";
    this._file.href = `${PATH}.csv${query}`;
    try {
      this._draw(await get(PATH + query));
    } catch (failure) {
      this._list.replaceChildren();
      setText(this._people, why(this._texts, failure));
    }
  }

  /** @param {SurveyResults} found */
  _draw({ now, people, questions }) {
    const texts = this._texts;
    setText(this._people, people ? texts.count("admin.survey_people", people) : texts.t("admin.survey_nobody"));
    this._file.hidden = !people;
    this._list.replaceChildren(...(people ? questions.map((one) => this._question(one, now)) : []));
  }

  /**
   * @param {SurveyResult} result
   * @param {number} now
   */
  _question({ kind, text, current, count, total, bars, remarks }, now) {
    const { _texts: texts } = this;
    const title = h("h3", { dir: "auto" }, this._words(text));
    const before = !current && h("span", { class: "chip" }, texts.t("admin.survey_before"));
    const counted = texts.count("admin.survey_answers", count);
    const average = kind === "stars" && count > 0 && this._average(total / count);
    const about = h("p", { class: "soft" }, texts.t(KINDS[kind]), " · ", counted);
    const shown = kind === "text" ? this._remarks(remarks, count, now) : this._table(bars, kind === "stars", count, this._words(text));
    return h("section", { class: "survey-result" }, h("div", { class: "customer-head" }, title, before || null), about, average || null, shown);
  }

  /** @param {number} mean */
  _average(mean) {
    const n = mean.toLocaleString(this._texts.language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
    return h("p", { class: "survey-average" }, icon("star"), this._texts.t("admin.survey_average", { n, most: MOST_STARS }));
  }

  /**
   * @param {readonly SurveyBar[]} bars
   * @param {boolean} stars
   * @param {number} count
   * @param {string} name
   */
  _table(bars, stars, count, name) {
    const rows = bars.map((bar) => {
      const label = stars ? this._texts.count("steps.survey_stars", bar.number) : this._words(bar.text);
      const share = count ? bar.count / count : 0;
      const percent = share.toLocaleString(this._texts.language, { style: "percent", maximumFractionDigits: 0 });
      const sign = stars ? h("span", { "aria-hidden": "true" }, `${bar.number} ★`) : null;
      const said = h("span", stars ? { class: "only-read" } : { dir: "auto" }, label);
      return h("tr", {}, h("th", { scope: "row" }, sign, said), h("td", { class: "survey-bar" }, drawBar(share)), h("td", {}, String(bar.count)), h("td", {}, percent));
    });
    return h("table", { class: "survey-bars" }, h("caption", { class: "only-read" }, name), h("tbody", {}, ...rows));
  }

  /**
   * @param {SurveyResult["remarks"]} remarks
   * @param {number} count
   * @param {number} now
   */
  _remarks(remarks, count, now) {
    const { _texts: texts } = this;
    const drawn = remarks.map(({ at, text }) =>
      h("li", {}, h("p", { dir: "auto", class: "survey-remark" }, text), h("p", { class: "soft" }, when(texts, at, now))),
    );
    const list = h("ul", { class: "survey-remarks" }, ...drawn.slice(0, SHOWN));
    const others = drawn.slice(SHOWN);
    if (!others.length) return list;
    const cut = count > remarks.length && h("p", { class: "soft" }, texts.t("admin.survey_cut", { n: remarks.length }));
    const more = press(texts.count("admin.survey_more", others.length), () => {
      list.append(...others);
      if (cut) more.before(cut);
      more.remove();
      others[0]?.setAttribute("tabindex", "-1");
      others[0]?.focus();
    });
    return h("div", { class: "survey-remarks" }, list, more);
  }

  /** @param {Readonly<Record<string, string>>} text */
  _words(text) {
    return inLanguage(text, this._languages);
  }
}

/** The numbers beside it say the same. @param {number} share */
function drawBar(share) {
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("viewBox", `0 0 ${WIDE} 1`);
  picture.setAttribute("preserveAspectRatio", "none");
  picture.setAttribute("aria-hidden", "true");
  const bar = document.createElementNS(SVG, "rect");
  bar.setAttribute("width", String(share * WIDE));
  bar.setAttribute("height", "1");
  picture.append(bar);
  return picture;
}
