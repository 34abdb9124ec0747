/**
 * One customer's screen as it comes by the channel: what may be decoded is decoded and drawn, what
 * is drawn is acknowledged, what is missing is asked for.
 *
 * It watches only while it is told to (`follow`); everything of another share or start is dropped,
 * and whatever was shown is gone at once when that changes.
 */

import { Store } from "../core/store.js";
import { CHANNEL, LIMITS } from "../protocol_more.js";
import { Age } from "./age.js";
import { Canvas } from "./canvas.js";
import { Joiner, parts, read } from "./channel.js";
import { Decoder } from "./decoders.js";
import { news } from "./news.js";
import { clipboardText, cursor, picture } from "./payloads.js";
import { Sequence } from "./sequence.js";
import { codecs } from "./streams.js";

/** @import { InputBatch, InputRefusal, Layout, Obstacle, ScreenNews, Wish } from "../protocol.js" */
/** @import { Bytes, Message } from "./channel.js" */
/** @import { Cursor } from "./cursor.js" */
/** @import { Drawing } from "./decoders.js" */

/** What is watched: a share, and which of its starts. @typedef {{ readonly share: number, readonly epoch: number }} Start */
/**
 * `drawn` is the newest frame drawn (0: none, and there is no picture); `age` in whole seconds where
 * it is to be told; `restsUntil` by `performance.now()`; `refused` is the newest refusal, a new
 * object each time.
 * @typedef {object} ScreenView
 * @property {number} drawn
 * @property {Layout | null} layout
 * @property {number} age
 * @property {Obstacle | null} seeing what is in the way of seeing
 * @property {Obstacle | null} acting what is in the way of input
 * @property {number} restsUntil
 * @property {{ readonly why: InputRefusal } | null} refused
 */

/**
 * `copied` hears what the customer has copied.
 * @typedef {{ send: (message: Bytes) => boolean, copied: (text: string) => void }} Ways
 */

/** How often the picture's age is looked at, and whether a key frame must be asked for again. */
const LOOK_MS = 250;

/** Nothing at all for so long: the customer's program has forgotten this viewer. */
const SILENT_MS = 4000;

const MOST_FAILURES = 2;

const { FLAG, KIND } = CHANNEL;
const ENCODER = new TextEncoder();

/** @type {ScreenView} */
const NOTHING = { drawn: 0, layout: null, age: 0, seeing: null, acting: null, restsUntil: 0, refused: null };

export class Viewer {
  /**
   * @param {HTMLCanvasElement} element
   * @param {Cursor} cursor
   * @param {Ways} ways
   */
  constructor(element, cursor, { send, copied }) {
    this._send = send;
    this._copied = copied;
    this._cursor = cursor;
    this._canvas = new Canvas(element, (newest) => this._drawn(newest));
    this._age = new Age();
    this._joiner = new Joiner(LIMITS.FRAME_BYTES);
    this._sequence = new Sequence();
    /** @type {Decoder | null} */
    this._decoder = null;
    /** @type {Start | null} */
    this._start = null;
    this._me = 0;
    /** @type {number[] | null} What this browser decodes, once that is known. */
    this._codecs = null;
    /** How often a decoder gave up, by codec. @type {Map<number, number>} */
    this._failures = new Map();
    /** @type {Map<number, number>} How many messages of each kind were sent in this start. */
    this._said = new Map();
    /** The layout of what is drawn, modulo 256; and all that were told, by that. */
    this._shown = 0;
    /** @type {Map<number, number>} */
    this._layouts = new Map();
    this._heardAt = 0;
    this._timer = 0;
    this.store = new Store(NOTHING);
  }

  /**
   * Watch that start of a share, or nothing; `me` is one's own number on the channel.
   * @param {Start | null} start
   * @param {number} me
   */
  follow(start, me) {
    this._me = me;
    if (start?.share === this._start?.share && start?.epoch === this._start?.epoch) return;
    if (this._start) this.wish({ t: "unwatch" });
    this._start = start;
    this._said.clear();
    this._joiner = new Joiner(LIMITS.FRAME_BYTES);
    this._sequence = new Sequence();
    this._blank();
    clearInterval(this._timer);
    if (!start) return;
    this._timer = setInterval(() => this._look(), LOOK_MS);
    void this._watch();
  }

  /**
   * The number of the layout that is drawn: the news of another one may come before its picture.
   * @returns {number | null}
   */
  get layout() {
    return this._layouts.get(this._shown) ?? null;
  }

  /** Say what one wishes, while something is watched. @param {Wish} wish */
  wish(wish) {
    this._say(KIND.WISH, this._next(KIND.WISH), ENCODER.encode(JSON.stringify(wish)));
  }

  /** @param {InputBatch} batch */
  input(batch) {
    this._say(KIND.INPUT, this._next(KIND.INPUT), ENCODER.encode(JSON.stringify(batch)));
  }

