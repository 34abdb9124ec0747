/** What customers see: every text and switch, in the order in which customers meet them. */

import { byId, h } from "../core/dom.js";
import { get } from "../core/http.js";
import { load, Texts } from "../core/texts.js";
import { CardView } from "./admin/customer/card.js";
import { CARDS } from "./admin/customer/cards.js";
import { Drafts } from "./admin/customer/drafts.js";
import { warnBeforeLeaving } from "./admin/leaving.js";
import { tell } from "./admin/toast.js";
import { languages, tryButton } from "./admin/trial.js";
import { why } from "./admin/why.js";

/** @import { CustomerState } from "../protocol.js" */

const texts = await load();
const main = byId("main", HTMLElement);
const words = h("div", {}, h("h1", {}, texts.t("admin.customer")), h("p", { class: "soft" }, texts.t("admin.customer_text")));
const head = h("div", { class: "admin-intro" }, words);
main.replaceChildren(head);
try {
  await draw(await get("/api/texts"));
} catch (failure) {
  tell(why(texts, failure));
}

/** @param {CustomerState} state */
async function draw(state) {
  const catalogues = await Promise.all(languages(texts).map(catalogue));
  const drafts = new Drafts(state);
  const cards = CARDS.filter(({ recorder }) => !recorder || state.canRecord).map((card) => new CardView(texts, catalogues, drafts, card));
  const wish = () => {
    if (cards.some((card) => card.showFault())) {
      tell(texts.t("admin.customer_try_fault"));
      return null;
    }
    return { rules: drafts.allRules(), texts: drafts.posted(Object.keys(drafts.store.value.texts)) };
  };
  const fail = (/** @type {unknown} */ failure) => {
    tell(cards.some((card) => card.blame(failure)) ? texts.t("admin.customer_try_fault") : why(texts, failure));
  };
  head.append(tryButton(texts, "/api/trial", wish, fail));
  main.append(h("ol", { class: "customer-cards" }, ...cards.map(({ element }) => h("li", {}, element))));
  warnBeforeLeaving(() => drafts.isChanged());
}

/** @param {string} language */
async function catalogue(language) {
  return language === texts.language ? texts : new Texts(language, await get(`/static/texts/${language}.json`));
}
