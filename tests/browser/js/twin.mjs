/** Answers each line `[function, arguments]` with the function's result as a line of JSON. */

import { createInterface } from "node:readline";

import { delayS } from "../../../relay/web/js/core/backoff.js";
import * as keys from "../../../relay/web/js/core/keys.js";
import { blocks, spans } from "../../../relay/web/js/core/markup.js";
import { applyAll } from "../../../relay/web/js/core/sharing.js";
import { representatives } from "../../../relay/web/js/core/snapshot.js";
import { Texts } from "../../../relay/web/js/core/texts.js";
import * as channel from "../../../relay/web/js/screen/channel.js";
import * as payloads from "../../../relay/web/js/screen/payloads.js";
import * as pixels from "../../../relay/web/js/screen/pixels.js";
import { faultOf, filled, range, tidied } from "../../../relay/web/js/pages/admin/customer/words.js";

const bytes = (hex) => Uint8Array.from(Buffer.from(hex, "hex"));
const hex = (all) => Buffer.from(all).toString("hex");

const functions = {
  ...keys,
  apply: applyAll,
  blocks,
  channelParts: (header, payload) => channel.parts(header, bytes(payload)).map(hex),
  channelJoined: (messages, most) => {
    const joiner = new channel.Joiner(most);
    return messages.map((message) => {
      const part = channel.read(bytes(message));
      const whole = part && joiner.add(part);
      return whole && { ...whole.header, payload: hex(whole.payload) };
    });
  },
  cursor: (payload) => {
    const { pixels, ...news } = payloads.cursor(bytes(payload));
    return { ...news, pixels: hex(pixels) };
  },
  picture: (payload) => {
    const { pieces, ...head } = payloads.picture(bytes(payload));
    return { ...head, pieces: pieces.map(({ data, ...piece }) => ({ ...piece, data: hex(data) })) };
  },
  stream: (data, width, height) => {
    const { areas, chunk, ...head } = payloads.stream({ data: bytes(data), width, height });
    return { ...head, areas, chunk: hex(chunk) };
  },
  pixels: (data, plain, width, height) => {
    const { colours, packed, bytes: size } = pixels.exact({ data: bytes(data), width, height });
    return [hex(packed), size, hex(pixels.unpacked(bytes(plain), colours, { width, height }))];
  },
  delayS,
  faultOf,
  filled,
  range,
  representatives,
  spans,
  tidied,
  t: (texts, key, fields) => new Texts("en", texts).t(key, fields),
};

for await (const line of createInterface({ input: process.stdin })) {
  const [name, args] = JSON.parse(line);
  let answer;
  try {
    answer = functions[name](...args);
  } catch (error) {
    answer = { thrown: error.constructor.name };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
