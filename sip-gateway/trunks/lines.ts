import { createHmac } from 'node:crypto';
import { troubleSentence } from '../../protocol/call/trunk-trouble.ts';
import type { TrunkTrouble } from '../../protocol/call/trunk-trouble.ts';
import type { Log } from '../../protocol/log.ts';
import { header } from '../../protocol/sip/message.ts';
import type { SipResponse } from '../../protocol/sip/message.ts';
import type { Trunk, TrunkTest } from '../../protocol/call/trunk.ts';
import type { Directory } from '../directory.ts';
import type { Content, Source } from '../leg.ts';
import { trunkUri } from '../outbound/callees.ts';
import { isAlive } from '../switches.ts';
import type { TrunkFlow } from './arrival.ts';
import { Line } from './line.ts';
import type { LineState } from './line.ts';

export interface TrunkStatus {
  readonly name: string;
  /** `reachable`: does not register, and answers. `off`: neither registers nor is called out by. */
  readonly state: LineState;
  /** Where it is not as it should be: why, and the same as one English sentence. */
  readonly trouble?: TrunkTrouble;
  readonly detail?: string;
}

export interface TrunkLinesParts {
  readonly directory: Directory;
  /** Makes the users of our Contacts: nobody else can guess them, and they outlive us. */
  readonly key: Uint8Array;
  /** A request outside any dialog; `from` is who answered. */
  readonly request: (
    uri: string,
    method: string,
    content: Content,
    done: (answer: SipResponse, from?: Source) => void,
  ) => void;
  readonly isJoined: () => boolean;
  readonly random: (bytes: number) => Uint8Array;
  readonly log: Log;
  /** How often trunks are read anew and asked whether they live; 30 s when absent. */
  readonly everyMs?: number;
}

const EVERY_MS = 30_000;
const PATIENCE_TO_LEAVE_MS = 1_000;
const PATIENCE_TO_TEST_MS = 6_000;
const MOST_AGENT = 100;

/** Our ends of the trunks: registers where a trunk wants it, asks the others whether they live. */
export class TrunkLines {
  readonly #parts: TrunkLinesParts;
  readonly #lines = new Map<string, Line>();
  readonly #timer: NodeJS.Timeout;
  readonly #unsubscribe: () => void;
  #isAnew = false;

  constructor(parts: TrunkLinesParts) {
    this.#parts = parts;
    this.#timer = setInterval(() => this.read(), parts.everyMs ?? EVERY_MS).unref();
    this.#unsubscribe = parts.directory.subscribeTrunks?.(() => this.read()) ?? (() => undefined);
  }

  status(): readonly TrunkStatus[] {
    return [...this.#lines.values()].map(({ trunk, state, trouble }) => ({
      name: trunk.name,
      state,
      ...(trouble && { trouble, detail: troubleSentence(trouble) }),
    }));
  }

  /**
   * Asks a trunk's server now whether it is there (OPTIONS, RFC 3261 section 11), and says what it said;
   * `undefined` where no trunk has that name.
   */
  async test(name: string): Promise<TrunkTest | undefined> {
    const line = this.#lines.get(name);
    if (!line) return undefined;
    const beganMs = performance.now();
    const ms = (): number => Math.round(performance.now() - beganMs);
    const answer = await this.#asked(line.trunk);
    if (!answer || !isAlive(answer)) return { answered: false, ms: ms() };
    const { status, reason } = answer;
    const agent = header(answer, 'Server') ?? header(answer, 'User-Agent');
    const said = agent === undefined ? {} : { agent: agent.slice(0, MOST_AGENT) };
    return { answered: true, status, reason, ms: ms(), ...said };
  }

  /** Undefined where nobody answers for as long as somebody waits at a button. */
  #asked(trunk: Trunk): Promise<SipResponse | undefined> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, PATIENCE_TO_TEST_MS, undefined);
      this.#parts.request(trunkUri(trunk), 'OPTIONS', {}, (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
    });
  }

  flows(): readonly TrunkFlow[] {
    return [...this.#lines.values()].flatMap(({ flow }) => flow ?? []);
  }

  /** drachtio is there, maybe another one: what the old one told the providers may be forgotten. */
  joined(): void {
    this.#isAnew = true;
    this.read();
  }

  /** Reads the trunks anew, registers at new ones and asks the others. */
  read(): void {
    const { directory, log } = this.#parts;
    const trunks = directory.trunks?.() ?? Promise.resolve([]);
    trunks.then(
      (each) => this.#take(each),
      (error: unknown) => log('error', 'trunks cannot be read', { why: String(error) }),
    );
  }

  /** Takes our Contacts back; waits a moment for it. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#unsubscribe();
    const left = [...this.#lines.values()].map((line) => line.leave());
    const late = new Promise<void>((resolve) => {
      setTimeout(resolve, PATIENCE_TO_LEAVE_MS).unref();
    });
    await Promise.race([Promise.all(left), late]);
  }

  #take(trunks: readonly Trunk[]): void {
    const isAnew = this.#isAnew;
    this.#isAnew = false;
    for (const [name, line] of this.#lines) {
      const now = trunks.find((trunk) => trunk.name === name);
      if (now && line.isFor(now)) continue;
      void line.leave();
      this.#lines.delete(name);
    }
    for (const trunk of trunks) {
      const line = this.#lines.get(trunk.name) ?? this.#open(trunk);
      if (isAnew || line.isNew) line.begin();
      else line.ask();
    }
  }

  #open(trunk: Trunk): Line {
    const { key, request, isJoined, random, log } = this.#parts;
    const digest = createHmac('sha256', key).update(`trunk contact ${trunk.name}`).digest('hex');
    const line = new Line(trunk, {
      contactUser: `t-${digest.slice(0, 32)}`,
      request: (method, content, done) => request(trunkUri(trunk), method, content, done),
      isJoined,
      random,
      log,
      isAlive,
    });
    this.#lines.set(trunk.name, line);
    return line;
  }
}
