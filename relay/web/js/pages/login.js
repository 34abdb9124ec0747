/** Sign in by name and password. */

import { byId } from "../core/dom.js";
import { load } from "../core/texts.js";
import { afterSignIn, submitTo } from "./form.js";

/** @import { SignIn } from "../protocol.js" */

submitTo(byId("login", HTMLFormElement), {
  texts: await load(),
  path: "/api/login",
  next: afterSignIn,
  /** @returns {SignIn} */
  body: (field) => ({ name: field("name").trim().toLowerCase(), password: field("password") }),
});
