import type {
  Admission,
  Admissions,
  CodeResult,
  RoomRules,
  Visitor,
} from '../protocol/call/admission.ts';
import type { Log } from '../protocol/log.ts';
import type { RoomId } from '../protocol/room/room.ts';
import type { Accounts } from './accounts.ts';
import type { Family } from './attendance.ts';
import type { Bans } from './bans.ts';
import type { CodeDoor } from './code-door.ts';
import type { Meetings } from './meetings.ts';
import { admission } from './rules/admission.ts';
import { stateOf } from './rules/meeting-state.ts';
import { rulesOf } from './rules/meeting.ts';

interface Rooms {
  readonly meetings: Meetings;
  readonly bans: Bans;
  readonly door: CodeDoor;
  readonly breakouts: Pick<Family, 'mainOf'>;
  readonly accounts: Pick<Accounts, 'called'>;
  readonly isLocked: (room: RoomId) => boolean;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: Log;
}

/** Answers the bridge about each leg at a room's door. */
export class Doorkeeper implements Admissions {
  readonly #rooms: Rooms;

  constructor(rooms: Rooms) {
    this.#rooms = rooms;
  }

  /** A moderator who comes before the meeting's time opens it for everybody. */
  async admit(visitor: Visitor): Promise<Admission> {
    const { meetings, bans, isLocked, now } = this.#rooms;
    const { room, who } = visitor;
    const meeting = await meetings.get(room);
    const banned = meeting !== undefined && (await bans.holds(room, who));
    const answer = admission(meeting, {
      ...visitor,
      banned,
      locked: isLocked(room),
      nowMs: now(),
    });
    const opens = answer.kind === 'join' && answer.role === 'moderator';
    if (opens && meeting && stateOf(meeting, now()) === 'planned') await meetings.open(room);
    if (answer.kind === 'wait' && meeting) meetings.watchStart(meeting);
    if (answer.kind !== 'refuse' && who.account !== undefined)
      await this.#remember(who.account, room);
    return answer;
  }

  /** That a phone called is shown and no more: nobody is kept out where it cannot be kept. */
  async #remember(account: string, room: RoomId): Promise<void> {
    const { accounts, log } = this.#rooms;
    await accounts
      .called(account, room)
      .catch((error: unknown) => log('warn', 'a call was not noted', { why: String(error) }));
  }

  byCode(code: string, source: string): Promise<CodeResult> {
    return this.#rooms.door.open(code, source);
  }

  /** In a breakout room those of its meeting; nothing begins to be recorded there by itself. */
  async rules(room: RoomId): Promise<RoomRules | undefined> {
    const { meetings, breakouts } = this.#rooms;
    const main = breakouts.mainOf(room);
    const meeting = await meetings.get(main);
    if (meeting === undefined) return undefined;
    const rules = rulesOf(meeting);
    return { ...rules, record: rules.record && main === room };
  }

  subscribe(listener: (room: RoomId) => void): () => void {
    const stops = [
      this.#rooms.meetings.subscribe((news) => {
        listener(news.kind === 'updated' ? news.meeting.id : news.id);
      }),
      this.#rooms.bans.subscribe((scope) => {
        if (scope !== 'house') listener(scope);
        else void this.#tellAll(listener);
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }

  /** Who waits before any door may be banned now. A store that is away leaves them to their next look. */
  async #tellAll(listener: (room: RoomId) => void): Promise<void> {
    const { meetings, log } = this.#rooms;
    try {
      for (const { id, endedAtMs } of await meetings.list())
        if (endedAtMs === undefined) listener(id);
    } catch (error) {
      log('warn', 'a ban of the house was not told at the doors', { why: String(error) });
    }
  }
}
