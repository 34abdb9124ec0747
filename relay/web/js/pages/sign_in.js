/** Sign in by a one-time link. Opening the link uses nothing up; the button does. */

import { byId } from "../core/dom.js";
import { load } from "../core/texts.js";
import { afterSignIn, submitTo, takeToken } from "./form.js";

/** @import { SignInByLink } from "../protocol.js" */

const token = takeToken();

submitTo(byId("sign-in", HTMLFormElement), {
  texts: await load(),
  path: "/api/login/link",
  next: afterSignIn,
  /** @returns {SignInByLink} */
  body: () => ({ token }),
});
