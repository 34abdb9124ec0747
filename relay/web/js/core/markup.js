/** Chat lines as spans, exactly as `protocol/markup.py` reads them. */

import { MARKUP } from "../protocol.js";

/** @typedef {"text" | "bold" | "italic" | "link"} SpanKind */
/** @typedef {readonly [SpanKind, string]} Span */

/** @type {readonly SpanKind[]} */
const KINDS = ["link", "bold", "italic"];
const TAIL = new Set(MARKUP.LINK_TAIL);

/**
 * The spans of one chat line; their texts joined are the line without its markers.
 * @param {string} text
 * @returns {Span[]}
 */
export function spans(text) {
  /** @type {Span[]} */
  const found = [];
  let at = 0;
  for (const match of text.matchAll(new RegExp(MARKUP.PATTERN, "g"))) {
    const group = match.slice(1).findIndex((part) => part !== undefined);
    const kind = /** @type {SpanKind} */ (KINDS[group]);
    let inner = /** @type {string} */ (match[group + 1]);
    let end = match.index + match[0].length;
    if (kind === "link") {
      inner = withoutTail(inner);
      end = match.index + inner.length;
    }
    if (match.index > at) found.push(["text", text.slice(at, match.index)]);
    found.push([kind, inner]);
    at = end;
  }
  if (at < text.length) found.push(["text", text.slice(at)]);
  return found;
}

/** @param {string} link */
function withoutTail(link) {
  let end = link.length;
  while (end > 0 && TAIL.has(link.charAt(end - 1))) end -= 1;
  return link.slice(0, end);
}
