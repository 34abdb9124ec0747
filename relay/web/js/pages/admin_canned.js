/** The canned messages that representatives share: everybody's, and those of teams. */

import { get } from "../core/http.js";
import { load } from "../core/texts.js";
import { wrong } from "./admin/site/wrong.js";
import { tell } from "./admin/toast.js";
import { frame, organisation } from "./canned/frame.js";
import { CannedList } from "./canned/list.js";
import { sharedOf } from "./canned/shelves.js";

/** @import { SharedMessages } from "../protocol.js" */
/** @import { Place } from "./canned/dialog.js" */

const texts = await load();
/** @type {SharedMessages} */
let known = { messages: [], teams: [], most: 0 };

const words = { title: texts.t("admin.canned"), text: texts.t("canned.shared_text") };
const { acts, search, show } = frame(texts, words, place, draw);
const list = new CannedList(texts, { title: "", hint: "", none: texts.t("canned.shared_none"), acts });

/** @returns {Place} */
function place() {
  return { address: "/api/shared-canned", rows: known.messages, teams: known.teams, site: organisation(), changed: refresh };
}

async function refresh() {
  try {
    known = await get("/api/shared-canned");
    draw(search.value);
  } catch (failure) {
    tell(wrong(texts, failure));
  }
}

/** @param {string} query */
function draw(query) {
  list.draw(sharedOf(known.messages, known.teams), query);
}

show(list.element);
await refresh();
