/** Drawing rows of the log. */

import { drawSpans } from "../core/blocks.js";
import { h, icon, setText } from "../core/dom.js";
import { clock } from "../core/time.js";

/** @import { Texts } from "../core/texts.js" */
/** @import { FileRow, Line, Row } from "./lines.js" */

/**
 * The element of `row`, new or brought up to date.
 * @param {Texts} texts
 * @param {Exclude<Row, FileRow>} row
 * @param {HTMLElement | null} present
 * @param {(line: Line) => void} takeBack a refused line goes back to the entry
 */
export function draw(texts, row, present, takeBack) {
  if (row.kind === "line") return drawLine(texts, row, present, takeBack);
  const element = present ?? h("p", { class: `line-${row.kind}` });
  setText(element, row.text);
  return element;
}

/**
 * @param {Texts} texts
 * @param {Line} line
 * @param {HTMLElement | null} present
 * @param {(line: Line) => void} takeBack
 */
function drawLine(texts, line, present, takeBack) {
  const name = h("span", "line-name");
  const bubble = h("div", "bubble");
  const foot = h("div", { class: "line-foot", "aria-live": "off" });
  const element = present ?? h("div", {}, name, bubble, foot);
  const runs = [line.own && "own", line.first && "first", line.last && "last", line.mark];
  element.className = ["line", ...runs.filter(Boolean)].join(" ");
  const look = `${line.name}|${line.last}|${line.mark}|${line.why}`;
  if (element.dataset.look === look) return element;
  element.dataset.look = look;
  if (!present) bubble.append(...drawSpans(texts, line.text));
  drawName(element.children[0], texts, line);
  drawFoot(element.children[2], texts, line, takeBack);
  return element;
}

/**
 * Whose line it is: seen above a run, read with every line.
 * @param {Element | undefined} name
 * @param {Texts} texts
 * @param {Line} line
 */
function drawName(name, texts, line) {
  if (!name) return;
  name.className = line.name ? "line-name" : "only-read";
  setText(name, line.own ? texts.t("person.you") : line.name);
}

/**
 * @param {Element | undefined} foot
 * @param {Texts} texts
 * @param {Line} line
 * @param {(line: Line) => void} takeBack
 */
function drawFoot(foot, texts, line, takeBack) {
  if (!(foot instanceof HTMLElement)) return;
  foot.hidden = !line.last && line.mark === "";
  foot.className = line.mark === "refused" ? "line-foot refused" : "line-foot";
  foot.replaceChildren(h("time", {}, clock(texts, line.at)), ...marks(texts, line, takeBack));
}

/**
 * @param {Texts} texts
 * @param {Line} line
 * @param {(line: Line) => void} takeBack
 * @returns {(Node | string)[]}
 */
function marks(texts, line, takeBack) {
  switch (line.mark) {
    case "":
      return [];
    case "pending":
      return [icon("pending", "small"), texts.t("chat.pending")];
    case "stored":
      return [icon("stored", "small"), texts.t("chat.stored")];
    case "seen":
      return [h("span", "state mark-seen", icon("seen", "small"), texts.t("chat.seen"))];
    case "refused": {
      const why = texts.t(`error.${line.why}`, { detail: "" });
      const told = [icon("alert", "small"), texts.t("chat.refused", { why })];
      if (line.why === "ended") return told;
      const again = h("button", { class: "button", type: "button", onclick: () => takeBack(line) });
      again.append(texts.t("page.edit"));
      return [...told, again];
    }
  }
}
