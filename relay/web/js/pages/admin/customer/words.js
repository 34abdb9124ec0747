/** Texts with macros, exactly as `relay/domain/macros.py` and `wording.py` read them. Pure. */

const MACRO = /%([A-Za-z][A-Za-z_]{0,19})%/g;
const MACROS = new Set(["POSITION", "WAIT", "REP", "SITE", "ISSUE", "KEY", "CUSTOMER"]);
const BREAK = /\r\n|[\r\u2028\u2029]/g;
const CONTROL = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/;
/** What Python takes off the ends of a text. */
const BLANKS = "(?:[^\\S\\ufeff]|[\\x1c-\\x1f\\x85])+";
const AROUND = new RegExp(`^${BLANKS}|(?<!${BLANKS})${BLANKS}$`, "g");
const TURN = /[\u202a-\u202e\u2066-\u2069]/;

/** @typedef {"empty" | "long" | "control" | "turn" | "lines" | "macro_unknown" | "macro_misplaced"} FaultName */
/** Line and column count characters from 1. @typedef {{ fault: FaultName, line: number, column: number, what: string }} Place */
/** @typedef {{ readonly most: number, readonly macros: readonly string[], readonly lines: boolean }} Rule */

/**
 * `text` with each macro replaced by its value, once over; without a value it vanishes, and what
 * is no macro stays.
 * @param {string} text
 * @param {Readonly<Record<string, string>>} values
 */
export function filled(text, values) {
  return text.replace(MACRO, (written, name) => (MACROS.has(name) ? (values[name] ?? "") : written));
}

/** `text` as it is kept. @param {string} text */
export function tidied(text) {
  const lines = text.replace(BREAK, "\n").replaceAll("\t", " ").split("\n");
  return lines.map((line) => line.replace(/ +$/, "")).join("\n").replace(AROUND, "");
}

/** How long `text` is, in characters. @param {string} text */
export function length(text) {
  return [...tidied(text)].length;
}

/**
 * The first thing wrong with a text as it was typed, null when it is fine.
 * @param {string} typed
 * @param {Rule} rule
 * @returns {Place | null}
 */
export function faultOf(typed, { most, macros, lines }) {
  const kept = tidied(typed);
  if (!kept) return { fault: "empty", line: 1, column: 1, what: "" };
  const text = typed.replace(BREAK, "\n");
  /** @type {[number, FaultName, string][]} */
  const found = [
    [text.search(CONTROL), "control", ""],
    [text.search(TURN), "turn", ""],
    [!lines && kept.includes("\n") ? text.indexOf("\n") : -1, "lines", ""],
    [[...kept].length > most ? [...text].slice(0, most).join("").length : -1, "long", String(most)],
    macroFault(text, macros),
  ];
  const [first] = found.filter(([at]) => at >= 0).sort(([a, name], [b, other]) => a - b || (name < other ? -1 : 1));
  if (!first) return null;
  const [at, fault, what] = first;
  const before = text.slice(0, at).split("\n");
  return { fault, line: before.length, column: [...(before.at(-1) ?? "")].length + 1, what };
}

/**
 * @param {string} text
 * @param {readonly string[]} allowed
 * @returns {[number, FaultName, string]}
 */
function macroFault(text, allowed) {
  for (const match of text.matchAll(MACRO)) {
    const name = match[1] ?? "";
    if (!allowed.includes(name)) return [match.index, MACROS.has(name) ? "macro_misplaced" : "macro_unknown", name];
  }
  return [-1, "macro_unknown", ""];
}

/**
 * Where a place is in a field, as [start, end] of what is wrong there, in UTF-16 units.
 * @param {string} text
 * @param {Place} place
 * @returns {[number, number]}
 */
export function range(text, { fault, line, column, what }) {
  const lines = text.split("\n");
  const before = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  const there = [...(lines[line - 1] ?? "")];
  const start = before + there.slice(0, column - 1).join("").length;
  if (fault === "empty") return [0, text.length];
  if (fault === "long") return [start, text.length];
  const size = what ? what.length + 2 : (there[column - 1] ?? "\n").length;
  return [start, Math.min(text.length, start + size)];
}

/**
 * The place in the detail of a refusal, `fault:line:column:what`; null when it is none.
 * @param {string} detail
 * @returns {Place | null}
 */
export function placeIn(detail) {
  const match = /^([a-z_]+):(\d+):(\d+):(.*)$/s.exec(detail);
  if (!match) return null;
  const fault = /** @type {FaultName} */ (match[1]);
  return { fault, line: Number(match[2]), column: Number(match[3]), what: match[4] ?? "" };
}
