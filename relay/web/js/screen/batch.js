/**
 * Input on its way, in its order: one batch for each frame that it was made on, sent once in an
 * animation frame. Pure.
 */

import { LIMITS } from "../protocol_more.js";

/** @import { AnyInput, InputBatch } from "../protocol.js" */

export class Batch {
  constructor() {
    /** @type {{ frame: number, events: AnyInput[] }[]} */
    this._groups = [];
  }

  get isEmpty() {
    return this._groups.length === 0;
  }

  /**
   * Add an event made on frame `frame`. Of places that follow each other the newest counts.
   * @param {AnyInput} event
   * @param {number} frame
   */
  add(event, frame) {
    let group = this._groups.at(-1);
    if (!group || group.frame !== frame || isFull(group.events, event)) {
      group = { frame, events: [] };
      this._groups.push(group);
    }
    if (event.t === "move" && group.events.at(-1)?.t === "move") group.events.pop();
    group.events.push(event);
  }

  /** What is to be sent now, in order. @returns {InputBatch[]} */
  take() {
    const groups = this._groups;
    this._groups = [];
    return groups;
  }
}

/**
 * @param {readonly AnyInput[]} events
 * @param {AnyInput} event
 */
function isFull(events, event) {
  const replaces = event.t === "move" && events.at(-1)?.t === "move";
  return events.length >= LIMITS.INPUT_EVENTS && !replaces;
}
