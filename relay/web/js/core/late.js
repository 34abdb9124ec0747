/** Parts of a page that are loaded when they are needed. */

let tries = 0;

/**
 * The module that `load` imports; `address` is its own. A browser may remember for good that one
 * could not be had (HTML, "module map"), so whoever comes again asks under another address.
 * Rejects when it cannot be had now.
 * @template T
 * @param {() => Promise<T>} load
 * @param {string} address
 * @returns {Promise<T>}
 */
export async function late(load, address) {
  try {
    return await load();
  } catch {
    tries += 1;
    return /** @type {T} */ (await import(`${address}?again=${tries}`));
  }
}
