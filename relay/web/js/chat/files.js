/** Files in the web chat: what is there from the start. The rest comes when there is a first file. */

import { explain, h, icon, isEnabled, setText } from "../core/dom.js";
import { late } from "../core/late.js";
import { allows } from "../core/view.js";
import { event } from "./lines.js";
import { whyNot } from "./state.js";

/** @import { Snapshot } from "../protocol.js" */
/** @import { Conversation } from "../core/conversation.js" */
/** @import { Texts } from "../core/texts.js" */
/** @import { View } from "../core/view.js" */
/** @import { FilesPart } from "./files/part.js" */
/** @import { Tell } from "./lines.js" */
/** @import { Pane } from "./pane.js" */

export class Files {
  /**
   * What is dragged or pasted onto `host` is offered.
   * @param {Texts} texts
   * @param {Conversation} conversation
   * @param {HTMLElement} host
   */
  constructor(texts, conversation, host) {
    this._texts = texts;
    this._conversation = conversation;
    this._host = host;
    this._part = /** @type {FilesPart | null} */ (null);
    this._loading = /** @type {Promise<void> | null} */ (null);
    /** The open files of the last snapshot that the relay gave. @type {Pick<Snapshot, "files" | "seq">} */
    this._base = { files: [], seq: 0 };
    this.said = h("p", { class: "error chat-said", role: "alert" });
    const name = texts.t("file.send");
    const named = { class: "button attach", type: "button", title: name, "aria-label": name };
    this._button = h("button", { ...named, onclick: () => this._use((part) => part.attach.choose()) }, icon("clip"));
    /** As `event` of `lines.js`, with files. @type {Tell} */
    this.event = (fact, view, texts) => this._part?.event(fact, view) || event(fact, view, texts);
  }

  /** Show files in `pane`. @param {Pane} pane */
  listen(pane) {
    this._pane = pane;
    pane.entry.element.prepend(this._button);
    this._host.addEventListener("dragenter", () => void this._load());
    this._host.addEventListener("paste", (event) => {
      if (event.clipboardData?.files.length && !this._part) this._use((part) => part.attach.paste(event));
    });
    this._conversation.store.subscribe((view) => this._render(view));
  }

  /** @param {View} view */
  _render(view) {
    const { rules, snapshot } = view;
    this._button.hidden = !allows(view, "file.offer");
    const off = rules?.fromCustomer === false && this._texts.t("error.files_off");
    const why = this._part?.whyNot(view) || off || whyNot(this._texts, view, "file.offer");
    explain(this._button, why);
    this._part?.attach.bar(why);
    if (!snapshot || this._part) return;
    if (snapshot.files !== this._base.files) this._base = snapshot;
    if (snapshot.files.length || snapshot.log.some(({ t }) => t.startsWith("file."))) void this._load();
  }

  /** @param {(part: FilesPart) => void} use */
  async _use(use) {
    if (!isEnabled(this._button)) return;
    await this._load();
    if (this._part) use(this._part);
  }

  _load() {
    this._loading ??= late(() => import("./files/part.js"), import.meta.resolve("./files/part.js")).then(
      ({ FilesPart }) => {
        const part = new FilesPart(this._texts, this._conversation, (words) => setText(this.said, words));
        this._part = part;
        part.listen(this._host);
        if (this._pane) this._pane.drawFile = (id) => part.draw(id);
        part.catchUp(this._base);
      },
      () => {
        this._loading = null;
        setText(this.said, this._texts.t("page.unreachable"));
      },
    );
    return this._loading;
  }
}
