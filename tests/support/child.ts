import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** A program that a test started, with all that it printed. Ended by its own pid. */
export class Child {
  readonly process: ChildProcess;
  #printed = '';
  readonly #waiting = new Set<() => void>();

  constructor(command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env) {
    this.process = spawn(command, args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
    const keep = (chunk: Buffer): void => {
      this.#printed += chunk.toString();
      for (const look of this.#waiting) look();
    };
    this.process.stdout?.on('data', keep);
    this.process.stderr?.on('data', keep);
  }

  get printed(): string {
    return this.#printed;
  }

  get ended(): boolean {
    return this.process.exitCode !== null || this.process.signalCode !== null;
  }

  /** The first match of `pattern` in what was printed; rejects when the program ends or time is up. */
  prints(pattern: RegExp, withinMs = 15_000): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      const finish = (settle: () => void): void => {
        clearTimeout(timer);
        this.#waiting.delete(look);
        settle();
      };
      const look = (): void => {
        const match = pattern.exec(this.#printed);
        if (match !== null) finish(() => resolve(match));
      };
      const fail = (why: string): void =>
        finish(() =>
          reject(new Error(`${why} before printing ${pattern}:\n${this.#printed.slice(-3000)}`)),
        );
      const timer = setTimeout(() => fail(`${withinMs} ms passed`), withinMs);
      this.#waiting.add(look);
      this.process.once('exit', () => fail('the program ended'));
      look();
    });
  }

  /** Waits until the program has ended by itself; its exit code, or undefined after a signal. */
  async exit(): Promise<number | undefined> {
    if (!this.ended) await once(this.process, 'exit');
    return this.process.exitCode ?? undefined;
  }

  /** Ends it with `signal` and waits until it has gone. */
  async kill(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.ended) return;
    const gone = once(this.process, 'exit');
    this.process.kill(signal);
    await gone;
  }
}
