/** One's own account: password, second factor, where one is signed in. */

import { byId, h } from "../core/dom.js";
import { get } from "../core/http.js";
import { load } from "../core/texts.js";
import { loginsCard } from "./account/logins.js";
import { passwordCard } from "./account/password.js";
import { photoCard } from "./account/photo.js";
import { secondFactorCard } from "./account/second_factor.js";
import { roleName } from "./admin/role_name.js";
import { tell } from "./admin/toast.js";
import { why } from "./admin/why.js";

/** @import { AccountState } from "../protocol.js" */

const texts = await load();
const main = byId("main", HTMLElement);

async function refresh() {
  try {
    draw(await get("/api/account"));
  } catch (failure) {
    tell(why(texts, failure));
  }
}

/** @param {AccountState} state */
function draw(state) {
  const who = { name: state.shownName, role: roleName(texts, state.role) };
  const title = h("h1", {}, texts.t("account.title"));
  const intro = h("div", { class: "admin-intro" }, h("div", {}, title, h("p", { class: "soft", dir: "auto" }, texts.t("account.text", who))));
  const cards = [passwordCard, photoCard, secondFactorCard, loginsCard].map((card) => card(texts, state, refresh));
  main.replaceChildren(intro, h("div", { class: "account-cards" }, ...cards));
}

await refresh();
