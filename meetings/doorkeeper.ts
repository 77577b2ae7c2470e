import type { Admission, Admissions, CodeResult } from '../protocol/call/admission.ts';
import type { Role, RoomId } from '../protocol/room/room.ts';
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

  async admit(room: RoomId, role: Role, peopleInRoom: number): Promise<Admission> {
    const meeting = await this.#meetings.get(room);
    return admission(meeting, { role, people: peopleInRoom, locked: this.#isLocked(room) });
  }

  byCode(code: string, source: string): Promise<CodeResult> {
    return this.#door.open(code, source);
  }
}
