/** Answers each line `[function, arguments]` with the function's result as a line of JSON. */

import { createInterface } from "node:readline";

import { delayS } from "../../../relay/web/js/core/backoff.js";
import * as keys from "../../../relay/web/js/core/keys.js";
import { blocks, spans } from "../../../relay/web/js/core/markup.js";
import { apply, representatives } from "../../../relay/web/js/core/snapshot.js";
import { Texts } from "../../../relay/web/js/core/texts.js";
import { faultOf, filled, range, tidied } from "../../../relay/web/js/pages/admin/customer/words.js";

const functions = {
  ...keys,
  apply,
  blocks,
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
