/** What the browser remembers for a page. It may be full, forbidden or forgetful: then nothing. */

/** @typedef {"localStorage" | "sessionStorage"} Where the tab's own drawer, unless told */

/**
 * @param {string} name
 * @param {Where} [where]
 */
export function recall(name, where = "sessionStorage") {
  try {
    return window[where].getItem(name) ?? "";
  } catch {
    return "";
  }
}

/**
 * @param {string} name
 * @param {string} value
 * @param {Where} [where]
 */
export function remember(name, value, where = "sessionStorage") {
  try {
    window[where].setItem(name, value);
  } catch {
    // Then it holds until the page is left.
  }
}
