/** The web chat: one session of one customer, from the first question to the last. */

import { confirm } from "../chat/confirm.js";
import { Files } from "../chat/files.js";
import { FontSize } from "../chat/font.js";
import { nameOf } from "../chat/lines.js";
import { Notices } from "../chat/notices.js";
import { Offer } from "../chat/offer.js";
import { Over } from "../chat/over.js";
import { Pane } from "../chat/pane.js";
import { Questions } from "../chat/questions.js";
import { linkWords, stateOf, whyNot } from "../chat/state.js";
import { Step } from "../chat/step.js";
import { Waiting } from "../chat/waiting.js";
import { Conversation } from "../core/conversation.js";
import { byId, explain, h, isEnabled, press, setText } from "../core/dom.js";
import { late } from "../core/late.js";
import { recall, remember } from "../core/memory.js";
import { load } from "../core/texts.js";
import { helpers, isMoved, unread } from "../core/view.js";

/** @import { Attention } from "../chat/attention.js" */
/** @import { View } from "../core/view.js" */

/** Whether this tab has been past the questions, so that a reload need not wait to be told so. */
const KEPT = "talking";

const texts = await load();
const page = byId("chat", HTMLElement);
const { organisation = "", home: start = "/" } = page.dataset;
const conversation = new Conversation({
  door: "chat",
  role: "customer",
  session: null,
  drawer: sessionStorage,
});

const name = h("h1", "chat-name");
const face = h("span", "chat-face");
const under = h("p", "chat-organisation");
const state = h("p", { class: "state", role: "status" });
const trial = h("p", { class: "chat-trial", hidden: true }, texts.t("steps.trial"));
const band = h("div", { class: "chat-band", role: "status", hidden: true });
const words = h("p", { class: "chat-words", hidden: true });
const files = new Files(texts, conversation, page);
const pane = new Pane(texts, conversation, files.event);
const end = press(texts.t("session.end"), onEnd);
const font = new FontSize(texts, page, () => pane.fit());
const offer = new Offer(texts, () => pane.focus());
const step = new Step(texts, conversation, page.dataset.program === "true", () => pane.focus());
const questions = new Questions(texts, conversation);
const waiting = new Waiting(texts);
const notices = new Notices(texts, conversation, page.dataset.mail === "true");
const over = new Over(texts, start);
const moved = h("section", { class: "farewell", role: "status", hidden: true });
moved.append(h("h2", {}, texts.t("steps.moved_title")), h("p", {}, texts.t("steps.moved_text")), home());
const connecting = h("p", "chat-connecting soft", texts.t("link.connecting"));
const parts = [questions.element, waiting.element, notices.element, step.card, step.said, files.said, offer.element];
const middle = h("div", "chat-middle", ...parts);
const foot = h("footer", "chat-foot", font.element, step.entry, end);

function home() {
  return h("a", { class: "button", href: start }, texts.t("page.home"));
}

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

/**
 * @typedef {"connecting" | "preparing" | "waiting" | "active" | "ended" | "moved"} Stage
 * @param {View} view
 * @returns {Stage}
 */
function stageOf(view) {
  const { link, snapshot } = view;
  if (isMoved(view)) return "moved";
  if (link.name === "closed" && link.why === "gone") return "ended";
  return snapshot?.state ?? (recall(KEPT) ? "active" : "connecting");
}

/** @param {View} view */
function render(view) {
  const { snapshot } = view;
  const stage = stageOf(view);
  const past = stage === "ended" || stage === "moved";
  const talks = stage === "waiting" || stage === "active";
  if (page.dataset.stage !== stage) remember(KEPT, talks ? "yes" : "");
  page.dataset.stage = stage;
  renderHead(view, past);
  renderBand(view, past);
  explain(end, whyNot(texts, view, "session.end"));
  connecting.hidden = stage !== "connecting" || !band.hidden;
  end.hidden = middle.hidden = past;
  state.hidden = past || !connecting.hidden;
  pane.element.hidden = !talks && !(past && snapshot);
  moved.hidden = stage !== "moved";
  for (const part of [questions, waiting, notices, offer, step]) part.render(view);
  over.render(view, stage === "ended");
}

/**
 * @param {View} view
 * @param {boolean} past
 */
