/** A timer's start, which every machine asks for in the same words. */
interface StartTimer {
  readonly kind: 'start-timer';
  readonly timer: string;
  readonly ms: number;
}

interface TimerInput {
  readonly kind: 'timer';
  readonly timer: string;
}

/** One transaction machine and what its effects come to. */
export interface RunnerEdge<Tx, Input, Effect> {
  step(this: void, tx: Tx, input: Input): readonly [Tx, readonly Effect[]];
  perform(this: void, effect: Exclude<Effect, StartTimer>): void;
  /** The transaction reached its end; called once. */
  ended(this: void): void;
}

/** Runs one transaction: keeps its state, starts its timers, hands its other effects on. Knows no rule. */
export class TransactionRunner<
  Tx extends { readonly state: string },
  Input extends { readonly kind: string },
  Effect extends { readonly kind: string },
> {
  readonly #edge: RunnerEdge<Tx, Input | TimerInput, Effect>;
  readonly #timers = new Map<string, NodeJS.Timeout>();
  #tx: Tx;
  #stopped = false;

  constructor(tx: Tx, edge: RunnerEdge<Tx, Input, Effect>) {
    this.#tx = tx;
    this.#edge = edge;
  }

  get tx(): Tx {
    return this.#tx;
  }

  receive(input: Input): void {
    this.#step(input);
  }

  /** Carries out the effects of the machine's start. */
  run(effects: readonly Effect[]): void {
    for (const effect of effects) {
      if (isStartTimer(effect)) this.#startTimer(effect);
      else this.#edge.perform(effect as Exclude<Effect, StartTimer>);
    }
    if (this.#tx.state === 'terminated') this.#end();
  }

  /** Stops without a word: the endpoint goes away. */
  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  #step(input: Input | TimerInput): void {
    if (this.#stopped) return;
    const [tx, effects] = this.#edge.step(this.#tx, input);
    this.#tx = tx;
    this.run(effects);
  }

  #startTimer({ timer, ms }: StartTimer): void {
    clearTimeout(this.#timers.get(timer));
    // Effects run in order, and one before this may have ended the transaction.
    if (this.#stopped || this.#tx.state === 'terminated') return;
    const started = setTimeout(() => this.#step({ kind: 'timer', timer }), ms);
    this.#timers.set(timer, started);
  }

  #end(): void {
    if (this.#stopped) return;
    this.stop();
    this.#edge.ended();
  }
}

function isStartTimer(effect: { readonly kind: string }): effect is StartTimer {
  return effect.kind === 'start-timer';
}
