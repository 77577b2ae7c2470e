import type { Basics } from './basics.ts';
import { InTurn } from './in-turn.ts';
import { chained, faultOf, GENESIS, isGenuine, sealed } from './rules/audit.ts';
import type { AuditAct, AuditEntry, ChainFault, Seal, SealKind } from './rules/audit.ts';
import { shownSource } from './rules/sources.ts';

/** Entries read from the store at once. */
const CHUNK = 200;
const DAY_MS = 86_400_000;
const KEPT_DAYS = 365;

type Link = Pick<AuditEntry, 'seq' | 'hash' | 'atMs'>;

/** What a look at the whole chain found. `seq` names the first broken link, or where a seal says it stood. */
export type ChainCheck =
  | { readonly ok: true; readonly first: number; readonly last: number; readonly hash: string }
  | { readonly ok: false; readonly seq: number; readonly fault: ChainFault };

/**
 * Who did what, in a chain of hashes: appended to, never changed. One chain a store, whichever
 * process appends; what was promised survives `kill -9`. Everything here rejects with
 * `StoreUnavailable` where the store does.
 */
export class AuditLog {
  readonly #basics: Basics;
  readonly #keptDays: number;
  readonly #inTurn = new InTurn();
  /** The newest that this process knows of; others may have gone on. */
  #last: Link | undefined;
  #tidiedMs = 0;
  #waiting: AuditAct[] = [];
  /** The write that will take those who wait. */
  #next: Promise<void> | undefined;

  /** Entries older than `keptDays` go at the start and with the first act of a day; absent: a year. */
  constructor(basics: Basics, keptDays = KEPT_DAYS) {
    this.#basics = basics;
    this.#keptDays = keptDays;
  }

  async start(): Promise<void> {
    const { store, keys } = this.#basics;
    for (const kind of ['start', 'head'] as const)
      await store.create(sealPlace(kind), { value: sealed(kind, GENESIS, keys.tokens) });
    await this.#tidy();
  }

  /** What was begun is done then. */
  stop(): Promise<void> {
    return this.#inTurn.run('chain', () => Promise.resolve());
  }

