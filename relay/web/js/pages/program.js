/** The way into the program works without this: here codes can be copied, and the page tells how
 * far one is. */

import { load } from "../core/texts.js";
import { sendOnce } from "./portal/once.js";
import { offerCopies } from "./program/copies.js";
import { followSteps } from "./program/progress.js";

// The download has begun: whoever loads the page again does not want it twice.
if (location.search) history.replaceState(null, "", location.pathname);

const texts = await load();
offerCopies(texts);
followSteps(texts);
sendOnce();
