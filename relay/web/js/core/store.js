/** One value, replaced whole, and those who want to know when it changes. */

/** @template T */
export class Store {
  /** @param {T} value */
  constructor(value) {
    this.value = value;
    /** @type {Set<(value: T) => void>} */
    this._subscribers = new Set();
    this._told = true;
  }

  /**
   * Replace parts of the value; subscribers hear of all changes of one turn at once.
   * @param {Partial<T>} parts
   */
  update(parts) {
    this.value = { ...this.value, ...parts };
    if (!this._told) return;
    this._told = false;
    queueMicrotask(() => {
      this._told = true;
      for (const tell of this._subscribers) tell(this.value);
    });
  }

  /**
   * Tell `subscriber` now and after every change. Calling what is returned ends that.
   * @param {(value: T) => void} subscriber
   */
  subscribe(subscriber) {
    this._subscribers.add(subscriber);
    subscriber(this.value);
    return () => this._subscribers.delete(subscriber);
  }
}
