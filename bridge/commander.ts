import { setTimeout as pause } from 'node:timers/promises';
import type { Outcome, RoomCommand } from '../protocol/room/command.ts';
import type { LeaveReason } from '../protocol/room/event.ts';
import type { ParticipantId, RoomId } from '../protocol/room/room.ts';
import { unreachable } from '../protocol/unreachable.ts';
import type { Reply } from './esl.ts';
import { clampVolume } from './from-esl.ts';
import type { Ledger } from './ledger.ts';
import type { Member, RoomState } from './members.ts';
import type { FreeSwitchNode } from './node.ts';
import { kickLine, killLine, lockLine, memberLine } from './to-esl.ts';
import type { Cause } from './to-esl.ts';
import { differences, fixesOf } from './wishes.ts';
import type { Fix, Wish } from './wishes.ts';

/** A member is told of before FreeSWITCH finds it by its id. */
const RETRY_MS = [20, 60, 120];

type MemberCommand = Extract<
  RoomCommand,
  { kind: 'set-muted' | 'set-deaf' | 'set-held' | 'set-volume' | 'remove' }
>;

export interface CommanderOptions {
  readonly node: FreeSwitchNode;
  readonly ledger: Ledger;
  readonly kickMs: number;
}

/** Carries wishes to one FreeSWITCH and keeps at them. */
export class Commander {
  readonly #node: FreeSwitchNode;
  readonly #ledger: Ledger;
  readonly #kickMs: number;
  /** Legs about which a command is under way, which an audit shall leave alone. */
  readonly #busy = new Set<ParticipantId>();
  readonly #expelled = new Map<ParticipantId, NodeJS.Timeout>();

  constructor({ node, ledger, kickMs }: CommanderOptions) {
    this.#node = node;
    this.#ledger = ledger;
    this.#kickMs = kickMs;
  }