  /** Kept once it resolves. `from` comes whole and is kept as the policy for numbers has it. */
  async record(act: AuditAct): Promise<void> {
    const from = shownSource(act.from, this.#basics.numbers);
    this.#waiting.push({ ...act, from });
    this.#next ??= this.#inTurn.run('chain', () => this.#appendWaiting());
    await this.#next;
    if (this.#basics.now() - this.#tidiedMs > DAY_MS)
      void this.#inTurn.run('chain', () => this.#tidy());
  }

  /** For what nobody waits for: where it cannot be kept, the process' log says so. */
  tell(act: AuditAct): void {
    this.record(act).catch((error: unknown) =>
      this.#basics.log('error', 'an act is missing in the audit log', { why: String(error) }),
    );
  }

  /** The numbers of the oldest and the newest entry that is kept; none where `last` is below `first`. */
  async range(): Promise<{ readonly first: number; readonly last: number }> {
    const { seq } = (await this.#seal('start')) ?? GENESIS;
    return { first: seq + 1, last: (await this.#newest()).seq };
  }

  /** The entries numbered `from` to `to`, as far as they are there, in their order. */
  async read(from: number, to: number): Promise<readonly AuditEntry[]> {
    const begin = Math.max(1, from);
    const numbers = Array.from({ length: Math.max(0, to - begin + 1) }, (_, n) => begin + n);
    const found = await Promise.all(numbers.map((seq) => this.#entry(seq)));
    return found.filter((entry) => entry !== undefined);
  }

  /** Looks at both seals and at every entry. */
  async verify(): Promise<ChainCheck> {
    const [start, head] = [await this.#seal('start'), await this.#seal('head')];
    const key = this.#basics.keys.tokens;
    if (start === undefined || !isGenuine('start', start, key))
      return { ok: false, seq: start?.seq ?? 0, fault: 'seal-forged' };
    if (head === undefined || !isGenuine('head', head, key))
      return { ok: false, seq: head?.seq ?? 0, fault: 'seal-forged' };
    return this.#follow(start, head);
  }

  /** From seal to seal, and on: others append meanwhile. */
  async #follow(start: Seal, head: Seal): Promise<ChainCheck> {
    let last: Pick<AuditEntry, 'seq' | 'hash'> = start;
    const first = start.seq + 1;
    for (;;) {
      const entries = await this.read(last.seq + 1, last.seq + CHUNK);
      for (const entry of entries) {
        const fault = faultOf(entry, last);
        if (fault !== undefined) return { ok: false, seq: last.seq + 1, fault };
        if (entry.seq === head.seq && entry.hash !== head.hash)
          return { ok: false, seq: entry.seq, fault: 'seal-differs' };
        last = entry;
      }
      if (entries.length < CHUNK) break;
    }
    if (last.seq < head.seq) return { ok: false, seq: last.seq + 1, fault: 'missing' };
    return { ok: true, first, last: last.seq, hash: last.hash };
  }

  #appendWaiting(): Promise<void> {
    const acts = this.#waiting;
    this.#waiting = [];
    this.#next = undefined;
    return this.#append(acts);
  }

  /** All of them and the seal in one write, however many wait: each write waits for the disk. */
  async #append(acts: readonly AuditAct[]): Promise<void> {
    const { store, now } = this.#basics;
    for (;;) {
      const entries = chained(acts, await this.#newest(), now());
      const kept = entries.map((entry) => [place(entry.seq), { value: entry }] as const);
      const last = entries.at(-1);
      if (last === undefined) return;
      if (!(await store.createAll([...kept, ...(await this.#sealAt(last))]))) continue;
      this.#last = last;
      return;
    }
  }

  /** A seal that is gone, or stands where nobody set it, stays so: somebody will have to see it. */
  async #sealAt(last: AuditEntry) {
    const stands = await this.#seal('head');
    if (stands === undefined || stands.seq >= last.seq) return [];
    const seal = sealed('head', last, this.#basics.keys.tokens);
    return [[sealPlace('head'), { value: seal }]] as const;
  }

  /** From the newest we know of on, for others append too. */
  async #newest(): Promise<Link> {
    let last = this.#last ?? (await this.#knownLast());
    for (;;) {
      const next = await this.#entry(last.seq + 1);
      if (next === undefined) return (this.#last = last);
      last = next;
    }
  }

  async #knownLast(): Promise<Link> {
    const { seq, hash } = (await this.#seal('head')) ?? GENESIS;
    return { seq, hash, atMs: (await this.#entry(seq))?.atMs ?? 0 };
  }

  #entry(seq: number): Promise<AuditEntry | undefined> {
    return this.#basics.store.get<AuditEntry>(place(seq));
  }

  #seal(kind: SealKind): Promise<Seal | undefined> {
    return this.#basics.store.get<Seal>(sealPlace(kind));
  }

  /** Forward only: another process may have been faster. */
  async #moveSeal(kind: SealKind, to: Pick<AuditEntry, 'seq' | 'hash'>): Promise<void> {
    const { store, keys } = this.#basics;
    await store.update<Seal>(sealPlace(kind), (stands) =>
      stands !== undefined && stands.seq < to.seq
        ? { value: sealed(kind, to, keys.tokens) }
        : undefined,
    );
  }

  /** The log of the process is told where the chain stands: a witness outside the store. */
  async #tidy(): Promise<void> {
    this.#tidiedMs = this.#basics.now();
    try {
      await this.#forgetOld();
      const { seq, hash } = await this.#newest();
      if (seq > 0) this.#basics.log('info', 'the audit log stands here', { seq, hash });
    } catch (error) {
      this.#basics.log('warn', 'the audit log could not be tidied', { why: String(error) });
    }
  }

  /**
   * The newest stays, so that the chain goes on. The seal moves first, so that no gap is unsealed;
   * what a killed process left before it goes the next time.
   */
  async #forgetOld(): Promise<void> {
    const oldestMs = this.#basics.now() - this.#keptDays * DAY_MS;
    for (;;) {
      const { first, last } = await this.range();
      for (const { seq } of await this.read(first - CHUNK, first - 1))
        await this.#basics.store.delete(place(seq));
      const next = await this.read(first, Math.min(first + CHUNK, last) - 1);
      const newest = next.filter(({ atMs }) => atMs < oldestMs).at(-1);
      if (newest === undefined) return;
      await this.#moveSeal('start', newest);
    }
  }
}

function place(seq: number): string {
  return `audit:${String(seq).padStart(12, '0')}`;
}

function sealPlace(kind: SealKind): string {
  return `audit-seal:${kind}`;
}
