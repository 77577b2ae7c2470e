const SIZE = 128;

/** Which of the last 128 packet indices came already (RFC 3711 section 3.3.2). */
export class ReplayWindow {
  readonly #seen = new Float64Array(SIZE).fill(-1);
  #highest = -1;

  /** True too for what is older than the window. */
  hasSeen(index: number): boolean {
    return index <= this.#highest - SIZE || this.#seen[index % SIZE] === index;
  }

  add(index: number): void {
    this.#seen[index % SIZE] = index;
    this.#highest = Math.max(this.#highest, index);
  }
}