  async execute(command: RoomCommand): Promise<Outcome> {
    const room = this.#ledger.rooms.get(command.room);
    if (room === undefined) return NO_ROOM;
    switch (command.kind) {
      case 'mute-all':
        return this.#muteAll(room, command.except);
      case 'set-locked':
        return outcomeOf(await this.#node.api(lockLine(command.room, command.on)), false);
      case 'close-room':
        return this.#closeRoom(room);
      case 'set-muted':
      case 'set-deaf':
      case 'set-held':
      case 'set-volume':
      case 'remove':
        return this.#aboutMember(command, room.members.get(command.id));
      default:
        return UNKNOWN_WISH;
    }
  }

  /** Makes one member what was wished, as far as FreeSWITCH says otherwise. */
  async setRight(room: RoomId, leg: ParticipantId): Promise<void> {
    const member = this.#ledger.member(room, leg);
    if (member === undefined || this.#busy.has(leg)) return;
    const fixes = differences(this.#ledger.wishes.get(leg), member.row);
    if (fixes.length > 0) await this.#fix(room, leg, fixes);
  }

  async setAllRight(): Promise<void> {
    const rights = [...this.#ledger.rooms].flatMap(([room, { members }]) =>
      [...members.keys()].map((leg) => this.setRight(room, leg)),
    );
    await Promise.all(rights);
  }

  hangUp(leg: ParticipantId, cause: Cause): Promise<Reply> {
    return this.#node.api(killLine(leg, cause));
  }

  /** A leg is gone for certain. */
  hungUp(leg: ParticipantId): void {
    clearTimeout(this.#expelled.get(leg));
    this.#expelled.delete(leg);
  }

  stop(): void {
    for (const leg of this.#expelled.keys()) this.hungUp(leg);
  }

  async #aboutMember(command: MemberCommand, member: Member | undefined): Promise<Outcome> {
    if (member === undefined) return NO_PARTICIPANT;
    if (command.kind === 'remove') return this.#remove(command.room, member);
    const wish = wishOf(command);
    return wish === undefined ? BAD_VOLUME : this.#wish(command.room, command.id, wish);
  }

  async #wish(room: RoomId, leg: ParticipantId, wish: Wish): Promise<Outcome> {
    const before = this.#ledger.wishes.get(leg);
    this.#ledger.wish(leg, wish);
    const outcome = outcomeOf(await this.#fix(room, leg, fixesOf(wish)), true);
    if (!outcome.ok && outcome.reason === 'refused' && this.#ledger.member(room, leg))
      this.#ledger.restoreWish(leg, before);
    return outcome;
  }

  /** The reply to the first fix that fails, or to the last. */
  async #fix(room: RoomId, leg: ParticipantId, fixes: readonly Fix[]): Promise<Reply> {
    let reply: Reply = { kind: 'answered', text: '+OK' };
    this.#busy.add(leg);
    for (const fix of fixes) {
      reply = await this.#addressed(room, leg, (memberId) => memberLine(room, memberId, fix));
      if (!succeeded(reply)) break;
    }
    this.#busy.delete(leg);
    return reply;
  }

  async #addressed(
    room: RoomId,
    leg: ParticipantId,
    line: (memberId: number) => string,
  ): Promise<Reply> {
    for (let attempt = 0; ; attempt++) {
      const member = this.#ledger.member(room, leg);
      if (member === undefined) return { kind: 'answered', text: NON_EXISTENT };
      const reply = await this.#node.api(line(member.memberId));
      const wait = RETRY_MS[attempt];
      const early = reply.kind === 'answered' && reply.text.startsWith(NON_EXISTENT);
      if (!early || wait === undefined) return reply;
      await pause(wait);
    }
  }

  async #muteAll(room: RoomState, except: 'moderators' | 'none'): Promise<Outcome> {
    const rows = [...room.members.values()].map((member) => member.row);
    const chosen = rows.filter((row) => except === 'none' || row.role !== 'moderator');
    // One by one: FreeSWITCH's own `all` holds the whole room's lock meanwhile.
    const outcomes = await Promise.all(
      chosen.map((row) => this.#wish(room.life.room, row.id, { muted: true })),
    );
    const failed = outcomes.find(
      (outcome) => !outcome.ok && outcome.reason !== 'no-such-participant',
    );
    return failed ?? { ok: true };
  }

  async #remove(room: RoomId, { memberId, row }: Member): Promise<Outcome> {
    const leg = row.id;
    this.#expel(leg, 'removed');
    const outcome = outcomeOf(await this.#node.api(kickLine(room, memberId)), false);
    if (outcome.ok) return outcome;
    if (outcome.reason !== 'switch-unavailable')
      return outcomeOf(await this.hangUp(leg, 'NORMAL_CLEARING'), false);
    this.hungUp(leg);
    this.#ledger.mayStay(leg);
    return outcome;
  }

  /** FreeSWITCH parks a kicked leg again; this sees to it that it ends. */
  #expel(leg: ParticipantId, reason: LeaveReason): void {
    this.#ledger.willLeave(leg, reason);
    clearTimeout(this.#expelled.get(leg));
    const timer = setTimeout(() => {
      this.#expelled.delete(leg);
      void this.hangUp(leg, 'NORMAL_CLEARING');
    }, this.#kickMs);
    this.#expelled.set(leg, timer);
  }

  async #closeRoom(room: RoomState): Promise<Outcome> {
    const coming = [...this.#ledger.places].filter(([, to]) => to === room.life.room);
    const legs = new Set([...room.members.keys(), ...coming.map(([leg]) => leg)]);
    const replies = await Promise.all(
      [...legs].map((leg) => {
        this.#ledger.willLeave(leg, 'meeting-ended');
        return this.hangUp(leg, 'NORMAL_CLEARING');
      }),
    );
    // A leg that hung up by itself meanwhile is as good.
    const failed = replies.find((reply) => reply.kind === 'unanswered');
    return failed === undefined ? { ok: true } : outcomeOf(failed, false);
  }
}

const NON_EXISTENT = '-ERR Non-Existant ID';
export const NO_ROOM: Outcome = {
  ok: false,
  reason: 'no-such-room',
  detail: 'Nobody is in this meeting now.',
};
const NO_PARTICIPANT: Outcome = {
  ok: false,
  reason: 'no-such-participant',
  detail: 'This person is not in the meeting any more.',
};
const BAD_VOLUME: Outcome = {
  ok: false,
  reason: 'refused',
  detail: 'A volume is a whole number from -4 to 4.',
};

function succeeded(reply: Reply): boolean {
  return reply.kind === 'answered' && reply.text.startsWith('+OK');
}

/** `kept` where the wish outlives the failure. */
function outcomeOf(reply: Reply, kept: boolean): Outcome {
  if (succeeded(reply)) return { ok: true };
  if (reply.kind === 'unanswered') return kept ? UNAVAILABLE_KEPT : UNAVAILABLE;
  if (/^-ERR (Non-Existant|No such channel)/.test(reply.text)) return NO_PARTICIPANT;
  if (/^-ERR Conference \S+ not found/.test(reply.text)) return NO_ROOM;
  const said = reply.text.split('\n')[0]?.slice(0, 120) ?? '';
  return { ok: false, reason: 'refused', detail: `FreeSWITCH refused: ${said}` };
}

export const UNAVAILABLE: Outcome = {
  ok: false,
  reason: 'switch-unavailable',
  detail: 'FreeSWITCH does not answer. Try again in a moment.',
};
const UNKNOWN_WISH: Outcome = {
  ok: false,
  reason: 'refused',
  detail: 'This bridge cannot do that yet.',
};
const UNAVAILABLE_KEPT: Outcome = {
  ok: false,
  reason: 'switch-unavailable',
  detail: 'FreeSWITCH does not answer. The wish is kept and carried out when it is back.',
};

function wishOf(command: Exclude<MemberCommand, { kind: 'remove' }>): Wish | undefined {
  switch (command.kind) {
    case 'set-muted':
      return { muted: command.on };
    case 'set-deaf':
      return { deaf: command.on };
    case 'set-held':
      return { held: command.on };
    case 'set-volume':
      if (clampVolume(command.level) !== command.level) return undefined;
      return command.direction === 'in'
        ? { volumeIn: command.level }
        : { volumeOut: command.level };
    default:
      return unreachable(command);
  }
}
