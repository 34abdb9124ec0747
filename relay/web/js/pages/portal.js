/** The portal works without this: here mistakes are told as they are made, and people come and go. */

import { load } from "../core/texts.js";
import { watchKey } from "./portal/key_field.js";
import { sendOnce } from "./portal/once.js";
import { keepPresent } from "./portal/present.js";
import { watchRequest } from "./portal/request_form.js";

const texts = await load();
watchKey(texts);
watchRequest(texts);
keepPresent(texts);
sendOnce();
