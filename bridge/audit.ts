import type { Log } from '../protocol/log.ts';
import type { ParticipantId, RoomId } from '../protocol/room/room.ts';
import { fromChannels, fromList } from './from-list.ts';
import type { ChannelListed } from './from-list.ts';
import type { Ledger } from './ledger.ts';
import type { FreeSwitchNode } from './node.ts';
import { listLine } from './to-esl-rooms.ts';
import { LIST_CHANNELS } from './to-esl.ts';

export interface AuditOptions {
  readonly node: FreeSwitchNode;
  readonly ledger: Ledger;
  /** Finds out who a leg is that nobody here knows; before its room is listed. */
  readonly identify: (leg: ParticipantId) => Promise<void>;
  /** Every leg, before the rooms are listed. */
  readonly listed: (channel: ChannelListed) => void;
  /** A leg that is in no room. */
  readonly stray: (channel: ChannelListed) => Promise<void>;
  /** Legs believed to be alive outside rooms. */
  readonly waiting: () => readonly ParticipantId[];
  /** One of those that FreeSWITCH does not have. */
  readonly vanished: (leg: ParticipantId) => void;
  /** Rooms are as listed now. */
  readonly done: () => Promise<void>;
  /** All of them are, at once. */
  readonly found: () => void;
  readonly log: Log;
}

/**
 * Compares what we know with what FreeSWITCH lists, room by room: its list of all rooms at once
 * would hold up every conference command of the process. Runs never overlap.
 */
export class Audit {
  readonly #options: AuditOptions;
  readonly #doubted = new Set<RoomId>();
  #missing: ReadonlySet<ParticipantId> = new Set();
  #running: Promise<void> = Promise.resolve();

  constructor(options: AuditOptions) {
    this.#options = options;
  }

  /** All channels and all rooms. */
  all(): Promise<void> {
    return this.#next(() => this.#all());
  }

  /** One room in which an event was missed; asked for many times it is listed once. */
  room(room: RoomId): Promise<void> {
    if (this.#doubted.has(room)) return this.#running;
    this.#doubted.add(room);
    return this.#next(async () => {
      this.#doubted.delete(room);
      await this.#list(room);
      await this.#options.done();
    });
  }

  /** One that fails is a fault of ours, and must not be the last. */
  #next(work: () => Promise<void>): Promise<void> {
    this.#running = this.#running.then(work).catch((error: unknown) => {
      const why = error instanceof Error ? error.stack : String(error);
      this.#options.log('error', 'an audit failed', { node: this.#options.node.name, why });
    });
    return this.#running;
  }

  async #all(): Promise<void> {
    const { node, ledger, identify, stray, done, found } = this.#options;
    const reply = await node.list(LIST_CHANNELS);
    const channels = reply.kind === 'answered' ? fromChannels(reply.text) : undefined;
    if (channels === undefined) {
      this.#options.log('warn', 'FreeSWITCH did not list its channels', { node: node.name });
      return;
    }
    this.#missWaiting(channels);
    for (const channel of channels) this.#options.listed(channel);
    const sent = channels.flatMap(({ room }) => (room === undefined ? [] : [room]));
    const strangers = channels.filter(({ leg, room }) => room !== undefined && !ledger.knows(leg));
    await Promise.all(strangers.map(({ leg }) => identify(leg)));
    for (const room of new Set([...ledger.rooms.keys(), ...sent]))
      if (!(await this.#list(room))) return;
    const strays = channels.filter(({ leg }) => ledger.roomWith(leg) === undefined);
    // Those that we called first: a phone that rings for nobody stops before it is called again.
    const [ours, others] = [strays.filter(isCalled), strays.filter((each) => !isCalled(each))];
    for (const channel of [...ours, ...others]) await stray(channel);
    found();
    await done();
  }

  /** False where FreeSWITCH was lost, so that asking on is of no use. */
  async #list(room: RoomId): Promise<boolean> {
    const { node, ledger, identify, log } = this.#options;
    const askedAt = ledger.tick;
    const reply = await node.list(listLine(room));
    if (reply.kind === 'unanswered') return reply.why !== 'closed';
    const listing = fromList(room, reply.text);
    if (listing.kind === 'unreadable')
      log('warn', 'FreeSWITCH sent a list that cannot be read', { node: node.name, room });
    if (listing.kind === 'no-such-room') ledger.reconcileClosed(room, askedAt);
    if (listing.kind === 'open') {
      const strangers = listing.listed.members.filter(({ leg }) => !ledger.knows(leg));
      await Promise.all(strangers.map(({ leg }) => identify(leg)));
      ledger.reconcile(listing.listed, askedAt);
    }
    return true;
  }

  /** The channel list lags behind the events by a moment, so a leg must be missing twice. */
  #missWaiting(channels: readonly ChannelListed[]): void {
    const alive = new Set(channels.map(({ leg }) => leg));
    const missing = this.#options.waiting().filter((leg) => !alive.has(leg));
    for (const leg of missing) if (this.#missing.has(leg)) this.#options.vanished(leg);
    this.#missing = new Set(missing);
  }
}

function isCalled({ called }: ChannelListed): boolean {
  return called !== undefined;
}
