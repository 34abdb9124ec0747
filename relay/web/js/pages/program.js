/** The way into the program works without this: here codes can be copied, and the page tells how
 * far one is. */

import { load } from "../core/texts.js";
import { sendOnce } from "./portal/once.js";
import { offerCopies } from "./program/copies.js";
import { followSteps } from "./program/progress.js";

// The name that was typed at the portal, behind the # so that no server is told it by an address.
const name = document.getElementById("name");
if (name instanceof HTMLInputElement && location.hash) name.value = decoded(location.hash.slice(1));

// The download has begun: whoever loads the page again does not want it twice.
if (location.search || location.hash) history.replaceState(null, "", location.pathname);

const texts = await load();
offerCopies(texts);
followSteps(texts);
sendOnce();

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
