/** What the browser remembers for a page. It may be full, forbidden or forgetful: then nothing. */

/** @typedef {"localStorage" | "sessionStorage"} Where */

/**
 * @param {Where} where
 * @param {string} name
 */
export function recall(where, name) {
  try {
    return window[where].getItem(name) ?? "";
  } catch {
    return "";
  }
}

/**
 * @param {Where} where
 * @param {string} name
 * @param {string} value
 */
export function remember(where, name, value) {
  try {
    window[where].setItem(name, value);
  } catch {
    // Then it holds until the page is left.
  }
}
