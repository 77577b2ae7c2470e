import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { EchoTest, EchoTestParts } from './echo-test.ts';
import type { EchoPanel } from './view/echo-test.tsx';

/** The test and its view, once they are here. */
export interface EchoHere {
  readonly test: EchoTest;
  readonly Panel: typeof EchoPanel;
}

/** The echo test, fetched when somebody first wants it: most do not. */
export class EchoDoor {
  readonly #parts: EchoTestParts;
  readonly #here = signal<EchoHere | undefined>(undefined);
  readonly #opening = signal(false);

  constructor(parts: EchoTestParts) {
    this.#parts = parts;
  }

  get here(): ReadonlySignal<EchoHere | undefined> {
    return this.#here;
  }
  get opening(): ReadonlySignal<boolean> {
    return this.#opening;
  }

  /** See `EchoTest.start`. Where it cannot be fetched nothing happens, and the button can be pressed again. */
  async start(name: string): Promise<void> {
    this.#opening.value = true;
    this.#here.value ??= await this.#fetched().catch(() => undefined);
    this.#opening.value = false;
    await this.#here.peek()?.test.start(name);
  }

  close(): void {
    this.#here.peek()?.test.close();
  }

  async #fetched(): Promise<EchoHere> {
    const [{ EchoTest }, { EchoPanel: Panel }] = await Promise.all([
      import('./echo-test.ts'),
      import('./view/echo-test.tsx'),
    ]);
    return { test: new EchoTest(this.#parts), Panel };
  }
}
