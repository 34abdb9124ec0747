/** What is different between two texts: line by line, and word by word where a line changed. Pure. */

/** A piece of a line. @typedef {{ readonly text: string, readonly marked: boolean }} Piece */
/** @typedef {{ readonly kind: "same" | "added" | "removed", readonly pieces: readonly Piece[] }} Row */

/**
 * The lines of `newer` as they came out of `older`.
 * @param {string} older
 * @param {string} newer
 * @returns {Row[]}
 */
export function difference(older, newer) {
  /** @type {Row[]} */
  const rows = [];
  /** @type {string[]} */
  let gone = [];
  /** @type {string[]} */
  let come = [];
  const flush = () => {
    rows.push(...changed(gone, come));
    [gone, come] = [[], []];
  };
  for (const [kind, line] of steps(older.split("\n"), newer.split("\n"))) {
    if (kind === "removed") gone.push(line);
    else if (kind === "added") come.push(line);
    else {
      flush();
      rows.push({ kind: "same", pieces: [{ text: line, marked: false }] });
    }
  }
  flush();
  return rows;
}

/**
 * Lines that took the place of others: each beside the one it came from, while there are both.
 * @param {string[]} gone
 * @param {string[]} come
 * @returns {Row[]}
 */
function changed(gone, come) {
  const pairs = Math.min(gone.length, come.length);
  const removed = gone.map((line, at) => row("removed", line, at < pairs ? come[at] : undefined));
  const added = come.map((line, at) => row("added", line, at < pairs ? gone[at] : undefined));
  return Array.from({ length: Math.max(gone.length, come.length) }).flatMap((_, at) =>
    [removed[at], added[at]].filter((one) => one !== undefined),
  );
}

/**
 * @param {"added" | "removed"} kind
 * @param {string} line
 * @param {string | undefined} other the line on the other side
 * @returns {Row}
 */
function row(kind, line, other) {
  if (other === undefined) return { kind, pieces: [{ text: line, marked: true }] };
  const [from, to] = kind === "removed" ? [line, other] : [other, line];
  /** @type {Piece[]} */
  const pieces = [];
  for (const [step, text] of steps(words(from), words(to))) {
    const marked = step !== "same";
    if (marked && step !== kind) continue;
    const last = pieces.at(-1);
    if (last?.marked === marked) pieces[pieces.length - 1] = { text: last.text + text, marked };
    else pieces.push({ text, marked });
  }
  return { kind, pieces };
}

/** Words, blanks and signs, none lost. @param {string} line */
function words(line) {
  return line.match(/[\p{L}\p{N}\p{M}]+|\s+|[^\p{L}\p{N}\p{M}\s]/gu) ?? [];
}

/**
 * How `newer` comes out of `older` with the fewest steps (longest common subsequence).
 * @param {readonly string[]} older
 * @param {readonly string[]} newer
 * @returns {["same" | "added" | "removed", string][]}
 */
function steps(older, newer) {
  const width = newer.length + 1;
  const common = new Uint16Array((older.length + 1) * width);
  const at = (/** @type {number} */ o, /** @type {number} */ n) => common[o * width + n] ?? 0;
  for (let o = older.length - 1; o >= 0; o -= 1) {
    for (let n = newer.length - 1; n >= 0; n -= 1) {
      common[o * width + n] = older[o] === newer[n] ? at(o + 1, n + 1) + 1 : Math.max(at(o + 1, n), at(o, n + 1));
    }
  }
  /** @type {["same" | "added" | "removed", string][]} */
  const found = [];
  let [o, n] = [0, 0];
  while (o < older.length || n < newer.length) {
    const [was, is] = [older[o], newer[n]];
    if (was !== undefined && was === is) {
      found.push(["same", was]);
      [o, n] = [o + 1, n + 1];
    } else if (was !== undefined && (is === undefined || at(o + 1, n) >= at(o, n + 1))) {
      found.push(["removed", was]);
      o += 1;
    } else if (is !== undefined) {
      found.push(["added", is]);
      n += 1;
    }
  }
  return found;
}