  /** Text for the customer's clipboard. @param {string} text */
  paste(text) {
    this._say(KIND.CLIPBOARD, this._next(KIND.CLIPBOARD), ENCODER.encode(text));
  }

  /** A message of the channel, as it came. @param {Bytes} message */
  hear(message) {
    const part = read(message);
    if (!part || !this._start) return;
    const { epoch, share, sender } = part.header;
    // The customer is the first of a session, and nobody else shows anything.
    if (sender !== 0 || epoch !== this._start.epoch || share !== this._start.share) return;
    this._heardAt = performance.now();
    if (part.header.kind === KIND.FRAME) this._sequence.partCame();
    const whole = this._joiner.add(part);
    if (!whole) return;
    try {
      this._take(whole);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      if (whole.header.kind === KIND.FRAME) this._failed();
    }
  }

  /** @param {Message} whole */
  _take({ header, payload }) {
    switch (header.kind) {
      case KIND.FRAME:
        return this._frame(header.seq, (header.flags & FLAG.KEY) !== 0, payload);
      case KIND.CURSOR:
        return this._cursor.hear(cursor(payload));
      case KIND.SCREEN:
        return this._news(news(payload));
      case KIND.CLIPBOARD:
        return this._copied(clipboardText(payload));
      case KIND.BEAT:
        this._sequence.beat(header.seq);
        if (header.seq === this.store.value.drawn) this._age.fresh(performance.now());
        return this._askForKey();
    }
  }

  /**
   * @param {number} seq
   * @param {boolean} key
   * @param {Bytes} payload
   */
  _frame(seq, key, payload) {
    if (!this._sequence.take(seq, key)) return this._askForKey();
    const shown = picture(payload);
    if (key) {
      this._decoder?.close();
      this._decoder = new Decoder({
        ready: (drawing) => this._canvas.put(drawing),
        failed: (codec) => this._gaveUp(codec),
      });
    }
    this._decoder?.decode(seq, key, shown);
  }

  /** A decoder that gives up twice is not trusted any more: there are others. @param {number} codec */
  _gaveUp(codec) {
    const times = (this._failures.get(codec) ?? 0) + 1;
    this._failures.set(codec, times);
    if (times >= MOST_FAILURES) this._codecs = this._codecs?.filter((one) => one !== codec) ?? null;
    this._failed();
  }

  /** What comes now cannot be decoded: begin anew with a key frame. */
  _failed() {
    this._decoder?.close();
    this._decoder = null;
    this._sequence.broken();
    this._askForKey();
  }

  /** @param {Drawing} newest */
  _drawn({ seq, layout }) {
    this._shown = layout;
    this._age.fresh(performance.now());
    this._say(KIND.ACKNOWLEDGEMENT, seq, new Uint8Array());
    this.store.update({ drawn: seq, age: 0 });
  }

  /** @param {ScreenNews} message */
  _news(message) {
    switch (message.t) {
      case "layout":
        this._layouts.set(message.number % 256, message.number);
        return this.store.update({ layout: message });
      case "obstacles":
        return this.store.update({ seeing: message.view, acting: message.control });
      case "input.resting":
        return this.store.update({ restsUntil: performance.now() + message.restMs });
      case "input.refused":
        if (message.to === this._me) this.store.update({ refused: { why: message.why } });
    }
  }

  _look() {
    const now = performance.now();
    const age = this._age.seconds(now);
    if (age !== this.store.value.age) this.store.update({ age });
    if (now - this._heardAt > SILENT_MS) this._sequence.broken();
    this._askForKey();
  }

  _askForKey() {
    if (this._codecs && this._sequence.asks(performance.now())) void this._watch();
  }

  /** Ready for a key frame. */
  async _watch() {
    const start = this._start;
    this._codecs ??= await codecs();
    if (start !== this._start) return;
    this._heardAt = performance.now();
    this._sequence.asks(this._heardAt);
    this.wish({ t: "watch", codecs: this._codecs });
  }

  _blank() {
    this._decoder?.close();
    this._decoder = null;
    this._canvas.blank();
    this._cursor.forget();
    this._age.none();
    this._layouts.clear();
    this.store.update(NOTHING);
  }

  /** @param {number} kind */
  _next(kind) {
    const count = (this._said.get(kind) ?? 0) + 1;
    this._said.set(kind, count);
    return count;
  }

  /**
   * @param {number} kind
   * @param {number} seq
   * @param {Bytes} payload
   */
  _say(kind, seq, payload) {
    if (!this._start) return;
    const { share, epoch } = this._start;
    // Counts on over a reload of the page, by which the customer's program knows a fresh start.
    const timeUs = (performance.timeOrigin + performance.now()) * 1000;
    const header = { kind, flags: 0, sender: 0, epoch, share, seq, timeUs };
    for (const message of parts(header, payload)) this._send(message);
  }
}
