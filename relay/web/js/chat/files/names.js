/** Names of files: what is shown of one, what is said to the relay, and which are not accepted. Pure. */

import { LIMITS } from "../../protocol_more.js";

/** Control characters, and marks that turn or hide the letters around them. */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;

/** What no name of a file may hold on one system or another. */
const PARTED = /[\\/:*?"<>|]/g;

/**
 * A name as it can be shown: nothing in it turns letters around, so that `exe.fdp` stays that.
 * @param {string} name
 */
export function shownName(name) {
  return name.replace(UNSEEN, "").trim() || "?";
}

/**
 * A name to save a file under; the browser adds its own care.
 * @param {string} name
 */
export function savedName(name) {
  const plain = shownName(name).replace(PARTED, "_").replace(/^[. ]+|[. ]+$/g, "");
  return plain || "_";
}

/**
 * A name as the relay takes it: not too long, and with its ending.
 * @param {string} name
 */
export function sentName(name) {
  const chars = [...name.replace(/\p{Surrogate}/gu, "\ufffd")];
  if (chars.length <= LIMITS.FILE_NAME_CHARS) return chars.join("").trim() ? chars.join("") : "_";
  const dot = chars.lastIndexOf(".");
  const ending = dot > 0 && chars.length - dot <= 16 ? chars.slice(dot) : [];
  return [...chars.slice(0, LIMITS.FILE_NAME_CHARS - ending.length), ...ending].join("");
}

/**
 * Whether a name fits one of the patterns (`*.exe`), as `is_blocked` of `relay/domain/files.py`,
 * which has the last word.
 * @param {string} name
 * @param {readonly string[]} patterns
 */
export function isBlocked(name, patterns) {
  const plain = folded(name);
  const names = [plain, plain.split(":")[0] ?? ""].map((one) => one.replace(/[. ]+$/, ""));
  return patterns.some((pattern) => names.some((one) => expression(folded(pattern)).test(one)));
}

/** @param {string} text */
function folded(text) {
  return text.normalize("NFKC").toLowerCase();
}

/** A pattern with `*`, `?` and `[…]`, as Python's `fnmatch` reads it. @param {string} pattern */
function expression(pattern) {
  const source = pattern.replace(/\[(!?)([^\]]+)\]|[\s\S]/g, (all, not, set) => {
    if (set !== undefined) return `[${not ? "^" : ""}${set.replace(/[\\\]^[]/g, "\\$&")}]`;
    if (all === "*") return "[^]*";
    return all === "?" ? "[^]" : all.replace(/[\\^$.|+()[\]{}/-]/g, "\\$&");
  });
  try {
    return new RegExp(`^${source}$`, "u");
  } catch {
    // What this page cannot read, the relay judges.
    return /(?!)/;
  }
}
