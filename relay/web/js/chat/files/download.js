/** Fetches one file from the relay, counts its sum, and hands it to the browser to save. */

import { Unreachable } from "../../core/http.js";
import { h } from "../../core/dom.js";
import { RANGE_BYTES } from "./limits.js";
import { Sha256 } from "./sha256.js";

/** @import { Around } from "./upload.js" */

/** The browser reads a blob when it begins to save it, and tells nobody when it has. */
const KEPT_MS = 60_000;

/**
 * All of a file of `size` bytes, and its sum. Throws what `again` lets through.
 * @param {number} size
 * @param {Around} around
 */
export async function download(size, { way, lanes, again, told }) {
  const digest = new Sha256();
  /** @type {Blob[]} */
  const parts = [];
  let done = 0;
  /** What has come stays, also when the link breaks in the middle. @param {Uint8Array<ArrayBuffer>} bytes */
  const keep = (bytes) => {
    digest.update(bytes);
    parts.push(new Blob([bytes]));
    done += bytes.length;
    told(done);
  };
  while (done < size) {
    await again(() => lanes.run(async () => read(await way.fetch(done, Math.min(RANGE_BYTES, size - done)), keep)));
  }
  return { blob: new Blob(parts, { type: "application/octet-stream" }), sha256: digest.hex() };
}

/**
 * @param {Response} response
 * @param {(bytes: Uint8Array<ArrayBuffer>) => void} keep
 */
async function read(response, keep) {
  const reader = response.body?.getReader();
  for (;;) {
    const { done, value } = await (reader?.read() ?? Promise.reject()).catch((error) => {
      throw new Unreachable(String(error));
    });
    if (done) return;
    keep(value);
  }
}

/**
 * Save it where the browser saves.
 * @param {Blob} blob
 * @param {string} name
 */
export function save(blob, name) {
  const href = URL.createObjectURL(blob);
  const link = h("a", { href, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(href), KEPT_MS);
}
