/** The step from the web chat to the program: a code to type in there, and how long it is good. */

import { h, icon, press, setText } from "../core/dom.js";
import { span } from "../core/time.js";

/** @import { Conversation } from "../core/conversation.js" */
/** @import { Texts } from "../core/texts.js" */
/** @import { View } from "../core/view.js" */

/** Shows a code until it is closed, or until the customer has gone on in the program. */
export class Program {
  /**
   * @param {Texts} texts
   * @param {Conversation} conversation
   */
  constructor(texts, conversation) {
    this._texts = texts;
    this._conversation = conversation;
    this._number = h("p", { class: "code-number", role: "status" });
    this._left = h("p", "soft");
    this._said = h("p", { class: "error", role: "alert" });
    this._copied = h("p", { role: "status" });
    this._copy = press(texts.t("chat.code_copy"), () => void this._take(), "primary");
    this._copy.prepend(icon("copy"));
    this._again = press(texts.t("chat.code_again"), () => this._make(), "primary");
    const close = h("button", { class: "button", autofocus: true }, texts.t("notify.close"));
    const buttons = h("form", { method: "dialog", class: "dialog-buttons" }, close, this._again, this._copy);
    const steps = ["start", "enter"].map((key) => h("li", {}, texts.t(`chat.program_${key}`)));
    this._dialog = h(
      "dialog",
      { class: "dialog", "aria-labelledby": "program" },
      h("h2", { class: "dialog-title", id: "program" }, texts.t("chat.program")),
      h("ol", "program-steps", ...steps),
      h("div", "code", this._number, this._left),
      this._said,
      h("p", "soft", texts.t("chat.program_same")),
      this._copied,
      buttons,
    );
    document.body.append(this._dialog);
    this._dialog.showModal();
    this._make();
    const leave = conversation.store.subscribe((view) => this._render(view));
    const timer = setInterval(() => this._render(conversation.store.value), 1000);
    this._dialog.addEventListener("close", () => {
      clearInterval(timer);
      leave();
      this._dialog.remove();
    });
  }

  _make() {
    setText(this._copied, "");
    const asked = this._conversation.makeCode();
    setText(this._said, asked ? "" : this._texts.t("link.lost"));
  }

  async _take() {
    try {
      await navigator.clipboard.writeText(this._number.textContent);
      setText(this._copied, this._texts.t("chat.code_copied"));
    } catch {
      // Forbidden: then it is marked, for the person's own keys.
      window.getSelection()?.selectAllChildren(this._number);
    }
  }

  /** @param {View} view */
  _render({ code, refusal, ahead, snapshot, link }) {
    const { _texts: texts } = this;
    const ms = code ? code.expiresAt - Date.now() - ahead : 0;
    const good = ms > 0;
    setText(this._number, good && code ? grouped(code.code) : "");
    setText(this._left, good ? texts.t("chat.code_left", { time: span(ms) }) : "");
    this._copy.hidden = !good;
    this._again.hidden = good;
    if (code) setText(this._said, good ? "" : texts.t("chat.code_over"));
    else if (refusal?.asked === "code.make") setText(this._said, texts.t(`error.${refusal.code}`, { detail: "" }));
    if (snapshot?.state === "ended" || link.name === "closed") this._dialog.close();
  }
}

/** The code as people read it: `K7PQ-2M9X-AB0C`. @param {string} code */
function grouped(code) {
  return code.replace(/....(?=.)/g, "$&-");
}
