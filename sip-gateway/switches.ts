import { createHash } from 'node:crypto';
import type { Log } from '../protocol/log.ts';
import type { SipResponse } from '../protocol/sip/message.ts';
import { header } from '../protocol/sip/message.ts';
import { isAccessRefusal } from './failure.ts';

/** A FreeSWITCH node's SIP address. */
export interface SwitchAddress {
  readonly host: string;
  readonly port: number;
}

/** Whether a switch answers, as far as its pings tell. It counts as up until they say otherwise. */
export interface SwitchHealth {
  readonly misses: number;
  readonly up: boolean;
}

export interface SwitchStatus extends SwitchAddress {
  readonly up: boolean;
  /** Its access list turned our last call away. */
  readonly refusesCalls?: true;
  /** It said that it stops. */
  readonly stops?: true;
}

export const NEW_SWITCH: SwitchHealth = { misses: 0, up: true };

const MISSES_TO_DOWN = 3;

/** After one ping: three missed in a row take a switch down, one answer brings it back. */
export function afterPing(health: SwitchHealth, answered: boolean): SwitchHealth {
  if (answered) return NEW_SWITCH;
  const misses = Math.min(health.misses + 1, MISSES_TO_DOWN);
  return { misses, up: misses < MISSES_TO_DOWN && health.up };
}

