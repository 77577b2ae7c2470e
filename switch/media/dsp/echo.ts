/** What a peer said comes back to it so much later, frame by frame of 20 ms. */
export class Echo {
  readonly #delayFrames: number;
  readonly #waiting: (Int16Array | undefined)[] = [];

  /** At least two frames, as FreeSWITCH does (switch_ivr.c, `switch_ivr_delay_echo`). */
  constructor(delayMs: number) {
    this.#delayFrames = Math.max(2, Math.floor(delayMs / FRAME_MS));
  }

  /** Takes a frame and gives what was said so much earlier; undefined, either way: silence. */
  next(voice: Int16Array | undefined): Int16Array | undefined {
    this.#waiting.push(voice?.slice());
    return this.#waiting.length > this.#delayFrames ? this.#waiting.shift() : undefined;
  }
}

const FRAME_MS = 20;
