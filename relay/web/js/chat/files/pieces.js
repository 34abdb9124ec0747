/** A file's way to the relay and back over HTTPS, piece by piece; see `protocol/files.py`. */

import { answer, call, post } from "../../core/http.js";
import { LIMITS } from "../../protocol_more.js";

/** @import { FileStanding } from "../../protocol.js" */

/** A piece takes as long as it takes, but a link that died unnoticed must not be waited for. */
const STUCK_MS = 60_000;

/** How many pieces a file of `size` bytes has. @param {number} size */
export function piecesOf(size) {
  return Math.ceil(size / LIMITS.FILE_PIECE_BYTES);
}

/**
 * The bytes of a piece. Rejects with the browser's `NotReadableError` when the file is gone or has
 * changed.
 * @param {Blob} file
 * @param {number} piece
 */
export async function pieceOf(file, piece) {
  const start = piece * LIMITS.FILE_PIECE_BYTES;
  return new Uint8Array(await file.slice(start, start + LIMITS.FILE_PIECE_BYTES).arrayBuffer());
}

/** Where the file can be fetched. @param {string} session @param {string} transfer */
export function whole(session, transfer) {
  return `/files/${session}/${encodeURIComponent(transfer)}`;
}

export class Way {
  /**
   * Each call throws `Refusal` or `Unreachable`.
   * @param {string} session
   * @param {string} transfer
   * @param {AbortSignal} signal
   */
  constructor(session, transfer, signal) {
    this._path = `/api/files/${session}/${encodeURIComponent(transfer)}`;
    this._whole = whole(session, transfer);
    this._signal = signal;
  }

  /** What the relay has. @returns {Promise<FileStanding>} */
  standing() {
    return call(this._path, { method: "GET", signal: this._patient() });
  }

  /**
   * @param {number} piece
   * @param {Uint8Array<ArrayBuffer>} body
   * @returns {Promise<FileStanding>}
   */
  put(piece, body) {
    const headers = { "Content-Type": "application/octet-stream" };
    return call(`${this._path}/${piece}`, { method: "PUT", headers, body, signal: this._patient() });
  }

  /** That was all. @param {string} sha256 @returns {Promise<void>} */
  end(sha256) {
    return post(this._path, { sha256 }, this._signal);
  }

  /**
   * The answer with the bytes from `from` on, at most `most` of them.
   * @param {number} from
   * @param {number} most
   */
  fetch(from, most) {
    const headers = { Range: `bytes=${from}-${from + most - 1}` };
    return answer(this._whole, { method: "GET", headers, signal: this._signal });
  }

  _patient() {
    return AbortSignal.any([this._signal, AbortSignal.timeout(STUCK_MS)]);
  }
}
