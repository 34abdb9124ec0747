/** Building elements. What a person wrote becomes text, never markup. */

/** @typedef {Node | string | null | false} Child */
/** @typedef {Readonly<Record<string, string | boolean | EventListener>>} Properties */

/**
 * An element. `class`, `aria-…` and other attributes by name; `on…` takes a listener; true sets
 * an empty attribute and false leaves it out. A mere string is its class.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Properties | string} [properties]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  const named = typeof properties === "string" ? { class: properties } : properties;
  for (const [name, value] of Object.entries(named)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== false));
  return element;
}

/**
 * A button.
 * @param {string} words
 * @param {() => void} onclick
 * @param {string} [look] further classes
 */
export function press(words, onclick, look = "") {
  return h("button", { class: `button ${look}`.trim(), type: "button", onclick }, words);
}

/**
 * An icon of the sprite. It says nothing by itself: a text or a name stands beside it.
 * @param {string} name
 * @param {"" | "small"} [size]
 */
export function icon(name, size = "") {
  const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  picture.setAttribute("class", `icon ${size}`.trim());
  picture.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `/static/icons/sprite.svg#${name}`);
  picture.append(use);
  return picture;
}

/**
 * The element with this id. Throws `TypeError` when the page has none of that kind: a bug.
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} kind
 * @returns {T}
 */
export function byId(id, kind) {
  const element = document.getElementById(id);
  if (element instanceof kind) return element;
  throw new TypeError(`no ${kind.name} #${id}`);
}

/**
 * Enable a button, or disable it and say why: as a tooltip and to readers. It stays in the tab
 * order, so that the reason can be found by keyboard.
 * @param {HTMLButtonElement} button
 * @param {string} why empty: enabled
 */
export function explain(button, why) {
  if (button.dataset.why === why) return;
  button.dataset.why = why;
  button.dataset.title ??= button.title;
  button.setAttribute("aria-disabled", String(why !== ""));
  button.title = why || button.dataset.title;
  if (why) button.setAttribute("aria-description", why);
  else button.removeAttribute("aria-description");
}

/** @param {HTMLButtonElement} button */
export function isEnabled(button) {
  return button.getAttribute("aria-disabled") !== "true";
}

/**
 * Set a text only when it differs, so that readers and selections are left in peace.
 * @param {Node} node
 * @param {string} text
 */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * Make `parent` show `rows` in order. Elements are known by `key` and stay, and with them focus,
 * selection and hover: `draw` gets a row and its present element (null: new) and returns the
 * element to show.
 * @template {{ readonly key: string }} R
 * @param {HTMLElement} parent
 * @param {readonly R[]} rows
 * @param {(row: R, present: HTMLElement | null) => HTMLElement} draw
 */
export function reconcile(parent, rows, draw) {
  const present = new Map(elements(parent).map((element) => [element.dataset.key, element]));
  const wanted = rows.map((row) => {
    const element = draw(row, present.get(row.key) ?? null);
    element.dataset.key = row.key;
    return element;
  });
  const kept = new Set(wanted);
  for (const element of elements(parent)) if (!kept.has(element)) element.remove();
  wanted.forEach((element, place) => {
    const there = parent.children[place] ?? null;
    if (there !== element) parent.insertBefore(element, there);
  });
}

/** @param {HTMLElement} parent */
function elements(parent) {
  return [...parent.children].filter((child) => child instanceof HTMLElement);
}
