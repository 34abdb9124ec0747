/**
 * Messages of the channel: a clear 24-byte header and an opaque payload, in parts where it is long,
 * as in `protocol/channel.py`. Pure.
 */

import { CHANNEL, LIMITS } from "../protocol_more.js";

/** @typedef {Uint8Array<ArrayBuffer>} Bytes */
/**
 * `sender` is the place of a participant in the session's list, stamped by the relay; `timeUs` is
 * the sender's own clock.
 * @typedef {object} Header
 * @property {number} kind
 * @property {number} flags
 * @property {number} sender
 * @property {number} epoch
 * @property {number} share
 * @property {number} seq
 * @property {number} timeUs
 */
/** @typedef {{ readonly header: Header, readonly payload: Bytes }} Message */

const { FLAG, KIND, OFFSET, SIZE } = CHANNEL;
const KINDS = new Set(Object.values(KIND));
const ALL_FLAGS = Object.values(FLAG).reduce((all, flag) => all | flag, 0);

/**
 * The header and payload of a message as it came, or null when it is none of ours.
 * @param {Bytes} message
 * @returns {Message | null}
 */
export function read(message) {
  if (message.length < SIZE || message.length > SIZE + LIMITS.CHANNEL_PAYLOAD_BYTES) return null;
  const view = new DataView(message.buffer, message.byteOffset, SIZE);
  const kind = view.getUint8(OFFSET.KIND);
  const flags = view.getUint8(OFFSET.FLAGS);
  if (view.getUint8(OFFSET.VERSION) !== CHANNEL.VERSION) return null;
  if (!KINDS.has(kind) || flags & ~ALL_FLAGS) return null;
  const header = {
    kind,
    flags,
    sender: view.getUint8(OFFSET.SENDER),
    epoch: view.getUint32(OFFSET.EPOCH),
    share: view.getUint32(OFFSET.SHARE),
    seq: view.getUint32(OFFSET.SEQ),
    timeUs: Number(view.getBigUint64(OFFSET.TIME_US)),
  };
  return { header, payload: message.subarray(SIZE) };
}

/**
 * The messages that carry `payload`, in order; FIRST and LAST are set here.
 * @param {Header} header
 * @param {Bytes} payload
 * @returns {Bytes[]}
 */
export function parts(header, payload) {
  const most = LIMITS.CHANNEL_PAYLOAD_BYTES;
  const last = Math.max(0, Math.ceil(payload.length / most) - 1);
  const flags = header.flags & ~(FLAG.FIRST | FLAG.LAST);
  return Array.from({ length: last + 1 }, (_, at) => {
    const edges = (at === 0 ? FLAG.FIRST : 0) | (at === last ? FLAG.LAST : 0);
    return written({ ...header, flags: flags | edges }, payload.subarray(at * most, (at + 1) * most));
  });
}

/**
 * @param {Header} header
 * @param {Bytes} piece
 */
function written(header, piece) {
  const message = new Uint8Array(SIZE + piece.length);
  const view = new DataView(message.buffer);
  view.setUint8(OFFSET.VERSION, CHANNEL.VERSION);
  view.setUint8(OFFSET.KIND, header.kind);
  view.setUint8(OFFSET.FLAGS, header.flags);
  view.setUint8(OFFSET.SENDER, header.sender);
  view.setUint32(OFFSET.EPOCH, header.epoch);
  view.setUint32(OFFSET.SHARE, header.share);
  view.setUint32(OFFSET.SEQ, header.seq);
  view.setBigUint64(OFFSET.TIME_US, BigInt(Math.floor(header.timeUs)));
  message.set(piece, SIZE);
  return message;
}

/** Puts the parts of messages together again, for each sender and kind of its own. */
export class Joiner {
  /** @param {number} [most] bytes of a payload, its parts joined */
  constructor(most = LIMITS.CHANNEL_JOINED_BYTES) {
    this._most = most;
    /** @type {Map<number, { header: Header, pieces: Bytes[], size: number }>} */
    this._open = new Map();
  }

  /**
   * The message that is whole with `part`, under the header of its first part; else null. A part
   * that does not follow the one before is dropped together with what it belongs to.
   * @param {Message} part
   * @returns {Message | null}
   */
  add({ header, payload }) {
    const key = header.sender * 256 + header.kind;
    const begins = header.flags & FLAG.FIRST;
    const held = begins ? { header, pieces: [], size: 0 } : this._open.get(key);
    this._open.delete(key);
    if (!held || !follows(held.header, header)) return null;
    held.pieces.push(payload);
    held.size += payload.length;
    if (held.size > this._most) return null;
    if (header.flags & FLAG.LAST) return { header: held.header, payload: joined(held) };
    this._open.set(key, held);
    return null;
  }
}

/**
 * @param {{ pieces: Bytes[], size: number }} held
 * @returns {Bytes}
 */
function joined({ pieces, size }) {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/**
 * @param {Header} first
 * @param {Header} header
 */
function follows(first, { epoch, share, seq }) {
  return first.epoch === epoch && first.share === share && first.seq === seq;
}
