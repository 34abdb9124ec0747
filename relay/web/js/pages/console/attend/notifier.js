/** Notifications of the browser, for those who look at something else. */

/** @typedef {"granted" | "default" | "denied" | "missing"} Leave */

export class Notifier {
  /** @param {() => void} chosen somebody followed a notification */
  constructor(chosen) {
    this._chosen = chosen;
    /** @type {Notification | null} */
    this._shown = null;
    document.addEventListener("visibilitychange", () => isSeen() && this._shown?.close());
    window.addEventListener("focus", () => this._shown?.close());
  }

  /** What the browser says about notifications. @returns {Leave} */
  get leave() {
    return "Notification" in window ? Notification.permission : "missing";
  }

  /** Ask the person, from their own click. @returns {Promise<Leave>} */
  async ask() {
    if (this.leave === "default") await Notification.requestPermission().catch(() => "denied");
    return this.leave;
  }

  /**
   * Tell somebody who does not look; a newer one takes the place of the one before.
   * @param {string} title
   * @param {string} body
   * @param {string} tag the same in every window, so that one is shown
   */
  tell(title, body, tag) {
    if (isSeen() || this.leave !== "granted") return;
    this._shown?.close();
    try {
      const shown = new Notification(title, { body, tag, silent: true, icon: "/static/icons/favicon.svg" });
      shown.addEventListener("click", () => {
        window.focus();
        shown.close();
        this._chosen();
      });
      this._shown = shown;
    } catch {
      // Some phones have the name but let no page show any.
    }
  }
}

function isSeen() {
  return document.visibilityState === "visible" && document.hasFocus();
}
