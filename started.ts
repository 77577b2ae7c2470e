/** What was started and is to be stopped: in reverse, so that nothing loses what it stands on. */
export class Started {
  readonly #undo: (() => Promise<void>)[] = [];

  /** To be called at the end, before all that was started earlier. */
  push(undo: () => Promise<void>): void {
    this.#undo.push(undo);
  }

  async stop(): Promise<void> {
    for (const undo of this.#undo.reverse()) await undo();
  }
}
