/** Chat lines as spans, exactly as `protocol/markup.py` reads them. */

import { MARKUP } from "../protocol.js";

/** @typedef {"text" | "bold" | "italic" | "link"} SpanKind */
/** @typedef {readonly [SpanKind, string]} Span */
/**
 * A paragraph (false, one item) or a list (true, an item each); an item is the spans of its lines.
 * @typedef {readonly [boolean, readonly (readonly Span[])[]]} Block
 */

/** @type {readonly SpanKind[]} */
const KINDS = ["link", "bold", "italic"];
const TAIL = new Set(MARKUP.LINK_TAIL);

/** What Python calls the end of a line, and what it calls blank. */
const LINES = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/;
const BLANKS = "(?:[^\\S\\ufeff]|[\\x1c-\\x1f\\x85])+";
const AROUND = new RegExp(`^${BLANKS}|(?<!${BLANKS})${BLANKS}$`, "g");

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

/**
 * The paragraphs and lists of a longer text. Lines that begin with `- ` are items of a list; an
 * empty line ends a paragraph. A single line break inside a paragraph stays one.
 * @param {string} text
 * @returns {Block[]}
 */
export function blocks(text) {
  /** @type {[boolean, string[]][]} */
  const found = [];
  let open = false;
  for (const line of text.split(LINES).map(stripped)) {
    const isItem = line.startsWith("- ");
    const last = found.at(-1);
    if (line && open && last?.[0] === isItem) last[1].push(line);
    else if (line) found.push([isItem, [line]]);
    open = line !== "";
  }
  return found.map(([isList, lines]) => {
    const items = isList ? lines.map((line) => stripped(line.slice(2))) : [lines.join("\n")];
    return [isList, items.map(spans)];
  });
}

/** @param {string} text */
function stripped(text) {
  return text.replace(AROUND, "");
}

/** A beginning of a text is so long. */
const MOST_CHARS = 80;

/** The beginning of a text without its markers, on one line. @param {string} text */
export function plain(text) {
  return shortened(spans(text).map(([, part]) => part).join("").replace(/\s+/g, " ").trim());
}

/**
 * At most `MOST_CHARS` code points, so that no character is cut in two.
 * @param {string} text
 */
export function shortened(text) {
  const chars = [...text];
  return chars.length <= MOST_CHARS ? text : `${chars.slice(0, MOST_CHARS - 1).join("").trimEnd()}…`;
}
