/** Light markup as elements: what somebody wrote becomes text nodes, never markup of the page. */

import { h } from "./dom.js";
import { blocks, spans } from "./markup.js";

/** @import { Span } from "./markup.js" */
/** @import { Texts } from "./texts.js" */

/**
 * The paragraphs and lists of a longer text: an agreement, a notice.
 * @param {Texts} texts
 * @param {string} text
 */
export function drawBlocks(texts, text) {
  const drawn = blocks(text).map(([isList, items]) => {
    const inner = items.map((item) => item.map((span) => drawSpan(texts, span)));
    return isList ? h("ul", {}, ...inner.map((one) => h("li", {}, ...one))) : h("p", {}, ...inner.flat());
  });
  return h("div", "blocks", ...drawn);
}

/**
 * One line.
 * @param {Texts} texts
 * @param {string} text
 */
export function drawSpans(texts, text) {
  return spans(text).map((span) => drawSpan(texts, span));
}

/**
 * @param {Texts} texts
 * @param {Span} span
 * @returns {Node | string}
 */
function drawSpan(texts, [kind, text]) {
  switch (kind) {
    case "text":
      return text;
    case "bold":
      return h("strong", {}, text);
    case "italic":
      return h("em", {}, text);
    case "link":
      return drawLink(texts, text);
  }
}

/**
 * A link as it was written, opened only when a person chooses so. Where the address hides its host
 * (`https://bank.example@evil.example`), the host is shown beside it.
 * @param {Texts} texts
 * @param {string} text
 */
function drawLink(texts, text) {
  if (!URL.canParse(text)) return text;
  const url = new URL(text);
  const title = texts.t("page.link_tab", { host: url.host });
  const link = h("a", { href: url.href, target: "_blank", rel: "noopener noreferrer", title }, text);
  const plain = text.toLowerCase().startsWith(`${url.protocol}//${url.host}`);
  const honest = plain && /^[a-z]+:\/\/[^/?#@\\]*([/?#]|$)/i.test(text);
  return honest ? link : h("span", {}, link, h("span", "host", ` (${url.host})`));
}
