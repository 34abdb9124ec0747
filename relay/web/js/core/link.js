/**
 * The page's WebSocket: a ticket and a hello for each connection, resume, heartbeat and back-off.
 *
 * A link is `connecting` at first, `online` after its welcome, `lost` while it tries again, and
 * `closed` when trying again would be wrong. Nothing is queued here: what must arrive is in the
 * outbox and sent again after each welcome.
 */

import { CLOSE, FINAL_CLOSES, LIMITS, PROTOCOL } from "../protocol.js";
import { delayS } from "./backoff.js";
import { post, Refusal } from "./http.js";
import { OutOfOrder } from "./snapshot.js";

/** @import { AnyFact, AnyRequest, AnySignal, Door, ErrorCode, Hello, TicketWish } from "../protocol.js" */

/** @typedef {AnyFact | AnySignal} Message */
/** @typedef {"signed_out" | "replaced" | "moved" | "version" | "gone" | "refused"} Why */
/**
 * @typedef {{ readonly name: "connecting" | "online" | "lost" }
 *   | { readonly name: "closed", readonly why: Why }} LinkState
 */

/**
 * What a link is for. `resume` says what the page already holds, `hear` may throw `OutOfOrder`.
 * @typedef {object} Ends
 * @property {Door} door
 * @property {string | null} session
 * @property {() => Pick<Hello, "last" | "lastDesk">} resume
 * @property {(message: Message) => void} hear
 * @property {(message: Uint8Array<ArrayBuffer>) => void} [show] a message of the channel
 * @property {(state: LinkState) => void} tell
 */

/** A ticket asked for over a connection that died unnoticed would be waited for in vain. */
const TICKET_S = 10;

/** A sleeping laptop wakes with a dead socket: how long its answer may take. */
const PROBE_S = 4;

/** @type {Readonly<Partial<Record<ErrorCode, Why>>>} */
const REFUSED_TICKETS = {
  signed_out: "signed_out",
  forbidden: "signed_out",
  ended: "gone",
  unknown_session: "gone",
  not_found: "gone",
  bad_input: "refused",
};

/** @type {ReadonlyMap<number, Why>} */
const CLOSES = new Map([
  [CLOSE.UNAUTHENTICATED, "signed_out"],
  [CLOSE.REPLACED, "replaced"],
  [CLOSE.MOVED, "moved"],
  [CLOSE.VERSION, "version"],
  [CLOSE.GONE, "gone"],
]);

export class Link {
  /** @param {Ends} ends */
  constructor(ends) {
    this._ends = ends;
    /** @type {LinkState} */
    this.state = { name: "connecting" };
    /** @type {WebSocket | null} */
    this._socket = null;
    this._tries = 0;
    this._unanswered = 0;
    this._pings = 0;
    this._onlineSince = 0;
    this._timer = 0;
    this._beat = 0;
    /** Rises with every change of socket, so that a late ticket finds itself out of date. */
    this._attempt = 0;
    this._listening = new AbortController();
    this._asking = new AbortController();
  }

  /** Connect, and stay connected until `stop`. */
  start() {
    this.stop();
    this._listening = new AbortController();
    const { signal } = this._listening;
    window.addEventListener("online", () => this._wake(), { signal });
    window.addEventListener("pageshow", () => this._wake(), { signal });
    document.addEventListener("visibilitychange", () => this._wake(), { signal });
    this._tries = 0;
    this._tell({ name: "connecting" });
    void this._connect();
  }

  /** Close without trying again; the state stays as it is. */
  stop() {
    this._listening.abort();
    this._drop();
  }

  /**
   * Send now, if the link is online. Returns whether it was.
   * @param {AnyRequest} request
   */
  send(request) {
    if (this.state.name !== "online" || !this._socket) return false;
    this._socket.send(JSON.stringify(request));
    return true;
  }

  /**
   * Send a message of the channel now, if the link is online. Returns whether it was.
   * @param {Uint8Array<ArrayBuffer>} message
   */
  sendBytes(message) {
    if (this.state.name !== "online" || !this._socket) return false;
    this._socket.send(message);
    return true;
  }

