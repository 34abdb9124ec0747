/** The head that administration and account pages share. */

import { byId } from "../../core/dom.js";
import { post } from "../../core/http.js";

byId("sign-out", HTMLButtonElement).addEventListener("click", async () => {
  // Whatever went wrong, the sign-in page shows how things stand.
  await post("/api/logout").catch(() => null);
  sessionStorage.clear();
  location.replace("/login");
});

// On narrow windows the sections stand in a row that scrolls.
document.querySelector(".admin-link[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
