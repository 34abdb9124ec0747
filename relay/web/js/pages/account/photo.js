/** One's photo: chosen here, made small here, shown to customers from then on. */

import { h, icon, press, setText } from "../../core/dom.js";
import { call, post } from "../../core/http.js";
import { tell } from "../admin/toast.js";
import { why } from "../admin/why.js";
import { card } from "./card.js";

/** @import { AccountState } from "../../protocol.js" */
/** @import { Texts } from "../../core/texts.js" */

const TYPES = "image/png,image/jpeg,image/webp";

/** Of the picture that is kept, in pixels each way. */
const SIDE = 256;
const QUALITY = 0.88;

/**
 * @param {Texts} texts
 * @param {AccountState} state
 * @param {() => void} changed
 */
export function photoCard(texts, { photo }, changed) {
  const error = h("p", { class: "error", role: "alert" });
  const picture = photo ? [h("img", { class: "account-photo", alt: texts.t("account.photo_alt"), src: `/photos/${photo}` })] : [];
  const input = h("input", { type: "file", class: "only-read", accept: TYPES, tabindex: "-1", "aria-hidden": "true" });
  /**
   * @param {() => Promise<unknown>} run
   * @param {string} words
   */
  const attempt = async (run, words) => {
    setText(error, "");
    try {
      await run();
      tell(texts.t(words));
      changed();
    } catch (failure) {
      setText(error, failure instanceof Unreadable ? texts.t("account.photo_unreadable") : why(texts, failure));
    }
  };
  input.addEventListener("change", () => {
    const file = input.files?.[0];
    input.value = "";
    if (file) void attempt(() => send(file), "account.photo_done");
  });
  const choose = h("button", { class: "button", type: "button" }, icon("picture"), texts.t("account.photo_choose"));
  choose.addEventListener("click", () => input.click());
  const remove = press(texts.t("account.photo_remove"), () => {
    void attempt(() => post("/api/account/photo/delete"), "account.photo_removed");
  });
  remove.hidden = !photo;
  const about = h("p", { class: "soft" }, texts.t("account.photo_text"));
  const buttons = h("div", { class: "key-buttons" }, choose, input, remove);
  return card(texts.t("account.photo"), about, ...picture, buttons, error);
}

/** What the browser cannot show as a picture. */
class Unreadable extends Error {}

/** @param {File} file */
async function send(file) {
  const body = await small(file);
  await call("/api/account/photo", { method: "POST", body });
}

/**
 * The middle of the picture, in a size that is enough; whatever else the file told stays here.
 * @param {File} file
 * @returns {Promise<Blob>}
 */
async function small(file) {
  const picture = await createImageBitmap(file).catch(() => {
    throw new Unreadable();
  });
  const side = Math.min(picture.width, picture.height);
  const canvas = h("canvas", { width: String(SIDE), height: String(SIDE) });
  const context = canvas.getContext("2d");
  if (!context || !side) throw new Unreadable();
  context.fillStyle = "#fff";
  context.fillRect(0, 0, SIDE, SIDE);
  const [x, y] = [(picture.width - side) / 2, (picture.height - side) / 2];
  context.drawImage(picture, x, y, side, side, 0, 0, SIDE, SIDE);
  picture.close();
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  if (!(blob instanceof Blob)) throw new Unreadable();
  return blob;
}