function renderHead(view, past) {
  const names = helpers(view).map(({ id }) => nameOf(view, texts, id));
  setText(name, new Intl.ListFormat(texts.language).format(names) || organisation);
  const { team = "", photo = "" } = helpers(view).at(-1) ?? {};
  show(photo);
  setText(under, names.length ? [organisation, team].filter(Boolean).join(" · ") : "");
  state.replaceChildren(...stateOf(texts, view, "representative"));
  const opened = view.snapshot?.log[0];
  renderWords(view, past);
  trial.hidden = !(opened?.t === "session.opened" && opened.trial);
}

/** The photo of who helps. One that cannot be had leaves no hole. @param {string} photo */
function show(photo) {
  if (face.dataset.photo === photo) return;
  face.dataset.photo = photo;
  face.replaceChildren();
  if (!photo) return;
  const picture = h("img", { alt: "" });
  picture.onload = () => face.dataset.photo === photo && face.replaceChildren(picture);
  picture.src = `/photos/${photo}`;
}

/**
 * The two words that whoever speaks on the phone can read out, too.
 * @param {View} view
 * @param {boolean} past
 */
function renderWords(view, past) {
  const both = view.words.join(" ");
  const signed = proof(view);
  words.hidden = past || !both || view.snapshot?.state === "preparing";
  if (words.dataset.look === `${both} ${signed}`) return;
  words.dataset.look = `${both} ${signed}`;
  words.replaceChildren(...(signed ? [signed, h("br", {})] : []), texts.t("chat.words"), " ", h("strong", { translate: "no" }, both));
}

/** How the one who helps signed in. @param {View} view */
function proof(view) {
  const person = helpers(view).at(-1);
  if (!person?.signIn) return "";
  return texts.t(`chat.signed_in_${person.signIn}`, { name: nameOf(view, texts, person.id) });
}

/**
 * The link's end, with the one thing to do about it.
 * @param {View} view
 * @param {boolean} past
 */
function renderBand({ link }, past) {
  band.hidden = past || link.name !== "closed";
  if (band.hidden || link.name !== "closed" || band.dataset.why === link.why) return;
  band.dataset.why = link.why;
  const again = press(texts.t("page.continue_here"), () => {
    delete band.dataset.why;
    conversation.start();
  });
  band.replaceChildren(h("p", {}, linkWords(texts, link)), link.why === "replaced" ? again : home());
}

/** Few are ever nudged: what that takes comes with the first. @param {View} view */
async function watchNudges({ snapshot }) {
  if (!snapshot?.log.some(({ t }) => t === "nudge.sent")) return;
  stopWatching();
  const { Nudge } = await late(() => import("../chat/nudge.js"), import.meta.resolve("../chat/nudge.js"));
  const nudge = new Nudge(texts, conversation, page, async (from) => {
    const attention = await calling();
    attention?.call(texts.t("notify.nudge", { name: nameOf(conversation.store.value, texts, from) }));
  });
  font.element.after(nudge.element);
}

/** @type {Promise<Attention | null> | null} */
let attention = null;

/** What calls a customer back who has gone elsewhere; nothing when it cannot be had now. */
function calling() {
  const { store } = conversation;
  const known = store.value.snapshot?.seq ?? null;
  attention ??= late(() => import("../chat/attention.js"), import.meta.resolve("../chat/attention.js")).then(
    ({ Attention }) => new Attention(texts, store, organisation, known),
    () => (attention = null),
  );
  return attention;
}

/** Who stays with the page need not be called back to it. */
function attend() {
  if (document.visibilityState === "visible" && !unread(conversation.store.value)) return;
  void calling();
}

const who = h("div", "chat-who", name, under);
const head = h("header", "chat-head", face, who, state);
const bottom = h("div", "chat-end", moved, over.element, foot);
page.replaceChildren(head, words, trial, band, connecting, middle, pane.element, bottom);
files.listen(pane);
conversation.store.subscribe(render);
const stopWatching = conversation.store.subscribe((view) => void watchNudges(view));
document.addEventListener("visibilitychange", attend);
conversation.store.subscribe(attend);
if (page.dataset.moved === "true") conversation.store.update({ link: { name: "closed", why: "moved" } });
else conversation.start();
