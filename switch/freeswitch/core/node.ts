import type { EslHeader } from '../../../protocol/esl/headers.ts';
import type { MediaCommand, PlayTarget } from '../../media/contract.ts';
import type { Application } from './app-run.ts';
import type { Channel } from './channel.ts';
import type { Conference } from './conference.ts';
import type { Effect, SipOrder } from './effect.ts';
import { eventPrelude } from './event-prelude.ts';

/** What this switch says of itself. */
export interface NodeSettings {
  readonly coreUuid: string;
  readonly hostname: string;
  /** The IPv4 address in `FreeSWITCH-IPv4`. */
  readonly address: string;
  /** The SIP profile's name in channel names. */
  readonly sofiaProfile: string;
  /** The SIP address in `sofia_profile_url`: `host:port`. */
  readonly sipAddress: string;
  /** Where relative sound paths begin. */
  readonly soundsDir?: string;
  /** How many samples a second rooms mix at. */
  readonly roomRateHz: number;
}

/** Time, chance and disk, which the core may not touch itself. */
export interface World {
  /** Microseconds since 1970. */
  nowUs(): number;
  uuid(): string;
  /** Is there a sound file at this path? */
  canRead(path: string): boolean;
}

/** The switch's memory, and the effects of the step under way. */
export class SwitchNode {
  readonly settings: NodeSettings;
  readonly world: World;
  /** By the names that `sendmsg` uses. */
  readonly applications: ReadonlyMap<string, Application>;
  readonly startedUs: number;
  readonly channels = new Map<string, Channel>();
  /** Rooms that new members find, by name. */
  readonly rooms = new Map<string, Conference>();
  /** Every room with a mixer, those that are emptying included, by UUID. */
  readonly mixers = new Map<string, Conference>();
  /** Who asked for an originate and waits, by the new channel's UUID. */
  readonly originating = new Map<string, Originating>();
  /** Whose sound each running play is. */
  readonly plays = new Map<string, PlayTarget>();
  sessionsSinceStart = 0;
  peakSessions = 0;
  #lastMemberId = 0;
  #eventSequence = 0;
  #effects: Effect[] = [];

  constructor(
    settings: NodeSettings,
    world: World,
    applications: ReadonlyMap<string, Application>,
  ) {
    this.settings = settings;
    this.world = world;
    this.applications = applications;
    this.startedUs = world.nowUs();
  }

  /** Fires one event; what every event carries stands before its own headers. */
  fire(name: string, headers: readonly EslHeader[], body?: string): void {
    this.#eventSequence += 1;
    const prelude = eventPrelude(this.settings, name, this.world.nowUs(), this.#eventSequence);
    const all = name === 'CUSTOM' ? withSubclassFirst(prelude, headers) : [...prelude, ...headers];
    const event = body === undefined ? { headers: all } : { headers: all, body };
    this.#effects.push({ kind: 'event', event });
  }

  media(command: MediaCommand): void {
    this.#effects.push({ kind: 'media', command });
  }

  sip(order: SipOrder): void {
    this.#effects.push({ kind: 'sip', order });
  }

  after(timer: string, ms: number): void {
    this.#effects.push({ kind: 'timer', timer, ms });
  }

  reply(job: string, text: string): void {
    this.#effects.push({ kind: 'reply', job, text });
  }

  /** The effects since the last call. */
  take(): Effect[] {
    const effects = this.#effects;
    this.#effects = [];
    return effects;
  }

  /** FreeSWITCH counts members of all rooms in one row. */
  nextMemberId(): number {
    this.#lastMemberId += 1;
    return this.#lastMemberId;
  }
}

/** One `originate` that has not been answered yet. */
export interface Originating {
  readonly job: string;
  readonly ignoreEarlyMedia: boolean;
}

function withSubclassFirst(prelude: EslHeader[], headers: readonly EslHeader[]): EslHeader[] {
  const [subclass, ...rest] = headers;
  if (subclass?.name !== 'Event-Subclass') return [...prelude, ...headers];
  return [subclass, ...prelude, ...rest];
}
