/** Make the first administrator with the token that the relay's terminal showed. */

import { byId } from "../core/dom.js";
import { load } from "../core/texts.js";
import { submitTo, takeToken } from "./form.js";

/** @import { SetUp } from "../protocol.js" */

const token = takeToken();

submitTo(byId("setup", HTMLFormElement), {
  texts: await load(),
  path: "/api/setup",
  next: () => "/console",
  /** @returns {SetUp} */
  body: (field) => ({
    token,
    name: field("name").trim().toLowerCase(),
    shownName: field("shownName").trim(),
    password: field("password"),
  }),
});
