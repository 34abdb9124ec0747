/** Which canned messages are meant by what somebody types. Pure. */

/**
 * A message on its shelf: one's own, a team's (`team` is its name) or everybody's.
 * @typedef {object} Message
 * @property {string} id
 * @property {string} path
 * @property {Readonly<Record<string, string>>} texts
 * @property {"own" | "team" | "all"} shelf
 * @property {string} team
 */

/** Longer words after a slash are no search any more. */
const MOST_CHARS = 60;

/** How well a message fits; less is better. */
const NAME = 0;
const PATH = 1;
const TEXT = 2;

/**
 * What is searched for where somebody writes: from a slash at the start or after a blank up to the
 * cursor, on one line; null when nothing is.
 * @param {string} text
 * @param {number} caret
 * @returns {{ start: number, query: string } | null}
 */
export function asked(text, caret) {
  const line = text.slice(text.lastIndexOf("\n", caret - 1) + 1, caret);
  const match = /(?:.*\s|^)\/(\S.*)?$/s.exec(line);
  const query = match?.[1] ?? "";
  if (!match || [...query].length > MOST_CHARS) return null;
  return { start: caret - query.length - 1, query };
}

/**
 * The messages that `query` means, best first; all of them, in their order, for an empty one.
 * Every word must begin a word of the path or stand in a text.
 * @param {readonly Message[]} messages
 * @param {string} query
 * @returns {readonly Message[]}
 */
export function found(messages, query) {
  const wanted = wordsOf(query);
  if (!wanted.length) return messages;
  const ranked = messages.map((message) => ({ message, rank: rank(message, wanted) }));
  const fitting = ranked.filter(({ rank }) => rank !== null);
  return fitting.sort((a, b) => Number(a.rank) - Number(b.rank)).map(({ message }) => message);
}

/**
 * The folders of a message, and its own name.
 * @param {string} path
 */
export function split(path) {
  const parts = path.split("/");
  return { folders: parts.slice(0, -1), name: parts.at(-1) ?? "" };
}

/**
 * A path as people read it.
 * @param {string} path
 */
export function shownPath(path) {
  return path.split("/").join(" › ");
}

/**
 * @param {Message} message
 * @param {readonly string[]} wanted
 */
function rank({ path, texts }, wanted) {
  const { name } = split(path);
  if (begins(wordsOf(name), wanted)) return NAME;
  const words = wordsOf(path);
  if (begins(words, wanted)) return PATH;
  const all = folded(Object.values(texts).join("\n"));
  return wanted.every((word) => words.some((one) => one.startsWith(word)) || all.includes(word)) ? TEXT : null;
}

/**
 * @param {readonly string[]} words
 * @param {readonly string[]} wanted
 */
function begins(words, wanted) {
  return wanted.every((word) => words.some((one) => one.startsWith(word)));
}

/** @param {string} text */
function wordsOf(text) {
  return folded(text).split(/[\s/]+/).filter(Boolean);
}

/** Without capitals and accents, so that nobody has to type them. @param {string} text */
function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ß", "ss");
}
