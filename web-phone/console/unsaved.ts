import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';

/** Forms that hold what nobody has saved. While there is one, the page is not left without a question. */
export class Unsaved {
  readonly #forms = signal(0);
  readonly #asked = signal<string | undefined>(undefined);

  constructor() {
    window.addEventListener('beforeunload', (event) => {
      if (this.#forms.peek() > 0) event.preventDefault();
    });
  }

  /** The address that somebody wants to go to, and was not let yet. */
  get asked(): ReadonlySignal<string | undefined> {
    return this.#asked;
  }

  /** Returns how to let go. */
  hold(): () => void {
    this.#forms.value += 1;
    return () => (this.#forms.value -= 1);
  }

  /** Whether the page may go there now; else the person is asked. */
  lets(hash: string): boolean {
    if (this.#forms.peek() === 0) return true;
    this.#asked.value = hash;
    return false;
  }

  answered(): void {
    this.#asked.value = undefined;
  }
}
