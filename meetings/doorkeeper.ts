import type {
  Admission,
  Admissions,
  CodeResult,
  RoomRules,
  Visitor,
} from '../protocol/call/admission.ts';
import type { RoomId } from '../protocol/room/room.ts';
import type { CodeDoor } from './code-door.ts';
import type { Meetings } from './meetings.ts';
import { admission } from './rules/admission.ts';

/** Answers the bridge about each leg at a room's door. */
export class Doorkeeper implements Admissions {
  readonly #meetings: Meetings;
  readonly #door: CodeDoor;
  readonly #isLocked: (room: RoomId) => boolean;

  constructor(meetings: Meetings, door: CodeDoor, isLocked: (room: RoomId) => boolean) {
    this.#meetings = meetings;
    this.#door = door;
    this.#isLocked = isLocked;
  }

  async admit({ room, role, people }: Visitor): Promise<Admission> {
    const meeting = await this.#meetings.get(room);
    return admission(meeting, { role, people, locked: this.#isLocked(room) });
  }

  byCode(code: string, source: string): Promise<CodeResult> {
    return this.#door.open(code, source);
  }

  async rules(room: RoomId): Promise<RoomRules | undefined> {
    const meeting = await this.#meetings.get(room);
    if (!meeting) return undefined;
    return {
      language: 'en',
      unmuteSelf: true,
      unmuteOthers: 'ask',
      lobby: false,
      askName: false,
      entrySounds: 'none',
      entrySoundsUpTo: 0,
    };
  }

  subscribe(listener: (room: RoomId) => void): () => void {
    return this.#meetings.subscribe((news) => {
      listener(news.kind === 'updated' ? news.meeting.id : news.id);
    });
  }
}