  async _connect() {
    this._drop();
    const attempt = this._attempt;
    const { door, session } = this._ends;
    /** @type {TicketWish} */
    const wish = session === null ? { door } : { door, session };
    this._asking = new AbortController();
    this._timer = setTimeout(() => this._again(), TICKET_S * 1000);
    try {
      const { ticket } = await post("/api/ticket", wish, this._asking.signal);
      if (attempt === this._attempt) this._open(ticket);
    } catch (error) {
      if (attempt !== this._attempt) return;
      if (!(error instanceof Refusal)) return this._again();
      const why = error.detail === "moved" ? "moved" : REFUSED_TICKETS[error.code];
      if (why) this._close(why);
      else this._again(error.retryAfterS);
    }
  }

  /** @param {string} ticket */
  _open(ticket) {
    clearTimeout(this._timer);
    this._timer = 0;
    const path = this._ends.door === "chat" ? "/ws/chat" : "/ws/console";
    const socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}${path}`);
    this._socket = socket;
    socket.binaryType = "arraybuffer";
    const { session } = this._ends;
    socket.onopen = () => {
      const named = session === null ? {} : { session };
      /** @type {Hello} */
      const hello = { t: "hello", version: PROTOCOL, ticket, ...named, ...this._ends.resume() };
      socket.send(JSON.stringify(hello));
    };
    socket.onmessage = ({ data }) => this._hear(data);
    socket.onclose = ({ code }) => this._closed(code);
    this._unanswered = 0;
    this._beat = setInterval(() => this._onBeat(), LIMITS.HEARTBEAT_S * 1000);
  }

  /** @param {unknown} data */
  _hear(data) {
    this._unanswered = 0;
    if (data instanceof ArrayBuffer) this._ends.show?.(new Uint8Array(data));
    if (typeof data !== "string") return;
    /** @type {Message} */
    const message = JSON.parse(data);
    try {
      if (message.t === "welcome" || message.t === "desk.welcome") this._welcome();
      this._ends.hear(message);
    } catch (error) {
      if (!(error instanceof OutOfOrder)) throw error;
      this._again();
    }
  }

  _welcome() {
    this._onlineSince = performance.now();
    this._tell({ name: "online" });
  }

  /** @param {number} code */
  _closed(code) {
    if (FINAL_CLOSES.includes(code)) this._close(CLOSES.get(code) ?? "refused");
    else this._again();
  }

  /** @param {Why} why */
  _close(why) {
    this.stop();
    this._tell({ name: "closed", why });
  }

  /**
   * Try again after the back-off. A link that was up for a while starts from its beginning; one
   * that keeps breaking waits longer each time.
   * @param {number} [leastS]
   */
  _again(leastS = 0) {
    const wasUp = this.state.name === "online";
    const upMs = performance.now() - this._onlineSince;
    if (wasUp && upMs > LIMITS.RECONNECT_MOST_S * 1000) this._tries = 0;
    this._drop();
    if (wasUp || this._tries > 0) this._tell({ name: "lost" });
    const waitS = leastS + delayS(this._tries, Math.random());
    this._tries += 1;
    this._timer = setTimeout(() => this._connect(), waitS * 1000);
  }

  /** Leave the socket; one that is dead would take its time to close. */
  _drop() {
    this._attempt += 1;
    clearTimeout(this._timer);
    clearInterval(this._beat);
    this._timer = 0;
    this._asking.abort();
    if (!this._socket) return;
    this._socket.onopen = this._socket.onmessage = this._socket.onclose = null;
    this._socket.close();
    this._socket = null;
  }

  /** Two beats without a word: dead. Beats are counted, not timed, since sleep stops both. */
  _onBeat() {
    if (this._unanswered >= 2) this._again();
    else this._ping();
  }

  _ping() {
    this._unanswered += 1;
    this._pings += 1;
    this.send({ t: "ping", n: this._pings });
  }

  /** The machine or the network is back: ask the socket, or stop waiting for the next try. */
  _wake() {
    if (document.visibilityState === "hidden") return;
    if (this._socket && this.state.name === "online") {
      const socket = this._socket;
      this._ping();
      setTimeout(() => {
        if (socket === this._socket && this._unanswered > 0) this._again();
      }, PROBE_S * 1000);
    } else if (this._timer) {
      void this._connect();
    }
  }

  /** @param {LinkState} state */
  _tell(state) {
    this.state = state;
    this._ends.tell(state);
  }
}
