/** The catalogue of the page's language: the same files and rules as `protocol/catalogue.py`. */

import { get } from "./http.js";

const FIELD = /\{([a-z_]+)\}/g;

/** @typedef {Readonly<Record<string, string | number>>} Fields */

export class Texts {
  /**
   * @param {string} language
   * @param {Readonly<Record<string, string>>} texts
   */
  constructor(language, texts) {
    this.language = language;
    this._texts = texts;
  }

  /**
   * The text of `key` with its fields filled in. Throws `RangeError` when there is no such text
   * or field: a bug.
   * @param {string} key
   * @param {Fields} [fields]
   * @returns {string}
   */
  t(key, fields = {}) {
    const text = this._texts[key];
    if (text === undefined) throw new RangeError(`no text ${key}`);
    return text.replace(FIELD, (_, name) => {
      const field = fields[name];
      if (field === undefined) throw new RangeError(`no field ${name} for ${key}`);
      return String(field);
    });
  }

  /**
   * The singular or plural text of `key`, with `{n}` and `fields` filled in.
   * @param {string} key
   * @param {number} n
   * @param {Fields} [fields]
   */
  count(key, n, fields = {}) {
    return this.t(`${key}.${n === 1 ? "one" : "other"}`, { ...fields, n });
  }
}

/** The catalogue of the language in `<html lang>`. @returns {Promise<Texts>} */
export async function load() {
  const language = document.documentElement.lang;
  return new Texts(language, await get(`/static/texts/${language}.json`));
}
