/** People: everybody who may sign in, added and changed. */

import { byId, h, icon, reconcile, setText } from "../core/dom.js";
import { get } from "../core/http.js";
import { load } from "../core/texts.js";
import { addPerson, editPerson } from "./admin/person_dialog.js";
import { roleName } from "./admin/role_name.js";
import { tell } from "./admin/toast.js";
import { when } from "./admin/when.js";
import { why } from "./admin/why.js";

/** @import { People, PersonRow } from "../protocol.js" */

const texts = await load();
/** @type {People} */
let shown = { now: 0, you: "", people: [], roles: [] };

const search = h("input", { class: "input people-search", type: "search", "aria-label": texts.t("admin.people_search") });
search.placeholder = texts.t("admin.people_search");
search.addEventListener("input", draw);
const add = h("button", { class: "button primary", type: "button" }, icon("add"), texts.t("admin.people_add"));
add.addEventListener("click", () => addPerson(texts, shown, refresh));
const rows = h("tbody");
const none = h("p", { class: "admin-none", role: "status" });
const keys = /** @type {const} */ ([
  "admin.person_shown",
  "admin.person_role",
  "admin.person_signed_in",
  "admin.person_second",
  "admin.person_state",
]);

function table() {
  const columns = keys.map((key) => h("th", { scope: "col" }, texts.t(key)));
  const acts = h("th", { scope: "col" }, h("span", { class: "only-read" }, texts.t("admin.person_edit")));
  return h("table", { class: "people" }, h("thead", {}, h("tr", {}, ...columns, acts)), rows);
}

async function refresh() {
  try {
    shown = await get("/api/people");
    draw();
  } catch (failure) {
    tell(why(texts, failure));
  }
}

function draw() {
  const wanted = search.value.trim().toLocaleLowerCase();
  const found = shown.people.filter((one) =>
    `${one.shownName}\n${one.name}`.toLocaleLowerCase().includes(wanted),
  );
  reconcile(rows, found.map((one) => ({ ...one, key: one.id })), row);
  const alone = shown.people.length === 1 && !wanted;
  setText(none, alone ? texts.t("admin.people_alone") : found.length ? "" : texts.t("admin.people_none"));
}

/**
 * @param {PersonRow} person
 * @param {HTMLElement | null} present
 */
function row(person, present) {
  const element = present ?? h("tr", {}, ...keys.map(() => h("td")), h("td", { class: "people-act" }, edit(person.id)));
  element.className = person.disabled ? "is-disabled" : "";
  cells(person).forEach((content, at) => element.children[at]?.replaceChildren(...content));
  keys.forEach((key, at) => element.children[at]?.setAttribute("data-label", texts.t(key)));
  const button = element.querySelector("button");
  button?.setAttribute("aria-label", texts.t("admin.person_edit_name", { name: person.shownName }));
  return element;
}

/** The button outlives its row's changes, and with it the focus. @param {string} id */
function edit(id) {
  const button = h("button", { class: "button", type: "button" }, texts.t("admin.person_edit"));
  button.addEventListener("click", () => {
    const person = shown.people.find((one) => one.id === id);
    if (person) editPerson(texts, shown, person, refresh);
  });
  return button;
}

/** @param {PersonRow} person @returns {(Node | string)[][]} */
function cells(person) {
  const role = shown.roles.find(({ id }) => id === person.role);
  const you = person.id === shown.you ? [h("span", { class: "chip" }, texts.t("admin.person_you"))] : [];
  const name = h("strong", { dir: "auto" }, person.shownName);
  const signedIn = person.signedInAt;
  return [
    [h("div", { class: "people-name" }, name, ...you), h("div", { class: "soft" }, person.name)],
    [h("span", { dir: "auto" }, role ? roleName(texts, role) : "")],
    [signedIn === null ? texts.t("admin.person_never") : when(texts, signedIn, shown.now)],
    [sign(person.secondFactor ? "lock" : "alert", person.secondFactor, "admin.person_second_on", "admin.person_second_off")],
    [sign(person.disabled ? "close" : "done", !person.disabled, "admin.person_active", "admin.person_disabled")],
  ];
}

/**
 * @param {string} picture
 * @param {boolean} good
 * @param {string} yes
 * @param {string} no
 */
function sign(picture, good, yes, no) {
  const look = good ? "state is-good" : "state is-off";
  return h("span", { class: look }, icon(picture, "small"), texts.t(good ? yes : no));
}

const head = h("div", { class: "admin-intro" }, h("div", {}, h("h1", {}, texts.t("admin.people")), h("p", { class: "soft" }, texts.t("admin.people_text"))), add);
byId("main", HTMLElement).replaceChildren(head, search, table(), none);
await refresh();
