import { startBridge } from '../../bridge/bridge.ts';
import type { Bridge, BridgeOptions } from '../../bridge/bridge.ts';
import type { Pace } from '../../bridge/node.ts';
import type {
  Admission,
  Admissions,
  CodeResult,
  RoomRules,
  Visitor,
} from '../../protocol/call/admission.ts';
import { formatIdentity } from '../../protocol/call/identity.ts';
import type { CallIdentity } from '../../protocol/call/identity.ts';
import type { RoomEvent } from '../../protocol/room/event.ts';
import type { Participant, ParticipantId, Role, RoomId } from '../../protocol/room/room.ts';
import { eventually } from './eventually.ts';
import { ScriptedFreeSwitch } from './scripted-freeswitch.ts';

export const KEY = new TextEncoder().encode('a key of thirty-two bytes exactly');
export const ROOM = 'm-abcdefghijklmnop' as RoomId;
export const OTHER_ROOM = 'm-bbbbbbbbbbbbbbbb' as RoomId;

/** The nth leg's `Unique-ID`. */
export function leg(n: number): ParticipantId {
  return `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}` as ParticipantId;
}

export function identity(
  name: string,
  more: Partial<CallIdentity> & { readonly role?: Role; readonly room?: RoomId } = {},
): CallIdentity {
  const { role = 'participant', room = ROOM, ...rest } = more;
  return {
    destination: { kind: 'meeting', room, role },
    via: 'phone',
    name,
    number: '1001',
    source: '192.0.2.1',
    ...rest,
  };
}

export function header(who: CallIdentity): string {
  return formatIdentity(who, KEY);
}

/** Rules that say what a test wants. */
export class ScriptedAdmissions implements Admissions {
  admission: (room: RoomId, role: Role, people: number, visitor: Visitor) => Admission = (
    room,
    role,
  ) => ({
    kind: 'join',
    room,
    role,
    muted: false,
  });
  codes = new Map<string, CodeResult>();
  readonly asked: string[] = [];
  readonly #listeners = new Set<(room: RoomId) => void>();
  roomRules: RoomRules = {
    language: 'en',
    unmuteSelf: true,
    unmuteOthers: 'ask',
    lobby: false,
    askName: false,
    entrySounds: 'none',
    entrySoundsUpTo: 0,
    record: false,
  };
  /** Held back until a test lets go. */
  gate: Promise<void> = Promise.resolve();

  async admit(visitor: Visitor): Promise<Admission> {
    const { room, role, people } = visitor;
    const said = this.admission(room, role, people, visitor);
    await this.gate;
    return said;
  }

  async byCode(code: string, source: string): Promise<CodeResult> {
    this.asked.push(`${code} from ${source}`);
    await this.gate;
    return this.codes.get(code) ?? { kind: 'unknown' };
  }

  rules: (room: RoomId) => Promise<RoomRules | undefined> = () => Promise.resolve(this.roomRules);

  subscribe(listener: (room: RoomId) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells that a meeting changed. */
  tell(room: RoomId): void {
    for (const listener of this.#listeners) listener(room);
  }
}

/** One bridge at one scripted FreeSWITCH, at a pace that suits a test. */
export class BridgeWorld {
  readonly freeswitch = new ScriptedFreeSwitch();
  readonly admissions = new ScriptedAdmissions();
  readonly facts: RoomEvent[] = [];
  readonly logged: string[] = [];
  bridge!: Bridge;

  /** What the clock shows. */
  nowMs = 1_800_000_000_000;

  static async start(
    pace: Partial<Pace> = {},
    more: Partial<BridgeOptions> = {},
  ): Promise<BridgeWorld> {
    const world = new BridgeWorld();
    await world.freeswitch.wire.listen();
    await world.startBridge(pace, more);
    return world;
  }

  async startBridge(pace: Partial<Pace> = {}, more: Partial<BridgeOptions> = {}): Promise<void> {
    this.bridge = startBridge({
      ...more,
      nodes: [this.freeswitch.wire.address],
      admissions: this.admissions,
      identityKey: KEY,
      promptsDir: '/prompts',
      now: () => this.nowMs,
      log: (level, message, fields) => {
        this.logged.push(`${level} ${message} ${JSON.stringify(fields ?? {})}`);
      },
      chance: () => 0.99,
      pace: { probeMs: 1000, commandMs: 400, auditMs: 60_000, kickMs: 100, ...pace },
    });
    this.bridge.subscribe((fact) => this.facts.push(fact));
    await this.joined();
  }

  /** Joined, and past the audit that follows. */
  async joined(): Promise<void> {
    await eventually('the bridge joins', () => this.bridge.engines()[0]?.state === 'joined');
    await this.bridge.auditNow();
  }

  async stop(): Promise<void> {
    await this.bridge.stop();
    await this.freeswitch.wire.close();
  }

  /** A caller comes in and is seen in the room. */
  async join(n: number, name = `Caller ${n}`, more: Parameters<typeof identity>[1] = {}) {
    const who = identity(name, more);
    this.freeswitch.park(leg(n), header(who));
    return this.row(n, more.room ?? ROOM);
  }

  row(n: number, room = ROOM): Promise<Participant> {
    return eventually(`leg ${n} is in the room`, () => this.find(n, room));
  }

  find(n: number, room = ROOM): Participant | undefined {
    return this.bridge.rooms().get(room)?.people.get(leg(n));
  }

  async gone(n: number, room = ROOM): Promise<void> {
    await eventually(`leg ${n} is gone`, () => this.find(n, room) === undefined);
  }

  async heard(text: string): Promise<void> {
    await eventually(
      `FreeSWITCH hears "${text}", not only ${this.freeswitch.heard.join(' | ')}`,
      () => this.freeswitch.heard.includes(text),
    );
  }

  heardLike(pattern: RegExp): string[] {
    return this.freeswitch.heard.filter((line) => pattern.test(line));
  }

  /** Differences between the rows we show and what FreeSWITCH has; the oracle of every fault. */
  differences(): string[] {
    const ours = [...this.bridge.rooms().values()].flatMap((room) =>
      [...room.people.values()].map((row) =>
        [room.id, row.id, row.muted, row.deaf, row.held, row.talking].join(' '),
      ),
    );
    const theirs = [...this.freeswitch.conferences.values()].flatMap((conference) =>
      conference.members.map((member) =>
        [
          conference.name,
          member.uuid,
          !member.speak,
          !member.hear,
          member.hold,
          member.talking,
        ].join(' '),
      ),
    );
    const ghosts = ours.filter((row) => !theirs.includes(row)).map((row) => `shown only: ${row}`);
    const missing = theirs.filter((row) => !ours.includes(row)).map((row) => `missing: ${row}`);
    return [...ghosts, ...missing];
  }
}
