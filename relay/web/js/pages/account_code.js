/** The second step of signing in: the code of the second factor. */

import { byId } from "../core/dom.js";
import { load } from "../core/texts.js";
import { why } from "./admin/why.js";
import { submitTo } from "./form.js";

/** @import { SignInCode } from "../protocol.js" */

submitTo(byId("code-form", HTMLFormElement), {
  texts: await load(),
  path: "/api/login/code",
  next: () => "/console",
  words: why,
  /** @returns {SignInCode} */
  body: (field) => ({ code: field("code") }),
});
