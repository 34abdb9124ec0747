/** The web chat: one session of one customer, from the queue to the end. */

import { Attention } from "../chat/attention.js";
import { confirm } from "../chat/confirm.js";
import { FontSize } from "../chat/font.js";
import { Offer } from "../chat/offer.js";
import { Pane } from "../chat/pane.js";
import { linkWords, stateOf, whyNot } from "../chat/state.js";
import { Conversation } from "../core/conversation.js";
import { byId, explain, h, isEnabled, setText } from "../core/dom.js";
import { load } from "../core/texts.js";
import { waitWords } from "../core/time.js";
import { participant } from "../core/view.js";

/** @import { View } from "../core/view.js" */

const texts = await load();
const page = byId("chat", HTMLElement);
const organisation = page.dataset.organisation ?? "";
const conversation = new Conversation({
  door: "chat",
  role: "customer",
  session: null,
  drawer: sessionStorage,
});

const name = h("h1", { class: "chat-name" });
const under = h("p", { class: "chat-organisation" });
const state = h("p", { class: "state", role: "status" });
const place = h("p", { class: "waiting-place" });
const wait = h("p", { class: "waiting-wait" });
const onDuty = h("p", { class: "soft" });
const waiting = h("section", { class: "waiting", role: "status", hidden: true });
waiting.append(h("p", {}, texts.t("waiting.title")), place, wait, onDuty);
waiting.append(h("p", { class: "soft" }, texts.t("waiting.write")));
const band = h("div", { class: "chat-band", role: "status", hidden: true });
const pane = new Pane(texts, conversation);
const end = h("button", { class: "button", type: "button", onclick: onEnd }, texts.t("session.end"));
const font = new FontSize(texts, page, () => pane.fit());
const offer = new Offer(texts, () => pane.focus());
const foot = h("footer", { class: "chat-foot" }, font.element, end);
const farewell = h("section", { class: "farewell", role: "status", hidden: true });
const home = h("a", { class: "button", href: "/" }, texts.t("page.home"));
farewell.append(h("h2", {}, texts.t("session.ended_title")));
farewell.append(h("p", { class: "soft" }, texts.t("session.ended_text")), home);

async function onEnd() {
  if (!isEnabled(end)) return;
  const sure = await confirm({
    title: texts.t("session.end_title"),
    text: texts.t("session.end_text"),
    yes: texts.t("session.end"),
    no: texts.t("session.end_keep"),
  });
  if (sure) conversation.end();
}

/** @param {View} view */
function render(view) {
  const ended = view.snapshot?.state === "ended" || isGone(view);
  const representative = participant(view, "representative");
  setText(name, representative?.name ?? organisation);
  setText(under, representative ? organisation : "");
  state.replaceChildren(...stateOf(texts, view, "representative"));
  state.hidden = ended;
  renderPlace(view);
  renderBand(view, ended);
  explain(end, whyNot(texts, view, "session.end"));
  end.hidden = ended;
  farewell.hidden = !ended;
  offer.render(view);
}

/** @param {View} view */
function isGone({ link }) {
  return link.name === "closed" && link.why === "gone";
}

/** @param {View} view */
function renderPlace({ snapshot, place: at }) {
  waiting.hidden = snapshot?.state !== "waiting";
  if (!at) return;
  const ahead = at.position - 1;
  setText(place, ahead ? texts.count("waiting.ahead", ahead) : texts.t("waiting.next"));
  setText(wait, waitWords(texts, at));
  setText(onDuty, at.onDuty ? texts.count("waiting.on_duty", at.onDuty) : texts.t("page.nobody_yet"));
}

/** The link's end, with the one thing to do about it. @param {View} view @param {boolean} ended */
function renderBand(view, ended) {
  const { link } = view;
  band.hidden = ended || link.name !== "closed";
  if (band.hidden || link.name !== "closed" || band.dataset.why === link.why) return;
  band.dataset.why = link.why;
  const again = h("button", { class: "button", type: "button" }, texts.t("page.continue_here"));
  again.addEventListener("click", () => {
    delete band.dataset.why;
    conversation.start();
  });
  const over = h("a", { class: "button", href: "/" }, texts.t("page.home"));
  band.replaceChildren(h("p", {}, linkWords(texts, link)), link.why === "replaced" ? again : over);
}

const who = h("div", { class: "chat-who" }, name, under);
const head = h("header", { class: "chat-head" }, who, state);
const middle = h("div", { class: "chat-middle" }, waiting, offer.element, band);
page.replaceChildren(head, middle, pane.element, h("div", {}, farewell, foot));
conversation.store.subscribe(render);
new Attention(texts, conversation.store, organisation);
conversation.start();
