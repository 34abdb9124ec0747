/** The survey: its questions, and what customers answered. */

import { byId, h } from "../core/dom.js";
import { get } from "../core/http.js";
import { load } from "../core/texts.js";
import { warnBeforeLeaving } from "./admin/leaving.js";
import { Draft } from "./admin/survey/draft.js";
import { Editor } from "./admin/survey/editor.js";
import { Results } from "./admin/survey/results.js";
import { Tabs } from "./admin/tabs.js";
import { tell } from "./admin/toast.js";
import { languages, tryButton } from "./admin/trial.js";
import { why } from "./admin/why.js";

/** @import { SurveyState } from "../protocol.js" */

const texts = await load();
const main = byId("main", HTMLElement);
const words = h("div", {}, h("h1", {}, texts.t("admin.survey")), h("p", { class: "soft" }, texts.t("admin.survey_text")));
const head = h("div", { class: "admin-intro" }, words);
main.replaceChildren(head);
try {
  draw(await get("/api/survey/questions"));
} catch (failure) {
  tell(why(texts, failure));
}

/** @param {SurveyState} state */
function draw(state) {
  const order = languages(texts);
  const draft = new Draft(state);
  const editor = new Editor(texts, order, draft);
  const results = new Results(texts, order);
  const wish = () => ({ survey: { ...draft.wish(), enabled: true } });
  const fail = (/** @type {unknown} */ failure) => {
    tell(editor.blame(failure) ? texts.t("admin.customer_try_fault") : why(texts, failure));
  };
  head.append(tryButton(texts, "/api/survey/trial", wish, fail));
  const panels = [
    { id: "write", name: texts.t("admin.survey_questions"), content: [editor.element] },
    { id: "results", name: texts.t("admin.survey_results"), content: [results.element] },
  ];
  main.append(new Tabs(texts.t("admin.survey"), "survey", panels).element);
  void results.refresh();
  warnBeforeLeaving(() => draft.isChanged);
}
