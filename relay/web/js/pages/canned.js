/** One's own canned messages, and the shared ones that one may use. */

import { get } from "../core/http.js";
import { load } from "../core/texts.js";
import { wrong } from "./admin/site/wrong.js";
import { tell } from "./admin/toast.js";
import { frame, organisation } from "./canned/frame.js";
import { CannedList } from "./canned/list.js";
import { usableOf } from "./canned/shelves.js";

/** @import { CannedMessages } from "../protocol.js" */
/** @import { Place } from "./canned/dialog.js" */

const texts = await load();
/** @type {CannedMessages} */
let known = { own: [], shared: [], teams: [], most: 0 };

const words = { title: texts.t("canned.title"), text: texts.t("canned.text") };
const { acts, search, show } = frame(texts, words, place, draw);
const own = new CannedList(texts, { title: texts.t("canned.own"), hint: "", none: texts.t("canned.own_none"), acts });
const shared = new CannedList(texts, {
  title: texts.t("canned.shared"),
  hint: texts.t("canned.shared_hint"),
  none: texts.t("canned.shared_none"),
  acts: null,
});

/** @returns {Place} */
function place() {
  return { address: "/api/canned", rows: known.own, teams: null, site: organisation(), changed: refresh };
}

async function refresh() {
  try {
    known = await get("/api/canned");
    draw(search.value);
  } catch (failure) {
    tell(wrong(texts, failure));
  }
}

/** @param {string} query */
function draw(query) {
  const all = usableOf(known);
  own.draw(all.filter(({ shelf }) => shelf === "own"), query);
  shared.draw(all.filter(({ shelf }) => shelf !== "own"), query);
}

show(own.element, shared.element);
await refresh();
