/** The survey as it is being written: questions in their order, those deleted until saving. */

import { Store } from "../../../core/store.js";

/** @import { QuestionKind, SurveyRow, SurveyState, SurveyWish } from "../../../protocol.js" */

/** A text by language. @typedef {Readonly<Record<string, string>>} Worded */
/** @typedef {{ readonly id: string, readonly kind: QuestionKind, readonly text: Worded, readonly choices: readonly Worded[], readonly deleted: boolean }} Question */
/** @typedef {{ readonly stored: SurveyState, readonly enabled: boolean, readonly questions: readonly Question[] }} Held */

export const LEAST_CHOICES = 2;

export class Draft {
  /** @param {SurveyState} stored */
  constructor(stored) {
    this.store = new Store(fresh(stored));
  }

  /** The questions that are asked. */
  get asked() {
    return this.store.value.questions.filter(({ deleted }) => !deleted);
  }

  /** What is to be saved. @returns {SurveyWish} */
  wish() {
    const { stored, enabled } = this.store.value;
    return { version: stored.version, enabled, questions: this.asked.map(row) };
  }

  get isChanged() {
    const { stored, enabled } = this.store.value;
    const saved = stored.questions.map((one) => row({ ...one, deleted: false }));
    return enabled !== stored.enabled || JSON.stringify(saved) !== JSON.stringify(this.asked.map(row));
  }

  /** Begin anew from what is stored. @param {SurveyState} stored */
  reset(stored) {
    this.store.update(fresh(stored));
  }

  /** Keep what is drafted, in place of what is stored now. @param {SurveyState} stored */
  rebase(stored) {
    this.store.update({ stored });
  }

  /** @param {boolean} enabled */
  enable(enabled) {
    this.store.update({ enabled });
  }

  /** A new question at the end. @returns {string} its id */
  add() {
    const id = newId();
    const question = { id, kind: /** @type {const} */ ("stars"), text: {}, choices: [], deleted: false };
    this.store.update({ questions: [...this.store.value.questions, question] });
    return id;
  }

  /**
   * @param {string} id
   * @param {Partial<Question>} parts
   */
  change(id, parts) {
    const questions = this.store.value.questions.map((one) => (one.id === id ? completed({ ...one, ...parts }) : one));
    this.store.update({ questions });
  }

  /** The question now. @param {string} id */
  find(id) {
    return this.store.value.questions.find((one) => one.id === id);
  }

  /**
   * Move a question past the next one that is asked; what is deleted keeps its place.
   * @param {string} id
   * @param {-1 | 1} step
   */
  move(id, step) {
    const asked = this.asked;
    const at = asked.findIndex((one) => one.id === id);
    const other = asked[at + step];
    const self = asked[at];
    if (!other || !self) return;
    const swapped = this.store.value.questions.map((one) => (one === self ? other : one === other ? self : one));
    this.store.update({ questions: swapped });
  }
}

/** @param {SurveyState} stored @returns {Held} */
function fresh(stored) {
  return { stored, enabled: stored.enabled, questions: stored.questions.map((one) => ({ ...one, deleted: false })) };
}

/** A choice needs at least two things to choose from. @param {Question} question */
function completed(question) {
  if (question.kind !== "choice" || question.choices.length >= LEAST_CHOICES) return question;
  const missing = Array.from({ length: LEAST_CHOICES - question.choices.length }, () => ({}));
  return { ...question, choices: [...question.choices, ...missing] };
}

/** @param {Question} question @returns {SurveyRow} */
function row({ id, kind, text, choices }) {
  return { id, kind, text: worded(text), choices: kind === "choice" ? choices.map(worded) : [] };
}

/** Without languages in which nothing is written. @param {Worded} text */
function worded(text) {
  return Object.fromEntries(Object.entries(text).flatMap(([language, words]) => (words.trim() ? [[language, words.trim()]] : [])).sort());
}

function newId() {
  return [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * A text as a customer of that language reads it: in another one where it has none.
 * @param {Worded} text
 * @param {readonly string[]} languages the customer's, then the others in their order
 */
export function inLanguage(text, languages) {
  return languages.map((one) => text[one]?.trim()).find((words) => words) ?? "";
}
