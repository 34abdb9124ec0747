/** The ways a file comes into a page: chosen, dragged, or pasted. */

import { h, icon, setText } from "../../core/dom.js";

/** @import { Texts } from "../../core/texts.js" */

/**
 * `take` gets what a person gave (`pasted`: it has no name of its own); `told` hears why nothing of it
 * was taken.
 * @typedef {object} AttachEars
 * @property {(files: File[], pasted: boolean) => void} take
 * @property {(why: string) => void} told
 */

export class Attach {
  /**
   * @param {Texts} texts
   * @param {AttachEars} ears
   */
  constructor(texts, ears) {
    this._texts = texts;
    this._ears = ears;
    this._why = "";
    this._words = h("span", {});
    this._over = h("p", { class: "file-drop", hidden: true }, icon("clip"), this._words);
  }

  /** Take what is dragged or pasted onto `host`. @param {HTMLElement} host */
  listen(host) {
    host.append(this._over);
    host.addEventListener("dragover", (event) => this._onDrag(event));
    host.addEventListener("dragleave", ({ relatedTarget: to }) => {
      if (!(to instanceof Node && host.contains(to))) this._over.hidden = true;
    });
    host.addEventListener("drop", (event) => this._onDrop(event));
    host.addEventListener("paste", (event) => this.paste(event));
  }

  /** Let the person choose, in the click's own call stack, as browsers demand. */
  choose() {
    const input = h("input", { type: "file", multiple: true });
    input.addEventListener("change", () => this._take([...(input.files ?? [])]));
    input.click();
  }

  /** @param {ClipboardEvent} event */
  paste({ clipboardData: data }) {
    // A text may bring its own picture along; then the text is what is meant.
    if (!data?.types.includes("text/plain")) this._take([...(data?.files ?? [])], true);
  }

  /** Bar it, saying why; empty lets it. @param {string} why */
  bar(why) {
    this._why = why;
  }

  /** @param {DragEvent} event */
  _onDrag(event) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = this._why ? "none" : "copy";
    setText(this._words, this._why || this._texts.t("file.drop"));
    this._over.hidden = false;
  }

  /** @param {DragEvent} event */
  _onDrop(event) {
    const data = event.dataTransfer;
    if (!data?.types.includes("Files")) return;
    // Else the browser would leave the page and show the file.
    event.preventDefault();
    this._over.hidden = true;
    const entries = [...data.items].filter(({ kind }) => kind === "file").map((item) => item.webkitGetAsEntry());
    const files = [...data.files].filter((_, place) => !entries[place]?.isDirectory);
    if (files.length < entries.length) this._ears.told(this._texts.t("file.folder"));
    this._take(files);
  }

  /**
   * @param {File[]} files
   * @param {boolean} [pasted]
   */
  _take(files, pasted = false) {
    if (!files.length) return;
    if (this._why) this._ears.told(this._why);
    else this._ears.take(files, pasted);
  }
}
