/** What a page can do with files. */

import { LIMITS } from "../../protocol_more.js";

/** A page can look after files up to this size; larger ones the browser fetches by itself. */
export const MOST_BYTES = 512 * LIMITS.FILE_PIECE_BYTES;

/** So much is asked for at a time, so that several files come in turn. */
export const RANGE_BYTES = 4 * LIMITS.FILE_PIECE_BYTES;

/** So many are on their way at a time, each way; in turn, piece by piece. */
export const LANES = 2;
