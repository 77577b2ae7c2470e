import type { CallIdentity } from '../protocol/call/identity.ts';
import type { SipRequest } from '../protocol/sip/message.ts';
import type { ParticipantId } from '../protocol/room/room.ts';
import type { JoinParts } from './join.ts';
import { Join } from './join.ts';
import type { Incoming, Leg } from './leg.ts';
import type { SwitchAddress } from './switches.ts';

/** A call that is up or begins, and what it takes to move it. */
export interface Joined {
  readonly join: Join;
  /** The switch that it is at. */
  readonly node: SwitchAddress;
  /** Its leg there, where it is named by us or names itself. */
  readonly leg?: ParticipantId | undefined;
  /** What we vouched for, or the bridge did. */
  readonly identity: CallIdentity;
  /** Ended after so long, where it may not go on for ever. */
  readonly maxMs?: number | undefined;
  /** Told of its end. */
  readonly over?: () => void;
}

/** Whether a call goes on although the switch ended its leg with this BYE. */
export type GoesOn = (call: Joined, bye: SipRequest) => boolean;

type Beginning = Omit<JoinParts, 'onEnd' | 'goesOn' | 'onRefer'>;

/** A phone asks for its call to be transferred. */
export type Refers = (join: Join, incoming: Incoming, leg: Leg) => void;

/** The calls that are up or begin, each with the switch that it is at. */
export class Joins {
  readonly #joins = new Map<Join, Joined>();
  readonly #limits = new Map<Join, NodeJS.Timeout>();
  readonly #goesOn: GoesOn | undefined;
  /** Absent: nobody is transferred. */
  onRefer: Refers | undefined;
  readonly #onGone: (leg: ParticipantId) => void;
  #accepting = true;
  #onIdle: () => void = () => undefined;

  /**
   * `goesOn` is asked about a call whose leg the switch ended; absent: it ends. `onGone` is told of the
   * leg of a call that ended on its way to another switch.
   */
  constructor(goesOn?: GoesOn, onGone: (leg: ParticipantId) => void = () => undefined) {
    this.#goesOn = goesOn;
    this.#onGone = onGone;
  }

  get size(): number {
    return this.#joins.size;
  }

  get accepting(): boolean {
    return this.#accepting;
  }

  begin(about: Omit<Joined, 'join'>, parts: Beginning): void {
    const goesOn = this.#goesOn;
    const join: Join = new Join({
      ...parts,
      ...(goesOn && { goesOn: (bye: SipRequest): boolean => this.#asked(join, bye, goesOn) }),
      onRefer: (incoming, leg) => this.#refer(join, incoming, leg),
      onEnd: (moving) => this.#onEnd(join, moving),
    });
    this.#joins.set(join, { ...about, join });
    if (about.maxMs !== undefined)
      this.#limits.set(
        join,
        setTimeout(() => join.end(), about.maxMs),
      );
    join.start();
  }

  get all(): readonly Joined[] {
    return [...this.#joins.values()];
  }

  /** What is known of it by now; undefined where it has ended. */
  get(join: Join): Joined | undefined {
    return this.#joins.get(join);
  }

  /** It is at another switch now, or somebody else than we thought. */
  change(join: Join, change: Partial<Pick<Joined, 'node' | 'identity'>>): void {
    const before = this.#joins.get(join);
    if (before !== undefined) this.#joins.set(join, { ...before, ...change });
  }

  at({ host, port }: SwitchAddress): readonly Joined[] {
    return [...this.#joins.values()].filter(({ node }) => node.host === host && node.port === port);
  }

  /** Takes no more; resolves when the last call has ended. */
  runOut(): Promise<void> {
    this.#accepting = false;
    return new Promise((resolve) => {
      this.#onIdle = resolve;
      if (this.#joins.size === 0) resolve();
    });
  }

  endAll(): void {
    this.#accepting = false;
    for (const join of [...this.#joins.keys()]) join.end();
  }

  endAt(node: SwitchAddress): void {
    for (const { join } of this.at(node)) join.end();
  }

  /** Ends the calls of one WebSocket. */
  endFrom({ address, port }: { readonly address: string; readonly port: number }): void {
    for (const join of [...this.#joins.keys()]) {
      const { source } = join;
      const isFrom = source.address === address && source.port === port;
      if (source.transport === 'ws' && isFrom) join.end();
    }
  }

  #refer(join: Join, incoming: Incoming, leg: Leg): void {
    if (this.onRefer) this.onRefer(join, incoming, leg);
    else incoming.respond(405);
  }

  #asked(join: Join, bye: SipRequest, goesOn: GoesOn): boolean {
    const joined = this.#joins.get(join);
    return joined !== undefined && this.#accepting && goesOn(joined, bye);
  }

  #onEnd(join: Join, moving: boolean): void {
    const { leg, over } = this.#joins.get(join) ?? {};
    this.#joins.delete(join);
    clearTimeout(this.#limits.get(join));
    this.#limits.delete(join);
    over?.();
    if (moving && leg !== undefined) this.#onGone(leg);
    if (!this.#accepting && this.#joins.size === 0) this.#onIdle();
  }
}
