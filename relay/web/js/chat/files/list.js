/** All files of a session, open and over, as its log and its snapshot tell them. Pure. */

import { customer } from "../../core/view.js";
import { TRANSFER } from "../../protocol_more.js";

/** @import { FileEnd, RequestTag, SessionFact, TransferState } from "../../protocol.js" */
/** @import { View } from "../../core/view.js" */

/**
 * A file that was asked for, offered or sent. `none`: this page's offer is still on its way to the
 * relay; `taken`: it has arrived. `who` took it or ended it (empty: the relay); `accepted` is who
 * took the offer; `gone`: those it was between are not here any longer.
 * @typedef {object} Shown
 * @property {string} id
 * @property {TransferState | "taken"} state
 * @property {number} at
 * @property {string} by
 * @property {string} asked
 * @property {string} reason
 * @property {string} name
 * @property {number} size
 * @property {string} sha256
 * @property {FileEnd | "gone" | ""} why
 * @property {string} who
 * @property {string} accepted
 */

/** @type {Omit<Shown, "id" | "at" | "state">} */
const BLANK = { by: "", asked: "", reason: "", name: "", size: 0, sha256: "", why: "", who: "", accepted: "" };

/**
 * The oldest first.
 * @param {View} view
 * @returns {Shown[]}
 */
export function transfersOf(view) {
  const { snapshot } = view;
  /** @type {Map<string, Shown>} */
  const all = new Map();
  for (const fact of snapshot?.log ?? []) {
    if (!fact.t.startsWith("file.") || !("id" in fact)) continue;
    const now = after(all.get(fact.id) ?? { ...BLANK, id: fact.id, at: fact.at, state: "none" }, fact);
    all.set(fact.id, now);
  }
  const open = new Map(snapshot?.files.map((one) => [one.id, one]));
  for (const [id, one] of open) all.set(id, { ...BLANK, ...all.get(id), ...one });
  for (const [id, one] of all) if (!open.has(id)) all.set(id, closed(one));
  for (const one of pending(view)) if (!all.has(one.id)) all.set(one.id, one);
  return [...all.values()].filter(({ by, asked }) => by || asked);
}

/**
 * @param {Shown} one
 * @param {SessionFact} fact
 * @returns {Shown}
 */
function after(one, fact) {
  switch (fact.t) {
    case "file.asked":
      return { ...one, state: "asked", asked: fact.by, reason: fact.reason };
    case "file.offered":
      return { ...one, state: one.asked ? "sending" : "offered", by: fact.by, name: fact.name, size: fact.size };
    case "file.accepted":
      return { ...one, state: "sending", accepted: fact.by };
    case "file.stored":
      return { ...one, state: "stored", sha256: fact.sha256 };
    case "file.taken":
      return { ...one, state: "taken", who: fact.by };
    case "file.over":
      return { ...one, state: "over", who: fact.by, why: fact.why };
    default:
      return one;
  }
}

/** What is open no longer, though nobody said so: somebody went. @param {Shown} one @returns {Shown} */
function closed(one) {
  return one.state === "over" || one.state === "taken" ? one : { ...one, state: "over", why: "gone" };
}

/** One's own questions and offers that the relay has not got. @param {View} view @returns {Shown[]} */
function pending(view) {
  if (view.snapshot?.state === "ended") return [];
  return view.pending.flatMap(({ request, at }) => {
    const one = { ...BLANK, at, state: /** @type {const} */ ("none") };
    if (request.t === "file.ask") return [{ ...one, id: request.id, asked: view.me, reason: request.reason ?? "" }];
    if (request.t !== "file.offer") return [];
    const { transfer: id, name, size } = request;
    return [{ ...one, id, by: view.me, name, size }];
  });
}

/**
 * What `view`'s person is to a file, as `side_of` of `relay/domain/files.py`; null: nothing. What the
 * customer sends is for every representative; only who asked takes the question back.
 * @param {View} view
 * @param {Shown} one
 * @returns {"sender" | "receiver" | null}
 */
export function sideOf(view, { state, by, asked }) {
  const me = view.me;
  const isCustomer = view.role === "customer";
  if (!by) return isCustomer ? "sender" : asked === me ? "receiver" : null;
  if (by === me) return "sender";
  return isCustomer === (by !== customer(view)?.id) && state !== "none" ? "receiver" : null;
}

/**
 * What one can ask the relay about a file now.
 * @param {View} view
 * @param {Shown} one
 * @returns {readonly RequestTag[]}
 */
export function legal(view, one) {
  const side = sideOf(view, one);
  if (!side || one.state === "taken" || one.state === "none" || view.snapshot?.state !== "active") return [];
  const asked = new Set(view.pending.flatMap(({ request }) => ("transfer" in request ? request.transfer : [])));
  return asked.has(one.id) ? [] : TRANSFER[one.state][side];
}

/** How many files count against the limit of a session. @param {readonly Shown[]} all */
export function counted(all) {
  return all.filter(({ state }) => state !== "over").length;
}
