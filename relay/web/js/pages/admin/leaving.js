/** A warning before the page is left with something in it that is not saved. */

/** @param {() => boolean} isUnsaved */
export function warnBeforeLeaving(isUnsaved) {
  window.addEventListener("beforeunload", (event) => {
    if (isUnsaved()) event.preventDefault();
  });
}