export function switchUri(user: string, { host, port }: SwitchAddress): string {
  return `sip:${user}@${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/**
 * The node for a room, among those that are up: the one whose hash with the room is highest, so
 * that all legs of a room meet on one node and a node that goes moves only its own rooms.
 */
export function switchFor<S extends SwitchAddress>(room: string, up: readonly S[]): S | undefined {
  const weigh = ({ host, port }: S) =>
    createHash('sha256').update(`${room} ${host} ${port}`).digest('hex');
  return up.toSorted((one, other) => (weigh(one) > weigh(other) ? -1 : 1))[0];
}

export interface SwitchesParts {
  /** Sends OPTIONS; `done` gets the answer, or what the SIP stack makes up for none. */
  readonly ping: (uri: string, done: (answer: SipResponse) => void) => void;
  /** False while there is nothing to ping through, which says nothing about the switches. */
  readonly canPing: () => boolean;
  /**
   * A call that goes nowhere, to learn whether the switch's access list lets us in: OPTIONS pass it
   * anyway. Absent where there is no such list.
   */
  readonly tryCall?: (uri: string, done: (answer: SipResponse) => void) => void;
  readonly onDown: (node: SwitchAddress) => void;
  readonly everyMs: number;
  readonly log: Log;
}

export const PING_EVERY_MS = 5_000;
/** A ping is missed when this part of the interval is over; its transaction may try on for 32 s. */
const ANSWER_PART = 0.8;
/** So long a switch that stops may still answer. */
const STOPPING_MS = 5_000;
/** What one that somebody lost may take to answer, three times over. */
const QUICK_MS = 700;
/** One that missed is asked so many times as often: its end and its return are known sooner. */
const EAGERNESS = 5;

/**
 * Whether a live switch spoke. Without an answer the SIP stack makes up a bare 408 or 503; a switch
 * that is busy, and says 503 itself, signs as what it is.
 */
export function isAlive(answer: SipResponse): boolean {
  const signed = ['User-Agent', 'Server', 'Allow'].some((name) => header(answer, name));
  return answer.status !== 408 && (answer.status !== 503 || signed);
}

/** Watches the switches with OPTIONS and says which one takes a call. */
export class Switches {
  readonly #parts: SwitchesParts;
  readonly #health = new Map<SwitchAddress, SwitchHealth>();
  readonly #timer: NodeJS.Timeout;
  /** Those whose access list turned our last call away. */
  readonly #refusing = new Set<SwitchAddress>();
  /** Those that have taken a call since they came, real or tried. */
  readonly #tried = new Set<SwitchAddress>();
  readonly #trying = new Set<SwitchAddress>();
  readonly #suspected = new Set<SwitchAddress>();
  /** Those that said that they stop, and until when an answer of theirs is one of the dying. */
  readonly #stopping = new Map<SwitchAddress, number>();
  #beats = 0;

  constructor(addresses: readonly SwitchAddress[], parts: SwitchesParts) {
    this.#parts = parts;
    for (const address of addresses) this.#health.set(address, NEW_SWITCH);
    this.#timer = setInterval(() => this.#beat(), parts.everyMs / EAGERNESS);
  }

  anyUp(): boolean {
    return [...this.#health.values()].some(({ up }) => up);
  }

  status(): SwitchStatus[] {
    return [...this.#health].map(([address, { up }]) => ({
      host: address.host,
      port: address.port,
      up,
      ...(this.#refusing.has(address) ? { refusesCalls: true } : {}),
      ...(this.#stopping.has(address) ? { stops: true } : {}),
    }));
  }

  pick(room: string): SwitchAddress | undefined {
    const up = [...this.#health].filter(([, health]) => health.up).map(([address]) => address);
    return switchFor(room, up);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #beat(): void {
    this.#beats += 1;
    if (!this.#parts.canPing()) return;
    for (const [address, { misses }] of this.#health) {
      const isNew = this.#parts.tryCall !== undefined && !this.#tried.has(address);
      if (misses === 0 && !isNew && this.#beats % EAGERNESS !== 0) continue;
      this.ask(address, (alive) => this.#onPinged(address, alive));
    }
  }

  /** It says itself that it stops: no call goes there until it answers again. */
  leaves(named: SwitchAddress): void {
    const address = this.#own(named);
    this.#stopping.set(address, performance.now() + STOPPING_MS);
    this.#health.set(address, { misses: MISSES_TO_DOWN, up: false });
  }

  /** Somebody else lost it: asked at once, and quickly, whether it is dead. */
  suspect(named: SwitchAddress): void {
    const address = this.#own(named);
    if (this.#suspected.has(address) || !this.#parts.canPing()) return;
    this.#suspected.add(address);
    this.#askQuickly(address, MISSES_TO_DOWN);
  }

  #askQuickly(address: SwitchAddress, times: number): void {
    const ms = Math.min(QUICK_MS, this.#parts.everyMs);
    const next = (alive: boolean): void => {
      this.#onPinged(address, alive);
      if (alive || times <= 1) this.#suspected.delete(address);
      else this.#askQuickly(address, times - 1);
    };
    this.ask(address, next, ms);
  }

  /** Whether a switch answers now, told once. */
  ask(
    address: SwitchAddress,
    done: (alive: boolean) => void,
    withinMs = this.#parts.everyMs * ANSWER_PART,
  ): void {
    let told = false;
    const tell = (answered: boolean) => {
      if (!told) done(answered);
      told = true;
    };
    const timer = setTimeout(() => tell(false), withinMs).unref();
    this.#parts.ping(switchUri('ping', address), (answer) => {
      clearTimeout(timer);
      tell(isAlive(answer));
    });
  }

  /** What a switch answered to a call. */
  onCallAnswered(named: SwitchAddress, answer: SipResponse): void {
    if (!isAlive(answer)) return;
    const address = this.#own(named);
    this.#tried.add(address);
    const { host, port } = address;
    const refuses = isAccessRefusal(answer);
    if (refuses === this.#refusing.has(address)) return;
    if (refuses) this.#refusing.add(address);
    else this.#refusing.delete(address);
    this.#parts.log(
      refuses ? 'error' : 'info',
      refuses ? 'switch refuses our calls' : 'switch takes our calls again',
      { host, port },
    );
  }

  /** The address as we were given it first: others may name it by their own. */
  #own({ host, port }: SwitchAddress): SwitchAddress {
    const known = [...this.#health.keys()];
    return known.find((each) => each.host === host && each.port === port) ?? { host, port };
  }

  #onPinged(address: SwitchAddress, answered: boolean): void {
    if (answered && (this.#stopping.get(address) ?? 0) > performance.now()) return;
    this.#stopping.delete(address);
    if (!answered) this.#tried.delete(address);
    else if (this.#refusing.has(address) || !this.#tried.has(address)) this.#tryCall(address);
    const before = this.#health.get(address) ?? NEW_SWITCH;
    const after = afterPing(before, answered);
    this.#health.set(address, after);
    if (before.up === after.up) return;
    const { host, port } = address;
    this.#parts.log(after.up ? 'info' : 'error', after.up ? 'switch is back' : 'switch is gone', {
      host,
      port,
    });
    if (!after.up) this.#parts.onDown(address);
  }

  #tryCall(address: SwitchAddress): void {
    if (this.#trying.has(address) || this.#parts.tryCall === undefined) return;
    this.#trying.add(address);
    this.#parts.tryCall(switchUri('ping', address), (answer) => {
      this.#trying.delete(address);
      this.onCallAnswered(address, answer);
    });
  }
}
