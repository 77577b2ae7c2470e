import type { CallIdentity } from '../../protocol/call/identity.ts';
import { apply } from '../../protocol/room/apply.ts';
import type { Outcome, RoomCommand } from '../../protocol/room/command.ts';
import type { CallReport, EngineStatus, RoomControl } from '../../protocol/room/control.ts';
import type { RoomEvent } from '../../protocol/room/event.ts';
import type { OutboundCall } from '../../protocol/room/outbound-call.ts';
import type { Participant, ParticipantId, RoomId, Rooms } from '../../protocol/room/room.ts';

/** Rooms that a test drives: it tells the facts, and says what the switch answers to wishes. */
export class ScriptedRooms implements RoomControl {
  readonly wishes: RoomCommand[] = [];
  outcome: Outcome = { ok: true };
  /** What the switch does as it takes a wish. */
  took: (command: RoomCommand) => unknown = () => undefined;
  /** Whom the gateway vouched for, by leg. */
  readonly identities = new Map<ParticipantId, CallIdentity>();
  status: readonly EngineStatus[] = [{ node: '127.0.0.1:8021', state: 'joined' }];
  #rooms: Rooms = new Map();
  readonly #listeners = new Set<(event: RoomEvent) => void>();
  readonly #endListeners = new Set<(report: CallReport) => void>();

  rooms(): Rooms {
    return this.#rooms;
  }

  engines(): readonly EngineStatus[] {
    return this.status;
  }

  subscribe(listener: (event: RoomEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async execute(command: RoomCommand): Promise<Outcome> {
    this.wishes.push(command);
    await this.took(command);
    return this.outcome;
  }

  identityOf(leg: ParticipantId): Promise<CallIdentity | undefined> {
    return Promise.resolve(this.identities.get(leg));
  }

  onCallEnded(listener: (report: CallReport) => void): () => void {
    this.#endListeners.add(listener);
    return () => this.#endListeners.delete(listener);
  }

  report(report: CallReport): void {
    for (const listener of this.#endListeners) listener(report);
  }

  tell(event: RoomEvent): void {
    this.#rooms = apply(this.#rooms, event);
    for (const listener of this.#listeners) listener(event);
  }
}

/** Somebody in a room; the n-th has the n-th id. */
export function somebody(n: number, more: Partial<Participant> = {}): Participant {
  return {
    id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}` as ParticipantId,
    name: `Caller ${n}`,
    number: `+4930123456${n}`,
    via: 'phone',
    role: 'participant',
    state: 'joined',
    muted: false,
    deaf: false,
    held: false,
    talking: false,
    hand: false,
    volume: { in: 0, out: 0 },
    joinedAtMs: 1_790_000_000_000 + n,
    ...more,
  };
}

export function arrival(room: RoomId, participant: Participant): RoomEvent {
  return { kind: 'participant-updated', room, participant };
}

/** A call that a meeting makes; the n-th has the n-th id, as `somebody`. */
export function callTo(n: number, more: Partial<OutboundCall> = {}): OutboundCall {
  const { id, name, number, joinedAtMs } = somebody(n);
  return { id, name, number, state: 'ringing', startedAtMs: joinedAtMs, ...more };
}

export function calling(room: RoomId, call: OutboundCall): RoomEvent {
  return { kind: 'call-updated', room, call };
}
