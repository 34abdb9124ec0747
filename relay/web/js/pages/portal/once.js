/** A form is sent once, however often its button is pressed: each time would open a session. */

/** After so long somebody who still sees the form may try again. */
const ON_ITS_WAY_MS = 10_000;

/** Call it last: forms that another listener keeps back are not on their way. */
export function sendOnce() {
  /** @type {Map<EventTarget, number>} */
  const sent = new Map();
  for (const form of document.forms) {
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented) return;
      const before = sent.get(form) ?? -ON_ITS_WAY_MS;
      if (event.timeStamp - before < ON_ITS_WAY_MS) event.preventDefault();
      else sent.set(form, event.timeStamp);
    });
  }
  // A page that is shown again by the back button is as it was left.
  addEventListener("pageshow", () => sent.clear());
}
