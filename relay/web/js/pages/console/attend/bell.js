/**
 * The sound of somebody who comes. Browsers play nothing before a person has done something in the
 * page; of several windows of the console one plays.
 */

const SOUND = "/static/sounds/arrival.wav";
const LOCK = "console bell";

export class Bell {
  constructor() {
    /** @type {AudioContext | null} */
    this._audio = null;
    /** @type {Promise<AudioBuffer> | null} */
    this._sound = null;
    this._isMine = false;
    for (const touch of ["pointerdown", "keydown"]) {
      window.addEventListener(touch, () => this._prepare(), { capture: true, once: true });
    }
  }

  /** Play, if this is the window that does; `always` is for whoever tries it out here. */
  async ring(always = false) {
    if (always) this._prepare();
    if (!this._audio || !(this._isMine || always)) return;
    try {
      await this._audio.resume();
      this._sound ??= load(this._audio);
      const player = this._audio.createBufferSource();
      player.buffer = await this._sound;
      player.connect(this._audio.destination);
      player.start();
    } catch {
      // No sound device, or no relay: the queue and the notification tell all the same.
      this._sound = null;
    }
  }

  _prepare() {
    if (this._audio) return;
    this._audio = new AudioContext();
    // Held until the window is closed; then the next one has it.
    void navigator.locks.request(LOCK, () => {
      this._isMine = true;
      return new Promise(() => {});
    });
  }
}

/** @param {AudioContext} audio */
async function load(audio) {
  const answer = await fetch(SOUND);
  return audio.decodeAudioData(await answer.arrayBuffer());
}
