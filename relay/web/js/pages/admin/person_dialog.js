/** The dialogs in which people are added and changed. */

import { confirm } from "../../chat/confirm.js";
import { explain, h, isEnabled, setText } from "../../core/dom.js";
import { post } from "../../core/http.js";
import { copyButton, field, opened, openForm } from "./dialog.js";
import { roleName } from "./role_name.js";
import { tell } from "./toast.js";
import { why } from "./why.js";

/** @import { People, PersonRow, PersonWish, SignInLink } from "../../protocol.js" */
/** @import { Texts } from "../../core/texts.js" */

const NAME_CHARS = "80";
const LOGIN_CHARS = "64";

/**
 * @param {Texts} texts
 * @param {People} known
 * @param {() => void} changed
 */
export function addPerson(texts, known, changed) {
  openForm(texts, {
    title: texts.t("admin.people_add"),
    parts: fields(texts, known, null),
    yes: texts.t("admin.person_create"),
    save: async (data) => ({ name: wish(data).shownName, made: await post("/api/people", wish(data)) }),
    done: ({ name, made }) => {
      changed();
      showLink(texts, name, made);
    },
  });
}

/**
 * @param {Texts} texts
 * @param {People} known
 * @param {PersonRow} person
 * @param {() => void} changed
 */
export function editPerson(texts, known, person, changed) {
  const saved = () => {
    changed();
    tell(texts.t("admin.person_saved"));
  };
  /** @type {Acts} */
  const acts = {
    done: () => {
      dialog.close();
      saved();
    },
    link: (made) => {
      dialog.close();
      showLink(texts, person.shownName, made);
    },
  };
  const dialog = openForm(texts, {
    title: texts.t("admin.person_edit_name", { name: person.shownName }),
    parts: fields(texts, known, person),
    yes: texts.t("admin.person_save"),
    save: (data) => post(`/api/people/${person.id}`, wish(data)),
    done: saved,
    more: signingIn(texts, person, acts),
  });
}

/** What follows each act. @typedef {{ done: () => void, link: (made: SignInLink) => void }} Acts */

/**
 * What can be done about how somebody signs in; each at once, unlike the fields above.
 * @param {Texts} texts
 * @param {PersonRow} person
 * @param {Acts} acts
 */
function signingIn(texts, person, acts) {
  const path = `/api/people/${person.id}`;
  const error = h("p", { class: "error", role: "alert" });
  const buttons = h("div", { class: "key-buttons" });
  /** @type {(key: string, run: () => Promise<void>) => void} */
  const act = (key, run) => {
    const button = h("button", { class: "button", type: "button" }, texts.t(key));
    explain(button, person.mine ? "" : texts.t("admin.person_not_yours"));
    button.addEventListener("click", () => {
      if (isEnabled(button)) run().catch((failure) => setText(error, why(texts, failure)));
    });
    buttons.append(button);
  };
  if (person.disabled) {
    act("admin.person_enable", () => post(`${path}/enable`).then(acts.done));
  } else {
    act("admin.person_link", () => post(`${path}/link`).then(acts.link));
    if (person.secondFactor) act("admin.person_second_remove", () => sure("admin.person_second_remove", "/second-factor/remove"));
    act("admin.person_disable", () => sure("admin.person_disable", "/disable"));
  }
  /** @type {(key: string, to: string) => Promise<void>} */
  const sure = async (key, to) => {
    const title = texts.t(`${key}_title`, { name: person.shownName });
    const words = { title, text: texts.t(`${key}_text`), yes: texts.t(key), no: texts.t("admin.person_cancel") };
    if (await confirm(words)) await post(path + to).then(acts.done);
  };
  return h("section", { class: "admin-more" }, h("h3", {}, texts.t("admin.person_more")), buttons, error);
}

/**
 * @param {Texts} texts
 * @param {People} known
 * @param {PersonRow | null} person
 */
function fields(texts, known, person) {
  const shown = h("input", { class: "input", name: "shownName", required: true, maxlength: NAME_CHARS, autocomplete: "off", dir: "auto" });
  const name = h("input", { class: "input", name: "name", required: true, maxlength: LOGIN_CHARS, autocomplete: "off" });
  name.autocapitalize = "none";
  name.spellcheck = false;
  const role = h("select", { class: "input", name: "role" });
  for (const one of known.roles) {
    const chosen = one.id === (person?.role ?? "representative");
    const option = h("option", { value: one.id, selected: chosen, disabled: !one.mine && !chosen });
    option.append(roleName(texts, one));
    role.append(option);
  }
  shown.value = person?.shownName ?? "";
  name.value = person?.name ?? "";
  const parts = [
    field(texts.t("admin.person_shown"), shown, texts.t("admin.person_shown_hint")),
    field(texts.t("admin.person_name"), name, texts.t("admin.person_name_hint")),
    field(texts.t("admin.person_role"), role),
  ];
  if (person && !person.mine) {
    for (const one of [shown, name, role]) one.disabled = true;
    parts.unshift(h("div", { class: "hint" }, texts.t("admin.person_not_yours")));
  }
  return parts;
}

/** @param {FormData} data @returns {PersonWish} */
function wish(data) {
  const text = (/** @type {string} */ name) => String(data.get(name) ?? "").trim();
  return { name: text("name").toLowerCase(), shownName: text("shownName"), role: text("role") };
}

/**
 * @param {Texts} texts
 * @param {string} name
 * @param {SignInLink} made
 */
function showLink(texts, name, { link }) {
  const dialog = opened(texts, texts.t("admin.link_title", { name }));
  const error = h("p", { class: "error", role: "alert" });
  const text = h("textarea", { class: "input admin-link-text", readonly: true, "aria-label": texts.t("admin.link_label") });
  text.value = link;
  const copy = copyButton(texts, texts.t("console.copy_link"), link, (words) => setText(error, words));
  copy.classList.add("primary");
  copy.autofocus = true;
  dialog.append(h("p", {}, texts.t("admin.link_text")), text, error, h("div", { class: "dialog-buttons" }, copy));
  dialog.showModal();
}
